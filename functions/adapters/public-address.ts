import { BlockList, isIPv4 } from "node:net";

/** The IPv4 blocks that are not for the public, or not for one receiver (IANA special-purpose registry; multicast; reserved). */
const specialV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** What of the global unicast block 2000::/3 carries IPv4, is for documentation, or is not for the public. */
const specialV6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

let lists: { readonly special: BlockList; readonly unicast: BlockList } | undefined;

function made(): NonNullable<typeof lists> {
  const [special, unicast] = [new BlockList(), new BlockList()];
  for (const [net, prefix] of specialV4) special.addSubnet(net, prefix, "ipv4");
  for (const [net, prefix] of specialV6) special.addSubnet(net, prefix, "ipv6");
  unicast.addSubnet("2000::", 3, "ipv6");
  return { special, unicast };
}

/** Whether an IP address is a public one: global unicast, and for nothing special. IPv6 that wraps an IPv4 address is none. */
export function isPublicAddress(address: string): boolean {
  lists ??= made();
  if (isIPv4(address)) return !lists.special.check(address, "ipv4");
  // Without the zone that a link-local address may carry.
  const plain = address.split("%")[0] ?? "";
  return lists.unicast.check(plain, "ipv6") && !lists.special.check(plain, "ipv6");
}
