import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Key } from "./keys.ts";
import { asked, fromItem, type Item, type Place, toItem } from "./table.ts";

/** A part of a list: at most `limit` after the one named `after`. */
type Range = { readonly after?: string; readonly limit: number };

/**
 * The items of a partition whose sort keys begin with that of `start` (all, where that is empty), in their order, as of now; read page
 * by page as they are asked for, `limit` to a page where one is told.
 */
export async function* itemsStarting(
  { client, table }: Place,
  start: Key,
  { after, limit }: Partial<Range> = {},
): AsyncGenerator<Item> {
  // DynamoDB begins behind a key whether there is such an item or not.
  let from: Item | undefined = after === undefined ? undefined : toItem({ ...start, sk: start.sk + after });
  const { sk } = start;
  do {
    const command = new QueryCommand({
      TableName: table,
      // An empty text is no beginning to DynamoDB.
      KeyConditionExpression: sk === "" ? "pk = :pk" : "pk = :pk AND begins_with(sk, :start)",
      ExpressionAttributeValues: toItem({ ":pk": start.pk, ...(sk !== "" && { ":start": sk }) }),
      ConsistentRead: true,
      ...(limit !== undefined && { Limit: limit }),
      ...(from && { ExclusiveStartKey: from }),
    });
    const page = await asked("reading a list", client.send(command));
    yield* page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

/** The first items that begin so, as `itemsStarting` finds them; of those that are `wanted`, where that is told. */
export async function takeStarting(
  place: Place,
  start: Key,
  { wanted = () => true, ...range }: Range & { readonly wanted?: (row: Key) => boolean },
): Promise<readonly Item[]> {
  const taken: Item[] = [];
  for await (const item of itemsStarting(place, start, range)) {
    if (wanted(fromItem<Key>(item))) taken.push(item);
    if (taken.length >= range.limit) break;
  }
  return taken;
}
