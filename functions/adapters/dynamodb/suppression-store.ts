import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { type Address, canonicalAddress } from "../../domain/addresses.ts";
import type { BillerId, Channel } from "../../domain/ids.ts";
import type { SuppressionStore } from "../../ports.ts";
import { type Key, suppressionKey } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, type Place, toItem } from "./table.ts";

/** A keyed hash of a biller's address on a channel, so that the table holds no list of addresses. */
export type AddressHash = (biller: BillerId, channel: Channel, canonicalAddress: string) => Promise<string>;

/** Reason and moment. */
type SuppressionRow = Key & { readonly r: string; readonly a: number };

/** Addresses that must not be messaged, in DynamoDB. */
export function dynamoSuppressionStore({
  client,
  table,
  addressHash,
}: Place & { readonly addressHash: AddressHash }): SuppressionStore {
  const hashOf = (biller: BillerId, channel: Channel, address: Address): Promise<string> =>
    addressHash(biller, channel, canonicalAddress(channel, address));
  return {
    hashOf,
    async get(biller, channel, address) {
      const command = new GetItemCommand({
        TableName: table,
        Key: toItem(suppressionKey(await hashOf(biller, channel, address), channel)),
      });
      const { Item: item } = await asked("reading a suppression", client.send(command));
      if (!item) return undefined;
      const { r, a } = fromItem<SuppressionRow>(item);
      return { channel, reason: r, at: a };
    },
    async put(hash, { channel, reason, at }) {
      const row: SuppressionRow = { ...suppressionKey(hash, channel), r: reason, a: at };
      const command = new PutItemCommand({
        TableName: table,
        Item: toItem(row),
        ConditionExpression: "attribute_not_exists(pk)",
      });
      await askedUnlessRefused("keeping a suppression", client.send(command));
    },
  };
}
