import { randomUUID } from "node:crypto";
import { type ConsumedCapacity, CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";

/** Capacity units and requests, as DynamoDB told them; `index` is the part of `write` that the due index took. */
export type Used = {
  readonly write: number;
  readonly index: number;
  readonly read: number;
  readonly requests: number;
};

const nothing: Used = { write: 0, index: 0, read: 0, requests: 0 };

/** A fresh table, and what was used of it since it was last asked. */
export type CountedTable = {
  readonly client: DynamoDBClient;
  readonly table: string;
  take(): Used;
};

type Output = { readonly ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[] };

const writes: ReadonlySet<string | undefined> = new Set(["PutItemCommand", "UpdateItemCommand", "DeleteItemCommand"]);

function usedBy(command: string | undefined, { ConsumedCapacity: told = [] }: Output): Used {
  const each = [told].flat();
  const table = each.reduce((sum, { Table }) => sum + (Table?.CapacityUnits ?? 0), 0);
  const index = each.reduce((sum, { GlobalSecondaryIndexes: all }) => sum + (all?.["due"]?.CapacityUnits ?? 0), 0);
  return writes.has(command)
    ? { write: table + index, index, read: 0, requests: 1 }
    : { write: 0, index: 0, read: table + index, requests: 1 };
}

const plus = (a: Used, b: Used): Used => ({
  write: a.write + b.write,
  index: a.index + b.index,
  read: a.read + b.read,
  requests: a.requests + b.requests,
});

/** Asks for the capacity of every call. A refused conditional write tells none: it counts as a request only. */
function counting(client: DynamoDBClient): () => Used {
  let sum = nothing;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (call) => {
        const input = { ...call.input, ReturnConsumedCapacity: "INDEXES" } as typeof call.input;
        try {
          const answer = await next({ ...call, input });
          sum = plus(sum, usedBy(commandName, answer.output as Output));
          return answer;
        } catch (error) {
          sum = plus(sum, { ...nothing, requests: 1 });
          throw error;
        }
      },
    { step: "initialize", name: "count-capacity" },
  );
  return () => {
    const used = sum;
    sum = nothing;
    return used;
  };
}

const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: "HASH" as const },
  { AttributeName: range, KeyType: "RANGE" as const },
];

/** Makes a table as lib/data-stack.ts does, in the DynamoDB at `endpoint`. */
export async function countedTable(endpoint: string): Promise<CountedTable> {
  const client = new DynamoDBClient({
    endpoint,
    region: "ap-south-1",
    credentials: { accessKeyId: "bench", secretAccessKey: "bench" },
  });
  const table = `duebell-${randomUUID()}`;
  const command = new CreateTableCommand({
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: ["pk", "sk", "lane", "due"].map((key) => ({ AttributeName: key, AttributeType: "S" })),
    KeySchema: keys("pk", "sk"),
    GlobalSecondaryIndexes: [
      { IndexName: "due", KeySchema: keys("lane", "due"), Projection: { ProjectionType: "KEYS_ONLY" } },
    ],
  });
  await client.send(command);
  return { client, table, take: counting(client) };
}
