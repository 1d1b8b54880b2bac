/** IPv4 as the URL parser writes it, from whatever spelling, and IPv6 in its brackets. */
const literal = /^(\d+(\.\d+){3}|\[.*\])$/;

/** Names that lead nowhere in public (RFC 6761, RFC 6762; `internal` is kept for private use). */
const privateName = /(^|\.)(localhost|local|internal)\.?$/;

/**
 * Whether a biller may give this URL to be called: its host is a name, and none of a private network. What a name resolves to is judged
 * when it is called.
 */
export function isCallable(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? "";
  return host !== "" && !literal.test(host) && !privateName.test(host);
}

/** Why a URL is none that is called. */
export const notCallable = "must name a host in public, not an address or a private name";
