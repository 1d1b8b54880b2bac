import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { startDynamo } from "../../local/aws/dynamodb.ts";
import { repairIndexes } from "../../local/aws/index-repair.ts";
import { readDeployment } from "../../local/deployment.ts";
import { smallApp } from "./support/small-laptop.ts";

const root = mkdtempSync(join(tmpdir(), "duebell-"));

afterAll(() => rmSync(root, { recursive: true }));

interface Store {
  readonly iterator: () => AsyncIterable<[string, unknown]>;
  readonly del: (key: string) => Promise<void>;
  readonly put: (key: string, value: unknown) => Promise<void>;
  readonly close: () => Promise<void>;
}

const { Level } = createRequire(createRequire(import.meta.url).resolve("dynalite"))("level") as {
  readonly Level: new (path: string, options: object) => Store;
};

it("an index torn by a kill agrees with its items again", async () => {
  const folder = join(root, "dynamodb");
  const app = await smallApp();
  const { tables } = readDeployment(app, { account: "000000000000", region: app.region, origin: "http://127.0.0.1" });
  const TableName = tables[0]?.name ?? "";
  const item = (pk: string, due: string) => ({
    pk: { S: pk },
    sk: { S: "BILL" },
    lane: { S: "0" },
    due: { S: due },
  });
  const dues = async (): Promise<readonly unknown[]> => {
    const dynamo = await startDynamo(tables, folder);
    const { Items } = await dynamo.call("Query", {
      TableName,
      IndexName: "due",
      KeyConditionExpression: "lane = :lane",
      ExpressionAttributeValues: { ":lane": { S: "0" } },
    });
    await dynamo.stop();
    return Items as readonly unknown[];
  };
  const dynamo = await startDynamo(tables, folder);
  for (const pk of ["a", "b", "c"])
    await dynamo.call("PutItem", { TableName, Item: item(pk, `2026-11-15T04:0${pk === "a" ? 1 : 2}`) });
  await dynamo.stop();
  const whole = await dues();
  expect(whole).toHaveLength(3);

  const store = new Level(folder, { valueEncoding: "json" });
  const entries: [string, unknown][] = [];
  for await (const entry of store.iterator()) if (entry[0].startsWith("index-global~")) entries.push(entry);
  const [first, second] = entries;
  await store.del(first?.[0] ?? "");
  await store.put(`${second?.[0]}ff`, item("nobody", "2026-11-15T04:02"));
  await store.close();
  expect(await dues()).not.toEqual(whole);

  await repairIndexes(folder);
  expect(await dues()).toEqual(whole);
});
