import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the server read it whole. */
export type SeenRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
};

/** What the server does with a request that it has read, and so accepted. */
export type Behavior = (response: ServerResponse, seen: SeenRequest) => void;

/** An answer with a status and a body. */
export const answering =
  (status: number, body: string, headers: Record<string, string> = {}): Behavior =>
  (response) => {
    response.writeHead(status, headers).end(body);
  };

/** Accepts and resets the connection. */
export const resetting: Behavior = (response) => {
  response.socket?.resetAndDestroy();
};

/** Accepts and closes the connection without a word. */
export const closing: Behavior = (response) => {
  response.socket?.end();
};

/** Accepts and never answers. */
export const hanging: Behavior = () => undefined;

/** Promises the whole body, sends half of it and closes the connection. */
export const truncating =
  (status: number, body: string): Behavior =>
  (response) => {
    response.writeHead(status, { "content-length": Buffer.byteLength(body) });
    response.write(body.slice(0, Math.floor(body.length / 2)), () => response.socket?.destroy());
  };

/** Promises the whole body, sends half of it and says nothing more. */
export const stalling =
  (status: number, body: string): Behavior =>
  (response) => {
    response.writeHead(status, { "content-length": Buffer.byteLength(body) });
    response.write(body.slice(0, Math.floor(body.length / 2)));
  };

/** A provider on the loopback interface. */
export type Loopback = AsyncDisposable & {
  readonly url: string;
  /** Every request it read whole: what a provider would have accepted. */
  readonly seen: readonly SeenRequest[];
};

async function read(request: IncomingMessage): Promise<SeenRequest> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request as AsyncIterable<Uint8Array>) chunks.push(chunk);
  const { method = "", url = "", headers } = request;
  return { method, path: url, headers, body: Buffer.concat(chunks).toString() };
}

const listening = (server: Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });

/** Starts a provider that does with each request what its turn says; the last behavior goes on. */
export async function loopback(...behaviors: readonly Behavior[]): Promise<Loopback> {
  const seen: SeenRequest[] = [];
  const server = createServer(async (request, response) => {
    const one = await read(request);
    const behave = behaviors[Math.min(seen.length, behaviors.length - 1)] ?? hanging;
    seen.push(one);
    behave(response, one);
  });
  const port = await listening(server);
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An address on which nobody listens. */
export async function deadEnd(): Promise<string> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

/** The connection of a real SDK client to a loopback server. */
export const connectionTo = (endpoint: string) => ({
  endpoint,
  region: "ap-south-1",
  credentials: { accessKeyId: "EXAMPLEKEY", secretAccessKey: "example-secret" },
});
