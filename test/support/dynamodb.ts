import { createHash, randomUUID } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll } from "vitest";
import type { AddressHash } from "../../functions/adapters/dynamodb/suppression-store.ts";

/** A DynamoDB to test against. */
export type Database = {
  readonly name: string;
  /** Whether a write tells what it consumed of the index. */
  readonly countsIndex: boolean;
  start(): Promise<{ readonly url: string; stop(): Promise<void> }>;
};

/** What a test of an adapter works with; the table is fresh. */
export type TestTable = { readonly client: DynamoDBClient; readonly table: string };

type Dynalite = (options: { readonly createTableMs: number }) => Server;

const dynalite: Database = {
  name: "dynalite",
  countsIndex: false,
  async start() {
    // It has no types of its own, so that an import would not compile.
    const make = createRequire(import.meta.url)("dynalite") as Dynalite;
    const server = make({ createTableMs: 0 }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://127.0.0.1:${port}`,
      stop: () => new Promise((resolve) => server.close(() => resolve())),
    };
  },
};

const local = (url: string): Database => ({
  name: "DynamoDB Local",
  countsIndex: true,
  start: async () => ({ url, stop: async () => undefined }),
});

const localUrl = process.env["DYNAMODB_LOCAL_URL"];

/** dynalite, and AWS's own DynamoDB Local where `DYNAMODB_LOCAL_URL` names one. */
export const databases: readonly Database[] = localUrl ? [dynalite, local(localUrl)] : [dynalite];

/** Makes the table as the data stack does: keys `pk` and `sk`, and the sparse index `due` by `lane` and `due`. */
export async function createTable(client: DynamoDBClient, name: string): Promise<void> {
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: "HASH" as const },
    { AttributeName: range, KeyType: "RANGE" as const },
  ];
  const command = new CreateTableCommand({
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["pk", "sk", "lane", "due"].map((key) => ({ AttributeName: key, AttributeType: "S" })),
    KeySchema: keys("pk", "sk"),
    GlobalSecondaryIndexes: [
      { IndexName: "due", KeySchema: keys("lane", "due"), Projection: { ProjectionType: "KEYS_ONLY" } },
    ],
  });
  await client.send(command);
}

/** A client as a test needs it: credentials that mean nothing, and few retries. */
export const clientFor = (endpoint: string): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: "ap-south-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 2,
  });

/** Starts the database for the tests of the enclosing `describe`; the function it answers makes a fresh table. */
export function tablesOf(database: Database): () => Promise<TestTable> {
  let client: DynamoDBClient;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const running = await database.start();
    stop = running.stop;
    client = clientFor(running.url);
  });
  afterAll(async () => {
    client.destroy();
    await stop();
  });
  return async () => {
    const table = `duebell-${randomUUID()}`;
    await createTable(client, table);
    return { client, table };
  };
}

/** A hash of addresses without a secret. */
export const plainAddressHash: AddressHash = async (biller, channel, address) =>
  createHash("sha256").update(`${biller}|${channel}|${address}`).digest("base64url");
