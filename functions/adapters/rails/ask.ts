import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { neverReached } from "../failed-call.ts";
import type { Ask, GatewayAnswer, GatewayRequest } from "./means.ts";

const maxAnswerBytes = 1_000_000;

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error("The answer is longer than a megabyte.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function exchange({ method, url, headers, body, signal }: GatewayRequest): Promise<GatewayAnswer> {
  const payload = body === undefined ? undefined : Buffer.from(body);
  const length = payload === undefined ? {} : { "content-length": payload.length };
  return new Promise((resolve, reject) => {
    // Not `fetch`: it follows redirects and repeats a request answered with 421.
    const outgoing = (url.startsWith("https:") ? requestHttps : requestHttp)(url, {
      method,
      agent: false,
      signal,
      headers: { ...headers, ...length },
    });
    outgoing.on("response", (incoming) => {
      const { statusCode: status = 0, headers: answered } = incoming;
      const done = (text: string): void => resolve({ outcome: "answered", status, headers: answered, body: text });
      read(incoming).then(done, reject);
    });
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}

/** Asks once, on a connection of its own, whoever the URL names: for URLs of our own settings only. */
export const askDirectly: Ask = async (request) => {
  try {
    return await exchange(request);
  } catch (error) {
    if (neverReached(error)) return { outcome: "failed", reason: "unreachable" };
    return { outcome: "failed", reason: request.signal.aborted ? "timed-out" : "broken-off" };
  }
};
