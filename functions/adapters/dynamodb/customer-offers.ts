import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { CustomerOffer, CustomerOfferStore } from "../../money-ports.ts";
import type { CustomerHash } from "./caps-store.ts";
import { customerOfferKey, type Key } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, type Item, type Place, toItem } from "./table.ts";

/** The payments an offer was awarded to. */
type OfferRow = Key & { readonly p?: ReadonlySet<string> };

/**
 * What the customers had of each offer, in DynamoDB: one item for each customer and offer, one write for each payment. The limit is a
 * condition of that write, so that no two payments can pass it together.
 */
export function dynamoCustomerOffers({
  client,
  table,
  customerHash,
}: Place & { readonly customerHash: CustomerHash }): CustomerOfferStore {
  const keyOf = async ({ biller, customer, offer }: CustomerOffer): Promise<Item> =>
    toItem(customerOfferKey(biller, await customerHash(biller, customer), offer));
  return {
    async take(of, payment, limit) {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: await keyOf(of),
        UpdateExpression: "ADD p :these",
        ConditionExpression: "attribute_not_exists(p) OR contains(p, :this) OR size(p) < :limit",
        ExpressionAttributeValues: { ":these": { SS: [payment] }, ...toItem({ ":this": payment, ":limit": limit }) },
      });
      return (await askedUnlessRefused("counting what a customer had of an offer", client.send(command))) !== undefined;
    },
    async giveBack(of, payment) {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: await keyOf(of),
        UpdateExpression: "DELETE p :these",
        ExpressionAttributeValues: { ":these": { SS: [payment] } },
      });
      await asked("giving an offer back to a customer", client.send(command));
    },
    async count(of) {
      const command = new GetItemCommand({ TableName: table, Key: await keyOf(of) });
      const { Item: item = {} } = await asked("reading what a customer had of an offer", client.send(command));
      return fromItem<OfferRow>(item).p?.size ?? 0;
    },
  };
}
