import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { ImportReject } from "../../domain/import.ts";
import type { ImportName, ImportStore } from "../../ports.ts";
import { importRejectsKey, importRejectsPrefix, type Key } from "./keys.ts";
import { asked, fromItem, type Item, type Place, toItem } from "./table.ts";

/** One part of a range's rejects, as JSON text, and how many parts there are. */
type PartRow = Key & { readonly part: number; readonly parts: number; readonly rejects: string };

/** Characters of JSON in one item, whose limit is 400 KB: a character is four bytes at most. */
const partLength = 80_000;

const encodeReject = ({ line, column, message }: ImportReject): string => JSON.stringify([line, column, message]);

/** The rejects as JSON lists that an item can hold; one empty list when there are none. */
function partsOf(rejects: readonly ImportReject[]): readonly string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const text of rejects.map(encodeReject)) {
    if (part.length > 0 && length + text.length > partLength) {
      parts.push(`[${part.join()}]`);
      part = [];
      length = 0;
    }
    part.push(text);
    length += text.length;
  }
  return [...parts, `[${part.join()}]`];
}

function decodePart({ rejects }: PartRow): readonly ImportReject[] {
  const list = JSON.parse(rejects) as readonly (readonly [number, string, string])[];
  return list.map(([line, column, message]) => ({ line, column, message }));
}

/** The items of an import's rejects, page by page. */
async function* rejectItems({ client, table }: Place, { biller, importId }: ImportName): AsyncGenerator<PartRow> {
  const { pk } = importRejectsKey(biller, importId, { range: 0, part: 0 });
  let from: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: toItem({ ":pk": pk, ":prefix": importRejectsPrefix(importId) }),
      ConsistentRead: true,
      ...(from && { ExclusiveStartKey: from }),
    });
    const page = await asked("reading the rejects of an import", client.send(command));
    for (const item of page.Items ?? []) yield fromItem<PartRow>(item);
    from = page.LastEvaluatedKey;
  } while (from);
}

/** The refused rows of imports in DynamoDB, range by range. */
export function dynamoImportRejects(place: Place): Pick<ImportStore, "keepRejects" | "findRejects"> {
  return {
    async keepRejects({ biller, importId, range }, rejects) {
      const parts = partsOf(rejects);
      // The first part comes last: it says how many count, so that those of an earlier, longer list do not.
      for (let part = parts.length - 1; part >= 0; part--) {
        const key = importRejectsKey(biller, importId, { range, part });
        const row: PartRow = { ...key, part, parts: parts.length, rejects: parts[part] ?? "[]" };
        const command = new PutItemCommand({ TableName: place.table, Item: toItem(row) });
        await asked("keeping the rejects of an import", place.client.send(command));
      }
    },
    async *findRejects(of) {
      let parts = 0;
      for await (const row of rejectItems(place, of)) {
        if (row.part === 0) parts = row.parts;
        if (row.part < parts) yield* decodePart(row);
      }
    },
  };
}
