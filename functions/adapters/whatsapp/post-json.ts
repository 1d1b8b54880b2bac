import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";

/** What a server answered, its body read to the end. */
export type HttpAnswer = { readonly status: number; readonly body: string };

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

/** Posts JSON once, on a connection of its own; throws when the answer does not come whole. */
export function postJson(
  url: URL,
  { token, body, signal }: { readonly token: string; readonly body: object; readonly signal: AbortSignal },
): Promise<HttpAnswer> {
  const payload = Buffer.from(JSON.stringify(body));
  return new Promise((resolve, reject) => {
    // Not `fetch`: it follows redirects and repeats a request answered with 421, and a send must be one request.
    const outgoing = (url.protocol === "https:" ? requestHttps : requestHttp)(url, {
      method: "POST",
      agent: false,
      signal,
      headers: {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "content-length": payload.length,
      },
    });
    outgoing.on("response", (incoming) => {
      read(incoming).then((text) => resolve({ status: incoming.statusCode ?? 0, body: text }), reject);
    });
    outgoing.on("error", reject);
    outgoing.end(payload);
  });
}
