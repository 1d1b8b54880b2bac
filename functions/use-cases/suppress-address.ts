import type { Address } from "../domain/addresses.ts";
import type { Bill } from "../domain/bill.ts";
import { eventOf } from "../domain/event.ts";
import type { Channel } from "../domain/ids.ts";
import type { Moment } from "../domain/local-time.ts";
import type { Ports } from "../ports.ts";

type SuppressPorts = Pick<Ports, "suppressions" | "events">;
type Owner = Pick<Bill, "biller" | "billId" | "customer">;

/** Reasons that are a customer's own wish, of which the biller is told; the others are faults of the address. */
const wishes: ReadonlySet<string> = new Set(["opted-out", "complaint", "unsubscribed"]);

/** Which address, and why no message must go there. */
export type ToSuppress = {
  readonly channel: Channel;
  readonly address: Address;
  readonly reason: string;
  readonly at: Moment;
};

/** An address that is suppressed now, for the bus where its biller is to be told. */
export type SuppressedAddress = { readonly channel: Channel; readonly addressHash: string; readonly isWish: boolean };

/** Keeps a carrier's word that an address must not be messaged by this biller; told twice, the first counts. */
export async function suppressAddress(
  { suppressions }: Pick<Ports, "suppressions">,
  { biller }: Owner,
  { channel, address, reason, at }: ToSuppress,
): Promise<SuppressedAddress> {
  const addressHash = await suppressions.hashOf(biller, channel, address);
  await suppressions.put(addressHash, { channel, reason, at });
  return { channel, addressHash, isWish: wishes.has(reason) };
}

/**
 * Tells the bus that a customer opted out, unless a newer consent stands against it. The same event for as long as the suppression
 * stands, and another when it stands anew after a consent.
 */
export async function tellOptOut(
  ports: SuppressPorts,
  bill: Owner,
  { channel, addressHash }: Pick<SuppressedAddress, "channel" | "addressHash">,
): Promise<void> {
  const standing = await ports.suppressions.standing(addressHash, channel);
  if (!standing) return;
  const ids = { channel, customer: bill.customer.id };
  const fact = { id: `${channel}.${standing.at}`, at: standing.at, ids };
  await ports.events.publish([eventOf("customer.opted-out", bill, fact)]);
}
