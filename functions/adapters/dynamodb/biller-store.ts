import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Biller, BillerSettings } from "../../domain/biller.ts";
import type { BillerId, Header } from "../../domain/ids.ts";
import type { BillerStore, Clock } from "../../ports.ts";
import { billerCache } from "./biller-cache.ts";
import { headerKey, type Key, profileKey } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, type Item, type Place, toItem } from "./table.ts";

/** A header names one biller: who may see a page under it. */
type HeaderOwner = { readonly header: Header; readonly biller: BillerId };

async function getItem({ client, table }: Place, key: Key): Promise<Item | undefined> {
  const command = new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true });
  return (await asked("reading a biller", client.send(command))).Item;
}

type OwnerRow = Key & Pick<HeaderOwner, "biller">;

/** Whether the header is the biller's, or nobody's. */
async function isFree(place: Place, { header, biller }: HeaderOwner): Promise<boolean> {
  const item = await getItem(place, headerKey(header));
  return item === undefined || fromItem<OwnerRow>(item).biller === biller;
}

/** Makes the header the biller's for good: a link printed under it must never lead to another. False when it is another's. */
async function own({ client, table }: Place, { header, biller }: HeaderOwner): Promise<boolean> {
  const row: OwnerRow = { ...headerKey(header), biller };
  const command = new PutItemCommand({
    TableName: table,
    Item: toItem(row),
    ConditionExpression: "attribute_not_exists(pk) OR biller = :biller",
    ExpressionAttributeValues: toItem({ ":biller": biller }),
  });
  return (await askedUnlessRefused("taking a header", client.send(command))) !== undefined;
}

async function every(headers: readonly Header[], holds: (header: Header) => Promise<boolean>): Promise<boolean> {
  for (const header of headers) if (!(await holds(header))) return false;
  return true;
}

/** Billers in DynamoDB, with a cache per container. */
export function dynamoBillerStore(place: Place & { readonly clock: Clock }): BillerStore {
  const cache = billerCache(place.clock);
  async function get(id: BillerId): Promise<Biller | undefined> {
    const item = await getItem(place, profileKey(id));
    if (!item) return undefined;
    const { pk, sk, ...settings } = fromItem<Key & BillerSettings>(item);
    return { ...settings, id };
  }
  return {
    get,
    async getCached(id) {
      const readAt = place.clock.now();
      const biller = cache.get(id) ?? (await get(id));
      if (biller && !cache.get(id)) cache.keep(biller, readAt);
      return biller;
    },
    async put({ id, ...settings }) {
      const headers = [settings.header, ...settings.formerHeaders];
      // Looked at before any is taken, so that a refused biller does not walk off with the free ones.
      if (!(await every(headers, (header) => isFree(place, { header, biller: id })))) return "header-taken";
      if (!(await every(headers, (header) => own(place, { header, biller: id })))) return "header-taken";
      const command = new PutItemCommand({
        TableName: place.table,
        Item: toItem({ ...settings, ...profileKey(id) }),
        ReturnValues: "ALL_OLD",
      });
      const { Attributes: before } = await asked("saving a biller", place.client.send(command));
      cache.forget(id);
      return before ? "replaced" : "created";
    },
  };
}
