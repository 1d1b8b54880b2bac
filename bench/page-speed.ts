import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Worker } from "node:worker_threads";
import { DynamoDBClient, GetItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { dynamoBillStore } from "../functions/adapters/dynamodb/bill-store.ts";
import { dynamoBillerStore } from "../functions/adapters/dynamodb/biller-store.ts";
import { rails } from "../functions/adapters/rails.ts";
import { linkReply } from "../functions/pages/replies.ts";
import { openPaymentLink, type PagePorts } from "../functions/use-cases/open-payment-link.ts";
import { type Benchmark, median, type Options, type Result, ratio } from "./benchmark.ts";
import { billIn, billWorld } from "./bill-world.ts";
import { countedTable } from "./counted-table.ts";
import { exampleBiller, fullestBill } from "./example-data.ts";
import { someDynamo } from "./local-table.ts";
import type { LoadOrder } from "./page-load.ts";
import { agents } from "./page-scenes.ts";

const target = 0.5;

/** A bill without line items and metadata, so that its page takes one read, as the table holds it; and everything else there. */
async function storedBill() {
  const dynamo = await someDynamo();
  try {
    const table = await countedTable(dynamo.endpoint);
    const biller = exampleBiller();
    const { billId, bill } = fullestBill();
    const { items: _items, metadata: _metadata, ...plain } = bill;
    const world = await billWorld(table, biller);
    const { code } = await billIn(world, { billId, bill: { ...plain, exactness: "EXACT" } });
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.table }));
    return { code, biller, table: table.table, items: Items, now: world.ports.clock.now() };
  } finally {
    await dynamo.stop();
  }
}

type Stored = Awaited<ReturnType<typeof storedBill>>;

/** The page as its Lambda makes it: over the real stores, without API Gateway's event around it. */
function pageListener(ports: PagePorts, path: string): RequestListener {
  const [, header = "", code = ""] = path.split("/");
  return async (request, response) => {
    const visit = { linkBaseUrl: "https://pay.example.com", userAgent: request.headers["user-agent"], query: {} };
    const opened = await openPaymentLink(ports, { header, code }, visit);
    const { status, headers, body } = linkReply(opened, { accept: request.headers.accept });
    response.writeHead(status, headers).end(body);
  };
}

/** The same read and the same bytes, and nothing else. */
function bareListener(client: DynamoDBClient, { table, code }: Stored, page: ReturnType<typeof linkReply>) {
  const listener: RequestListener = async (_request, response) => {
    await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: `BILL#${code}` }, sk: { S: "BILL" } },
        ConsistentRead: true,
      }),
    );
    response.writeHead(page.status, page.headers).end(page.body);
  };
  return listener;
}

async function listen(listener: RequestListener): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, port: (server.address() as AddressInfo).port };
}

/** Plays DynamoDB and the browsers in a thread of its own, so that this one does nothing but answer. */
async function startLoad(stored: Stored) {
  const items = Object.fromEntries(stored.items.map((item) => [`${item["pk"]?.S} ${item["sk"]?.S}`, item]));
  const worker = new Worker(new URL("./page-load.ts", import.meta.url), { workerData: { items } });
  const [{ port }] = (await once(worker, "message")) as [{ readonly port: number }];
  const ask = async (order: LoadOrder): Promise<void> => {
    worker.postMessage(order);
    await once(worker, "message");
  };
  return { endpoint: `http://127.0.0.1:${port}`, ask, stop: () => worker.terminate() };
}

async function run({ quick }: Options): Promise<Result> {
  const stored = await storedBill();
  const load = await startLoad(stored);
  const client = new DynamoDBClient({
    endpoint: load.endpoint,
    region: "ap-south-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
  });
  const clock = { now: () => stored.now };
  const place = { client, table: stored.table, lanes: 1, clock };
  const ports = { clock, rails: rails(), bills: dynamoBillStore(place), billers: dynamoBillerStore(place) };
  const path = `/${stored.biller.header}/${stored.code}`;
  const rows: (string | number)[][] = [];
  try {
    for (const agent of ["desktop", "Android"] as const) {
      const userAgent = agents[agent] ?? "";
      const [header, code] = [stored.biller.header, stored.code];
      const visit = { linkBaseUrl: "https://pay.example.com", userAgent, query: {} };
      const shown = linkReply(await openPaymentLink(ports, { header, code }, visit), { accept: "text/html" });
      const page = await listen(pageListener(ports, path));
      const bare = await listen(bareListener(client, stored, shown));
      const orders = [bare, page, bare].map(({ port }) => ({ port, path, userAgent, requests: quick ? 150 : 600 }));
      const rates: number[][] = orders.map(() => []);
      for (let round = 0; round < (quick ? 3 : 9); round++) {
        // The first round warms both up.
        for (const [n, order] of orders.entries()) {
          const before = process.threadCpuUsage();
          await load.ask(order);
          const { user, system } = process.threadCpuUsage(before);
          if (round > 0) rates[n]?.push((1e6 * order.requests) / (user + system));
        }
      }
      for (const { server } of [page, bare]) server.closeAllConnections();
      for (const { server } of [page, bare]) server.close();
      const [one = 0, ours = 0, other = 0] = rates.map(median);
      const mean = (one + other) / 2;
      rows.push([agent, ratio(ours / mean), ratio(target), ratio(other / one), Math.round(ours), Math.round(mean)]);
    }
  } finally {
    client.destroy();
    await load.stop();
  }
  return {
    tables: [
      {
        title: "Requests in a second of the processor: the page ÷ a bare handler",
        columns: ["device", "page ÷ bare", "to reach", "bare ÷ bare", "page", "bare"],
        rows,
      },
    ],
    remarks: [
      "The figures of the last two columns hold for this machine and this run alone: the ratios are what counts. `bare ÷ bare` is the same handler measured twice: how far two ratios may differ by chance.",
      "On a computer the page draws a QR code, on a phone it makes the links of the apps.",
    ],
    breaches: [],
  };
}

/** How fast the page is made, against the least that could be done with the same read. */
export const pageSpeed: Benchmark = {
  name: "page-speed",
  title: "The bill page in requests a second",
  method: [
    "`open-payment-link`'s use case and reply over the real stores, behind `node:http`; against a `node:http` handler that reads the same item with the same client and sends the same bytes. One read each: the biller is cached, the bill has no line items and no metadata.",
    "DynamoDB is played, and eight browsers at a time are, by another thread. Counted is the processor time of the thread that answers, so that what else runs on the machine counts little. Rounds interleaved, the first not counted; medians.",
  ],
  run,
};
