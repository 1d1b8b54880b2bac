import { lookup as dnsLookup, type LookupAddress, type LookupOptions } from "node:dns";
import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** One request to an address that a biller gave; `signal` ends it, whatever it is at. */
export type OutboundRequest = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A client certificate with its key, both as PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly signal: AbortSignal;
};

/** Why there is no answer, as a code that names nobody. */
export type OutboundFailure =
  | "refused-url"
  | "refused-address"
  | "unreachable"
  | "timed-out"
  | "too-long"
  | "broken-off";

/** What came of it: an answer of whatever status, its body read whole, or none. A redirect is an answer, and is not followed. */
export type OutboundAnswer =
  | { readonly outcome: "answered"; readonly status: number; readonly body: string }
  | { readonly outcome: "failed"; readonly reason: OutboundFailure };

/** Calls an address that a biller gave; never throws. */
export type OutboundCall = (request: OutboundRequest) => Promise<OutboundAnswer>;

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

const mostBytes = 256 * 1024;

class Refused extends Error {
  readonly reason: OutboundFailure;
  constructor(reason: OutboundFailure) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Calls to addresses that billers gave: https only, without credentials in the URL, to no private, local or otherwise special address.
 * Names are judged by what they resolve to when the connection is made, so that no name can change in between.
 */
export function outboundCall({ to, resolve = dnsLookup }: OutboundOptions): OutboundCall {
  return async (request) => {
    try {
      const target = targetOf(request.url);
      const options = to === "public" ? publicOptions(target, resolve) : { headers: { host: target.host } };
      const url = to === "public" ? target : new URL(`${to}${target.pathname}${target.search}`);
      return { outcome: "answered", ...(await exchange(url, request, options)) };
    } catch (error) {
      return { outcome: "failed", reason: reasonOf(error, request.signal) };
    }
  };
}

/** The URL, where a biller may have us call it: the parser has made every way to write an IPv4 address one. */
function targetOf(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol !== "https:" || url.username !== "" || url.password !== "" || url.hash !== "")
    throw new Refused("refused-url");
  return url;
}

function publicOptions({ hostname }: URL, resolve: Resolve): RequestOptions {
  const literal = hostname.replace(/^\[(.*)\]$/, "$1");
  // A literal address is connected to without being looked up.
  if (isIP(literal) !== 0 && !isPublicAddress(literal)) throw new Refused("refused-address");
  return { lookup: publicLookup(resolve) };
}

/** Looks names up for a connection; one that has a single address that may not be called is not called at all. */
const publicLookup =
  (resolve: Resolve): LookupFunction =>
  (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first) return done(error ?? new Refused("unreachable"), []);
      if (!addresses.every(({ address }) => isPublicAddress(address))) return done(new Refused("refused-address"), []);
      return options.all ? done(null, addresses) : done(null, first.address, first.family);
    });
  };

function exchange(
  url: URL,
  { method, headers = {}, body, tls, signal }: OutboundRequest,
  options: RequestOptions,
): Promise<{ status: number; body: string }> {
  const payload = body === undefined ? undefined : Buffer.from(body);
  return new Promise((resolve, reject) => {
    // Not `fetch`: it follows redirects, and cannot be told how to look names up. A connection of its own, so that each is judged.
    const outgoing = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
      ...options,
      ...tls,
      method,
      agent: false,
      signal,
      headers: { ...headers, ...options.headers, ...(payload && { "content-length": payload.length }) },
    });
    outgoing.on("response", (incoming) => {
      read(incoming).then((text) => resolve({ status: incoming.statusCode ?? 0, body: text }), reject);
    });
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Refused("too-long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

const beforeConnected: ReadonlySet<unknown> = new Set(["getaddrinfo", "connect"]);

function reasonOf(error: unknown, signal: AbortSignal): OutboundFailure {
  if (error instanceof Refused) return error.reason;
  if (signal.aborted) return "timed-out";
  const isUnreached =
    error instanceof AggregateError ||
    (error instanceof Error && "syscall" in error && beforeConnected.has(error.syscall));
  return isUnreached ? "unreachable" : "broken-off";
}
