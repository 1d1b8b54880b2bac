import { GetItemCommand, UpdateItemCommand, type UpdateItemCommandInput } from "@aws-sdk/client-dynamodb";
import { type Address, canonicalAddress } from "../../domain/addresses.ts";
import type { BillerId, Channel } from "../../domain/ids.ts";
import type { Moment } from "../../domain/local-time.ts";
import { byPreference } from "../../domain/suppression-reason.ts";
import type { Suppression, SuppressionStore } from "../../ports.ts";
import { type Key, suppressionKey } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, type Place, toItem } from "./table.ts";

/** A keyed hash of a biller's address on a channel, so that the table holds no list of addresses. */
export type AddressHash = (biller: BillerId, channel: Channel, canonicalAddress: string) => Promise<string>;

/** What is known of an address on a channel: it must not be messaged while `r` and `a` are there. */
type SuppressionRow = Key & {
  /** Reason and moment of the suppression that stands. */
  readonly r?: string;
  readonly a?: Moment;
  /** The newest moment at which it was suppressed: an older consent that comes late does not lift it. */
  readonly s?: Moment;
  /** The newest consent, and why; an older suppression that comes late does not stand. */
  readonly l?: Moment;
  readonly lr?: string;
  /** Reason and moment of what the newest consent lifted; empty and 0 where there was nothing. */
  readonly pr?: string;
  readonly pa?: Moment;
};

type Write = Pick<UpdateItemCommandInput, "UpdateExpression" | "ConditionExpression" | "ExpressionAttributeValues">;

const stands = ({ reason, at }: Suppression): Write => ({
  UpdateExpression: "SET s = :at, r = if_not_exists(r, :reason), a = if_not_exists(a, :at)",
  ConditionExpression: "(attribute_not_exists(s) OR s < :at) AND (attribute_not_exists(l) OR l <= :at)",
  ExpressionAttributeValues: toItem({ ":at": at, ":reason": reason }),
});

/** A preference that stands gives way to what only the customer's own word lifts. */
const outlasts = ({ reason }: Suppression): Write => ({
  UpdateExpression: "SET r = :reason",
  ConditionExpression: "r = :preference",
  ExpressionAttributeValues: toItem({ ":reason": reason, ":preference": byPreference }),
});

const lifts = ({ reason, at }: Suppression): Write => ({
  UpdateExpression:
    "SET l = :at, lr = :reason, pr = if_not_exists(r, if_not_exists(pr, :none)), pa = if_not_exists(a, if_not_exists(pa, :never)) REMOVE r, a",
  ConditionExpression: "(attribute_not_exists(s) OR s < :at) AND (attribute_not_exists(l) OR l < :at)",
  ExpressionAttributeValues: toItem({ ":at": at, ":reason": reason, ":none": "", ":never": 0 }),
});

/** Addresses that must not be messaged, in DynamoDB: whatever the order in which stops and consents are told, the newest decides. */
export function dynamoSuppressionStore({
  client,
  table,
  addressHash,
}: Place & { readonly addressHash: AddressHash }): SuppressionStore {
  const hashOf = (biller: BillerId, channel: Channel, address: Address): Promise<string> =>
    addressHash(biller, channel, canonicalAddress(channel, address));
  /** The row before the write; undefined when the write was refused. */
  async function before(key: Key, write: Write): Promise<SuppressionRow | undefined> {
    const command = new UpdateItemCommand({ TableName: table, Key: toItem(key), ReturnValues: "ALL_OLD", ...write });
    const written = await askedUnlessRefused("keeping a suppression", client.send(command));
    return written && fromItem<SuppressionRow>(written.Attributes ?? {});
  }
  async function standing(hash: string, channel: Channel): Promise<Suppression | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: toItem(suppressionKey(hash, channel)) });
    const { Item: item } = await asked("reading a suppression", client.send(command));
    const { r: reason, a: at } = fromItem<SuppressionRow>(item ?? {});
    return reason === undefined || at === undefined ? undefined : { channel, reason, at };
  }
  return {
    hashOf,
    standing,
    get: async (biller, channel, address) => await standing(await hashOf(biller, channel, address), channel),
    async put(hash, suppression) {
      const key = suppressionKey(hash, suppression.channel);
      const old = await before(key, stands(suppression));
      const mayOutlast = suppression.reason !== byPreference && (old === undefined || old.r === byPreference);
      if (mayOutlast) await before(key, outlasts(suppression));
      return old !== undefined && old.a === undefined;
    },
    async lift(hash, consent) {
      const old = await before(suppressionKey(hash, consent.channel), lifts(consent));
      return old?.a !== undefined;
    },
  };
}
