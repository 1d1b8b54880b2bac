import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoSmsReferenceStore } from "../../../../functions/adapters/dynamodb/sms-reference-store.ts";
import { fromItem, toItem } from "../../../../functions/adapters/dynamodb/table.ts";
import { aBill } from "../../../support/builders.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";

const key = { code: aBill().code, step: "issued", hop: 1 };
const place = { pk: "SMS#b2f4e8a0-0000-4000-8000-000000000001", sk: "REF" };

describe.each(databases)("dynamoSmsReferenceStore on $name", (database) => {
  const table = tablesOf(database);

  it("leads from the provider's message id to the notification, however often it is put", async () => {
    const { client, table: name } = await table();
    const references = dynamoSmsReferenceStore({ client, table: name });
    await references.put("b2f4e8a0-0000-4000-8000-000000000001", key);
    await references.put("b2f4e8a0-0000-4000-8000-000000000001", key);
    const { Item: item } = await client.send(new GetItemCommand({ TableName: name, Key: toItem(place) }));
    expect(fromItem(item ?? {})).toEqual({ ...place, c: key.code, s: "issued", h: 1 });
  });
});
