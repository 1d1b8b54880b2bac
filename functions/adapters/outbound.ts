import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from "node:dns";
import { isIP, type LookupFunction } from "node:net";
import { type Exchange, type ExchangeFailure, NoExchange, oneExchange } from "./one-exchange.ts";
import { isPublicAddress } from "./public-address.ts";

/** Where calls go: to public addresses over https, or all to one loopback URL, with the host that was meant in the `host` header. */
export type OutboundOptions = {
  readonly to: "public" | `http://127.0.0.1:${string}`;
  /** How names are resolved; by the system unless told. */
  readonly resolve?: Resolve;
};

/** Every address of a name, as `dns.lookup` gives them with `all`. */
export type Resolve = (
  name: string,
  options: LookupOptions & { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Calls to addresses that billers gave: https only, without credentials in the URL, to no private, local or otherwise special address.
 * Names are judged by what they resolve to when the connection is made, so that no name can change in between.
 */
export function outboundCall({ to, resolve = dnsLookup }: OutboundOptions): Exchange {
  const lookup = publicLookup(resolve);
  return async (request) => {
    const target = targetOf(request.url);
    if (!target) return failed("refused-url");
    if (to !== "public") {
      return oneExchange({ ...request, url: `${to}${target.pathname}${target.search}` }, { host: target.host });
    }
    if (isSpecialLiteral(target)) return failed("refused-address");
    return oneExchange({ ...request, url: target.href }, { lookup });
  };
}

const failed = (reason: ExchangeFailure) => ({ outcome: "failed", reason }) as const;

/** The URL, where a biller may have us call it: the parser has made every way to write an IPv4 address one. */
function targetOf(text: string): URL | undefined {
  const url = URL.parse(text);
  const isPlain = url?.protocol === "https:" && url.username === "" && url.password === "" && url.hash === "";
  return isPlain ? url : undefined;
}

/** Whether the host is an address that may not be called: a literal one is connected to without being looked up. */
function isSpecialLiteral({ hostname }: URL): boolean {
  const literal = hostname.replace(/^\[(.*)\]$/, "$1");
  return isIP(literal) !== 0 && !isPublicAddress(literal);
}

/** Looks names up for a connection; one that has a single address that may not be called is not called at all. */
const publicLookup =
  (resolve: Resolve): LookupFunction =>
  (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new NoExchange("unreachable"), []);
      const isAllowed = addresses.every(({ address }) => isPublicAddress(address));
      if (!isAllowed) return done(new NoExchange("refused-address"), []);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };
