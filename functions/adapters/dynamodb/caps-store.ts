import { type AttributeValue, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Caps } from "../../domain/compliance.ts";
import type { BillerId, CustomerId } from "../../domain/ids.ts";
import { mondayOf, weekdayOf } from "../../domain/local-time.ts";
import type { FrequencyCaps } from "../../ports.ts";
import { capKey, type Key } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, type Place, toItem, ttlAfter } from "./table.ts";

/** A keyed hash of a biller's customer, so that the table holds no list of them. */
export type CustomerHash = (biller: BillerId, customer: CustomerId) => Promise<string>;

/** A week is looked back on for some more. */
const keptDays = 60;

/** The reminders of the week; those of each of its days stand under `mon` to `sun`. */
const week = "week";
type CapRow = Key & { readonly [week]?: ReadonlySet<string> };

/**
 * The caps, in DynamoDB: one item for each customer and week, one write for each reminder. Both limits are conditions of that write,
 * so that no two takers can pass them together.
 */
export function dynamoFrequencyCaps({
  client,
  table,
  customerHash,
}: Place & { readonly customerHash: CustomerHash }): FrequencyCaps {
  return {
    async take({ biller, customer, day, reminder, limits }) {
      const key = toItem(capKey(biller, await customerHash(biller, customer), mondayOf(day)));
      const condition = conditionOf(limits);
      const command = new UpdateItemCommand({
        TableName: table,
        Key: key,
        UpdateExpression: "ADD #week :these, #day :these SET #ttl = :ttl",
        ExpressionAttributeNames: { "#week": week, "#day": weekdayOf(day), "#ttl": "ttl" },
        ExpressionAttributeValues: {
          ":these": { SS: [reminder] },
          ...toItem({ ":ttl": ttlAfter(Date.parse(mondayOf(day)), keptDays) }),
          ...(condition && valuesOf(limits, reminder)),
        },
        ...(condition && { ConditionExpression: condition }),
      });
      if (await askedUnlessRefused("counting a reminder", client.send(command))) return "taken";
      // The sets only grow: what was full when the write was refused still is.
      const stored = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
      const { Item: item = {} } = await asked("reading how often a customer was reminded", client.send(stored));
      const reminded = fromItem<CapRow>(item)[week] ?? new Set();
      return !reminded.has(reminder) && reminded.size >= (limits.perWeek ?? Number.POSITIVE_INFINITY)
        ? "week-full"
        : "day-full";
    },
  };
}

const roomIn = (set: string, limit: string): string =>
  `(attribute_not_exists(${set}) OR contains(${set}, :this) OR size(${set}) < ${limit})`;

/** That the reminder is counted already, or there is room for it; undefined where nothing is limited. */
function conditionOf({ perDay, perWeek }: Caps): string | undefined {
  const conditions = [
    ...(perDay === undefined ? [] : [roomIn("#day", ":perDay")]),
    ...(perWeek === undefined ? [] : [roomIn("#week", ":perWeek")]),
  ];
  return conditions.length > 0 ? conditions.join(" AND ") : undefined;
}

const valuesOf = ({ perDay, perWeek }: Caps, reminder: string): Record<string, AttributeValue> =>
  toItem({ ":this": reminder, ":perDay": perDay, ":perWeek": perWeek });
