import { type IncomingMessage, type RequestOptions, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { neverReached } from "./failed-call.ts";

/** One HTTP request; `signal` ends it, whatever it is at. */
export type ExchangeRequest = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  readonly url: string;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A client certificate with its key, both as PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** How long an answer may be; 256 KB unless told. */
  readonly mostBytes?: number;
  readonly signal: AbortSignal;
};

/** Why there is no answer, as a code that names nobody; the first three prove that nothing was sent. */
export type ExchangeFailure =
  | "refused-url"
  | "refused-address"
  | "unreachable"
  | "timed-out"
  | "too-long"
  | "broken-off";

/** What came of it: an answer of whatever status, its body read whole, or none; header names in lower case. */
export type ExchangeAnswer =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly body: string;
    }
  | { readonly outcome: "failed"; readonly reason: ExchangeFailure };

/** Sends one request once, and follows no redirect; never throws. */
export type Exchange = (request: ExchangeRequest) => Promise<ExchangeAnswer>;

/** Ends an exchange with a reason of its own. */
export class NoExchange extends Error {
  readonly reason: ExchangeFailure;
  constructor(reason: ExchangeFailure) {
    super(reason);
    this.reason = reason;
  }
}

const usualBytes = 256 * 1024;

/** Asks once, on a connection of its own, whoever the URL names: for URLs of our own settings, or ones that were judged before. */
export async function oneExchange(
  request: ExchangeRequest,
  connection: Pick<RequestOptions, "lookup"> & { readonly host?: string } = {},
): Promise<ExchangeAnswer> {
  try {
    return await exchange(request, connection);
  } catch (error) {
    return { outcome: "failed", reason: reasonOf(error, request.signal) };
  }
}

function exchange(
  { method, url, headers = {}, body, tls, mostBytes = usualBytes, signal }: ExchangeRequest,
  { lookup, host }: Parameters<typeof oneExchange>[1] & object,
): Promise<ExchangeAnswer> {
  const payload = body === undefined ? undefined : Buffer.from(body);
  return new Promise((resolve, reject) => {
    // Not `fetch`: it follows redirects, repeats a request answered with 421, and cannot be told how to look names up.
    const outgoing = (url.startsWith("https:") ? requestHttps : requestHttp)(url, {
      ...(lookup && { lookup }),
      ...tls,
      method,
      agent: false,
      signal,
      headers: {
        ...headers,
        ...(host !== undefined && { host }),
        ...(payload && { "content-length": payload.length }),
      },
    });
    outgoing.on("response", (incoming) => {
      const { statusCode: status = 0, headers: answered } = incoming;
      const done = (text: string): void => resolve({ outcome: "answered", status, headers: answered, body: text });
      read(incoming, mostBytes).then(done, reject);
    });
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}

async function read(incoming: IncomingMessage, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new NoExchange("too-long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function reasonOf(error: unknown, signal: AbortSignal): ExchangeFailure {
  if (error instanceof NoExchange) return error.reason;
  if (neverReached(error)) return "unreachable";
  return signal.aborted ? "timed-out" : "broken-off";
}
