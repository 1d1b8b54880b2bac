import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { TableResource } from "../deployment-storage.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import type { HttpAnswer, HttpRequest } from "./http-message.ts";

/** DynamoDB, played by dynalite: tables and indexes as the stacks define them, in memory or on disk. */
export interface Dynamo {
  /** Passes a request on as it came. */
  readonly forward: (request: HttpRequest) => Promise<HttpAnswer>;
  /** Makes a call of the laptop's own; throws where DynamoDB answers an error. */
  readonly call: (action: string, input: JsonObject) => Promise<JsonObject>;
  readonly stop: () => Promise<void>;
}

type Dynalite = (options: { readonly path?: string; readonly createTableMs: number }) => Server;

const dynalite = createRequire(import.meta.url)("dynalite") as Dynalite;

/** Hands a request to dynalite's own handler, without a socket between. */
function ask(server: Server, { method, path, headers, body }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const incoming = Object.assign(new EventEmitter(), { method, url: path, headers });
    const written: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown): void => {
        written[name.toLowerCase()] = String(value);
      },
      end: (text = ""): void => {
        const { "content-length": _length, ...kept } = written;
        resolve({ status: response.statusCode, headers: kept, body: text });
      },
    };
    server.emit("request", incoming, response);
    incoming.emit("data", body);
    incoming.emit("end");
  });
}

function ownRequest(action: string, input: JsonObject): HttpRequest {
  return {
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${action}`,
      "x-amz-date": "20200101T000000Z",
      authorization:
        "AWS4-HMAC-SHA256 Credential=laptop/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=none",
    },
    body: Buffer.from(JSON.stringify(input)),
  };
}

async function createTables(call: Dynamo["call"], tables: readonly TableResource[]): Promise<void> {
  const { TableNames } = await call("ListTables", {});
  for (const { name, definition } of tables) {
    if (Array.isArray(TableNames) && TableNames.includes(name)) continue;
    const { GlobalSecondaryIndexes, ...rest } = definition;
    const indexes = GlobalSecondaryIndexes.length === 0 ? {} : { GlobalSecondaryIndexes };
    await call("CreateTable", {
      TableName: name,
      BillingMode: "PAY_PER_REQUEST",
      ...rest,
      ...indexes,
    } as unknown as JsonObject);
    for (;;) {
      const { Table } = await call("DescribeTable", { TableName: name });
      if (isJsonObject(Table) && Table["TableStatus"] === "ACTIVE") break;
    }
  }
}

/** Starts dynalite with `tables`; `path` keeps it on disk. */
export async function startDynamo(tables: readonly TableResource[], path?: string): Promise<Dynamo> {
  const server = dynalite({ ...(path === undefined ? {} : { path }), createTableMs: 0 });
  // Nobody connects; but only a server that listens closes its store when it is closed.
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const forward = (request: HttpRequest): Promise<HttpAnswer> => ask(server, request);
  const call = async (action: string, input: JsonObject): Promise<JsonObject> => {
    const { status, body } = await forward(ownRequest(action, input));
    if (status !== 200) throw new Error(`DynamoDB ${action}: ${body.toString()}`);
    return JSON.parse(body.toString()) as JsonObject;
  };
  await createTables(call, tables);
  return {
    forward,
    call,
    stop: async () => {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
