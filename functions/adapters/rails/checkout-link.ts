const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Whether a payer may be sent to `link`: over https to one of `hosts` (`.example.com` stands for all below it), or where the gateway
 * itself is played on this machine, to exactly there.
 */
export function isCheckoutLink(link: string, hosts: readonly string[], baseUrl: string): boolean {
  // The parser forgives what a header must not hold.
  const url = /^[\x21-\x7e]+$/.test(link) ? URL.parse(link) : null;
  const base = URL.parse(baseUrl);
  if (!url || !base || url.username !== "" || url.password !== "") return false;
  if (loopback.has(base.hostname)) return url.origin === base.origin;
  const isAllowed = hosts.some((host) => (host.startsWith(".") ? url.hostname.endsWith(host) : url.hostname === host));
  return url.protocol === "https:" && url.port === "" && isAllowed;
}
