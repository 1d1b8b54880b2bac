import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { toItem } from "../../../../functions/adapters/dynamodb/table.ts";
import { aBill } from "../../../support/builders.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

const { code } = aBill();

describe.each(databases)("the story of a bill on $name", (database) => {
  const table = tablesOf(database);

  it("is told to its end, also beyond a page of 1 MB", async () => {
    const { bills, notifications } = dynamoStores(await table());
    const reason = "x".repeat(100_000);
    const hops = Array.from({ length: 12 }, (_, hop) => hop);
    await Promise.all(
      hops.map((hop) =>
        notifications.record(
          { code, step: "issued", hop },
          { failedAt: 1, failure: { kind: "temporary-failure", reason } },
        ),
      ),
    );
    const story = await bills.story(code);
    expect(story.notifications.map(({ hop }) => hop).sort((a, b) => a - b)).toEqual(hops);
  });

  it("leaves out kinds of items that this version does not know", async () => {
    const { client, table: name } = await table();
    const { bills } = dynamoStores({ client, table: name });
    await bills.save(aBill(), 0);
    const counters = toItem({ pk: `BILL#${code}`, sk: "LATER#2026-11-20", human: 3, bot: 9 });
    await client.send(new PutItemCommand({ TableName: name, Item: counters }));
    expect((await bills.story(code)).opens).toEqual([]);
    expect(Object.keys(await bills.story(code)).sort()).toEqual(["bill", "notifications", "opens", "payments"]);
  });
});
