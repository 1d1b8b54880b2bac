import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { SpendStore } from "../../ports.ts";
import { spendKey } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, type Place, toItem, ttlAfter } from "./table.ts";

/** A day's cost is looked back on for a year. */
const keptDays = 400;

type SpendRequest = Parameters<SpendStore["take"]>[0];

/** One counter of the item: what it is called, and the most it may hold before this price is added. */
type Counter = { readonly name: string; readonly most: number };

/**
 * What the channels cost, in DynamoDB: one item for each biller, channel and day, one write for each price. The limits are conditions
 * of that write, so that no two takers can pass them together.
 */
export function dynamoSpendStore({ client, table }: Place): SpendStore {
  return {
    async giveBack(request) {
      const [total, prefix] = countersOf(request);
      const command = new UpdateItemCommand({
        TableName: table,
        Key: toItem(spendKey(request.biller, request.channel, request.day)),
        UpdateExpression: `ADD #all :price${prefix ? ", #prefix :price" : ""}`,
        ExpressionAttributeNames: { "#all": total.name, ...(prefix && { "#prefix": prefix.name }) },
        ExpressionAttributeValues: toItem({ ":price": -request.micros }),
      });
      await asked("giving a price back", client.send(command));
    },
    async take(request) {
      const [total, prefix] = countersOf(request);
      if (total.most < 0) return "day-spent";
      if (prefix && prefix.most < 0) return "prefix-spent";
      const key = toItem(spendKey(request.biller, request.channel, request.day));
      const command = new UpdateItemCommand({ TableName: table, Key: key, ...addTo(total, prefix, request) });
      if (await askedUnlessRefused("counting what a message costs", client.send(command))) return "taken";
      // Some may have been given back meanwhile: then it is the day that is named, unless a beginning was asked for.
      const stored = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
      const { Item: item = {} } = await asked("reading what a channel cost", client.send(stored));
      const spent = fromItem<Readonly<Record<string, number>>>(item)[total.name] ?? 0;
      return prefix && spent <= total.most ? "prefix-spent" : "day-spent";
    },
  };
}

function countersOf({ micros, limitMicros, prefix }: SpendRequest): readonly [total: Counter, prefix?: Counter] {
  const total = { name: "all", most: limitMicros - micros };
  return prefix ? [total, { name: prefix.digits, most: prefix.limitMicros - micros }] : [total];
}

/** Adds the price to the counters where none of them would pass its limit. */
function addTo(total: Counter, prefix: Counter | undefined, { micros, day }: SpendRequest) {
  const room = (name: string, most: string): string => `(attribute_not_exists(${name}) OR ${name} <= ${most})`;
  return {
    UpdateExpression: `ADD #all :price${prefix ? ", #prefix :price" : ""} SET #ttl = :ttl`,
    ConditionExpression: `${room("#all", ":all")}${prefix ? ` AND ${room("#prefix", ":prefix")}` : ""}`,
    ExpressionAttributeNames: { "#all": total.name, "#ttl": "ttl", ...(prefix && { "#prefix": prefix.name }) },
    ExpressionAttributeValues: toItem({
      ":price": micros,
      ":all": total.most,
      ":prefix": prefix?.most,
      ":ttl": ttlAfter(Date.parse(day), keptDays),
    }),
  };
}
