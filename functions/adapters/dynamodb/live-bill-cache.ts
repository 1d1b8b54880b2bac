import { GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { LiveBill } from "../../domain/live-bill.ts";
import { minuteText } from "../../domain/progress.ts";
import type { LiveBillCache } from "../../ports.ts";
import { fetchesKey, liveBillKey } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, type Place, toItem, ttlAfter } from "./table.ts";

/** Nothing that is older than a day is served. */
const keptDays = 2;

/**
 * What the billers' own systems said, in DynamoDB: one item beside each bill, and one counter for each biller and minute, whose limit is
 * a condition of its write.
 */
export function dynamoLiveBillCache({ client, table }: Place): LiveBillCache {
  return {
    async get(code, { consistent = false } = {}) {
      const command = new GetItemCommand({
        TableName: table,
        Key: toItem(liveBillKey(code)),
        ConsistentRead: consistent,
      });
      const { Item: item } = await asked("reading a live bill", client.send(command));
      if (!item) return undefined;
      const { fetched, at, since, refunds, lastDue } = fromItem<LiveBill>(item);
      return { fetched, at, since, refunds, ...(lastDue && { lastDue }) };
    },
    async put(code, live) {
      const item = toItem({ ...live, ...liveBillKey(code), ttl: ttlAfter(live.at, keptDays) });
      await asked("keeping a live bill", client.send(new PutItemCommand({ TableName: table, Item: item })));
    },
    async permit(biller, at, limit) {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: toItem(fetchesKey(biller, minuteText(at))),
        UpdateExpression: "ADD n :one SET #ttl = :ttl",
        ConditionExpression: "attribute_not_exists(n) OR n < :limit",
        ExpressionAttributeNames: { "#ttl": "ttl" },
        ExpressionAttributeValues: toItem({ ":one": 1, ":limit": limit, ":ttl": ttlAfter(at, keptDays) }),
      });
      return (await askedUnlessRefused("counting a question to a biller", client.send(command))) !== undefined;
    },
  };
}
