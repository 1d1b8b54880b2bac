import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpRequest, MaybeAnswer } from "./aws/http-message.ts";

/** Answers one request; `sourceIp` is the client's address. */
export type Handler = (request: HttpRequest, sourceIp: string) => Promise<MaybeAnswer>;

/** The laptop's one listener, on 127.0.0.1 only. */
export interface HttpServer {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Sets who answers; until then every request gets 503. */
  readonly serve: (handler: Handler) => void;
  readonly stop: () => Promise<void>;
}

const largestBody = 128 * 1024 * 1024;

async function read(incoming: IncomingMessage): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length;
    if (size > largestBody) return undefined;
    chunks.push(chunk as Buffer);
  }
  const url = incoming.url ?? "/";
  const mark = url.indexOf("?");
  const headers = Object.entries(incoming.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as const],
  );
  return {
    method: incoming.method ?? "GET",
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1)),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
  };
}

function write(response: ServerResponse, answer: MaybeAnswer, now: number): void {
  // A carrier that never answers: the client's own time-out ends the connection.
  if (answer === "hang" || response.destroyed) return;
  // The SDK corrects its clock by this header: it must show the laptop's time.
  response.setHeader("date", new Date(now).toUTCString());
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  response.writeHead(answer.status);
  response.end(answer.body);
}

/** Listens on `port` (0 for any free one); what a handler throws becomes a 500 and goes to `onError`. */
export async function httpServer(
  port: number,
  now: () => number,
  onError: (cause: unknown) => void,
): Promise<HttpServer> {
  let handler: Handler = async () => ({ status: 503, headers: { "retry-after": "1" }, body: "" });
  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const request = await read(incoming);
      const tooLarge = { status: 413, headers: {}, body: "" };
      const answer =
        request === undefined ? tooLarge : await handler(request, incoming.socket.remoteAddress ?? "127.0.0.1");
      write(response, answer, now());
    } catch (cause) {
      onError(cause);
      write(response, { status: 500, headers: {}, body: "" }, now());
    }
  };
  const server: Server = createServer((incoming, response) => {
    respond(incoming, response).catch(onError);
  });
  // An idle connection that the server closes may take a request with it, and some clients must never send twice.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (next) => {
      handler = next;
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
