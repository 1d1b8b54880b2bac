import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Lane } from "../../domain/link-code.ts";
import type { DueEntry, DueIndex } from "../../ports.ts";
import { asked, fromItem, type Item, type Place, toItem } from "./table.ts";

type Bounds = { readonly after: string | DueEntry; readonly before: string };

/**
 * The part of a lane between the bounds. DynamoDB takes one condition per key, and BETWEEN takes in both ends: a minute's text is
 * never itself a due key, which goes on after the minute, so that nothing stands on either end.
 */
function between(lane: Lane, { after, before }: Bounds) {
  if (typeof after === "string" && after !== "") {
    return {
      KeyConditionExpression: "lane = :lane AND due BETWEEN :after AND :before",
      ExpressionAttributeValues: toItem({ ":lane": lane, ":after": after, ":before": before }),
    };
  }
  return {
    KeyConditionExpression: "lane = :lane AND due < :before",
    ExpressionAttributeValues: toItem({ ":lane": lane, ":before": before }),
  };
}

/** The due index in DynamoDB. */
export function dynamoDueIndex({ client, table }: Place): DueIndex {
  return {
    async find(lane, { after, before, limit }) {
      // A range that ends before it begins is an error to DynamoDB; it is empty to us.
      if ((typeof after === "string" ? after : after.due) >= before) return [];
      const found: Item[] = [];
      let from = typeof after === "string" ? undefined : toItem({ lane, due: after.due, pk: after.pk, sk: after.sk });
      do {
        const command = new QueryCommand({
          TableName: table,
          IndexName: "due",
          ...between(lane, { after, before }),
          Limit: limit - found.length,
          ...(from && { ExclusiveStartKey: from }),
        });
        const page = await asked("reading the due index", client.send(command));
        found.push(...(page.Items ?? []));
        from = page.LastEvaluatedKey;
      } while (from && found.length < limit);
      return found.map((item) => {
        const { pk, sk, due } = fromItem<DueEntry>(item);
        return { pk, sk, due };
      });
    },
  };
}
