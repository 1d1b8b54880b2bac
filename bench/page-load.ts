import { once } from "node:events";
import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { json, text } from "node:stream/consumers";
import { parentPort, workerData } from "node:worker_threads";

/** What is to be asked for, and how often. */
export type LoadOrder = {
  readonly port: number;
  readonly path: string;
  readonly userAgent: string;
  readonly requests: number;
};

const browsers = 8;
const { items } = workerData as { readonly items: Readonly<Record<string, object>> };

type Read = { readonly Key: Readonly<Record<"pk" | "sk", { readonly S: string }>> };

/** A DynamoDB that knows these items and answers reads of one. */
const dynamo = createServer(async (request, response) => {
  const { Key } = (await json(request)) as Read;
  const Item = items[`${Key.pk.S} ${Key.sk.S}`];
  response.writeHead(200, { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": "bench" });
  response.end(JSON.stringify(Item ? { Item } : {}));
});

/** Opens the page once, as a browser does that keeps its connection. */
async function open(agent: Agent, { port, path, userAgent }: LoadOrder): Promise<void> {
  const headers = { accept: "text/html", "user-agent": userAgent };
  const [response] = await once(get({ agent, host: "127.0.0.1", port, path, headers }), "response");
  const body = await text(response);
  if (response.statusCode !== 200 || !body.includes("</html>")) throw new Error(`${path} was not answered`);
}

/** Asks as often as told, and ends when all is answered. */
async function load(order: LoadOrder): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: browsers });
  let left = order.requests;
  const browser = async (): Promise<void> => {
    while (left-- > 0) await open(agent, order);
  };
  await Promise.all(Array.from({ length: browsers }, browser));
  agent.destroy();
}

dynamo.listen(0, "127.0.0.1");
await once(dynamo, "listening");
parentPort?.on("message", async (order: LoadOrder) => {
  await load(order);
  parentPort?.postMessage("done");
});
parentPort?.postMessage({ port: (dynamo.address() as AddressInfo).port });
