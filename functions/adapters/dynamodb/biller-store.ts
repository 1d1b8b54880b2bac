import { DeleteItemCommand, GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Biller, BillerSettings } from "../../domain/biller.ts";
import { type BillerId, Header } from "../../domain/ids.ts";
import { whatsAppSenderOf } from "../../domain/whatsapp-number.ts";
import type { BillerStore, Clock, ReadOptions } from "../../ports.ts";
import { type AppsRow, findApps, keepApps } from "./biller-apps.ts";
import {
  billerIn,
  billerRowKey,
  billersPartition,
  headerKey,
  type Key,
  profileKey,
  senderKey,
  senderPartition,
} from "./keys.ts";
import { minuteCache } from "./minute-cache.ts";
import { itemsStarting } from "./starting.ts";
import { asked, askedUnlessRefused, fromItem, type Item, type Place, toItem } from "./table.ts";

/** A header names one biller: who may see a page under it. */
type HeaderOwner = { readonly header: Header; readonly biller: BillerId };

async function getItem(
  { client, table }: Place,
  key: Key,
  { consistent = true }: ReadOptions = {},
): Promise<Item | undefined> {
  const command = new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: consistent });
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

/** Whose a header is; what is no header is looked up all the same, so that asking for it takes as long. */
async function ownerOf(place: Place, header: string): Promise<BillerId | undefined> {
  const item = await getItem(place, headerKey(header), { consistent: false });
  return item && fromItem<OwnerRow>(item).biller;
}

async function every(headers: readonly Header[], holds: (header: Header) => Promise<boolean>): Promise<boolean> {
  for (const header of headers) if (!(await holds(header))) return false;
  return true;
}

/** The number a biller sends WhatsApp messages from, as its items are found by. */
const senderOf = ({ whatsapp }: Pick<BillerSettings, "whatsapp">): string | undefined =>
  whatsapp && whatsAppSenderOf(whatsapp);

/** Makes the biller findable by its WhatsApp number. */
async function keepSender({ client, table }: Place, sender: string | undefined, biller: BillerId): Promise<void> {
  if (sender === undefined) return;
  const command = new PutItemCommand({ TableName: table, Item: toItem(senderKey(sender, biller)) });
  await asked("keeping a sender", client.send(command));
}

/** Clears up behind a biller that sends from another number now. */
async function forgetSender({ client, table }: Place, sender: string, biller: BillerId): Promise<void> {
  const command = new DeleteItemCommand({ TableName: table, Key: toItem(senderKey(sender, biller)) });
  await asked("forgetting a sender", client.send(command));
}

/** The billers that ever sent from a number, those included whose item a crash left behind. */
async function findSenders({ client, table }: Place, sender: string): Promise<readonly BillerId[]> {
  const command = new QueryCommand({
    TableName: table,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: toItem({ ":pk": senderPartition(sender) }),
  });
  const { Items: items = [] } = await asked("finding who sends", client.send(command));
  return items.map((item) => billerIn(fromItem<Key>(item)));
}

/** Makes the biller one of all; written before its settings, so that none with settings is left out. */
async function listBiller({ client, table }: Place, biller: BillerId): Promise<void> {
  const command = new PutItemCommand({ TableName: table, Item: toItem(billerRowKey(biller)) });
  await asked("listing a biller", client.send(command));
}

/** What every text that is no header is looked up as: a name that no biller can take. */
const nobody = "-";
const nameOf = (header: string): string => (Header.safeParse(header).success ? header : nobody);

/** Billers in DynamoDB, with caches per container. */
export function dynamoBillerStore(place: Place & { readonly clock: Clock }): BillerStore {
  const profiles = minuteCache<BillerId, Biller | undefined>(place.clock);
  const owners = minuteCache<string, BillerId | undefined>(place.clock);
  const withApps = minuteCache<"all", readonly AppsRow[]>(place.clock);
  async function get(id: BillerId): Promise<Biller | undefined> {
    const item = await getItem(place, profileKey(id));
    if (!item) return undefined;
    const { pk, sk, ...settings } = fromItem<Key & BillerSettings>(item);
    return { ...settings, id };
  }
  return {
    get,
    getCached: (id) =>
      profiles.get(
        id,
        () => get(id),
        (biller) => biller !== undefined,
      ),
    findByHeader: (header) => owners.get(nameOf(header), () => ownerOf(place, nameOf(header))),
    async *list() {
      for await (const item of itemsStarting(place, { pk: billersPartition, sk: "" })) {
        yield fromItem<Key>(item).sk as BillerId;
      }
    },
    findWithApps: () => withApps.get("all", () => findApps(place)),
    async put({ id, ...settings }) {
      const headers = [settings.header, ...settings.formerHeaders];
      // Looked at before any is taken, so that a refused biller does not walk off with the free ones.
      if (!(await every(headers, (header) => isFree(place, { header, biller: id })))) return "header-taken";
      if (!(await every(headers, (header) => own(place, { header, biller: id })))) return "header-taken";
      const sender = senderOf(settings);
      await keepSender(place, sender, id);
      await listBiller(place, id);
      const command = new PutItemCommand({
        TableName: place.table,
        Item: toItem({ ...settings, ...profileKey(id) }),
        ReturnValues: "ALL_OLD",
      });
      const { Attributes: before } = await asked("saving a biller", place.client.send(command));
      await keepApps(place, { id, ...settings });
      profiles.forget(id);
      withApps.forget("all");
      for (const header of headers) owners.forget(header);
      const former = before && senderOf(fromItem<BillerSettings>(before));
      if (former !== undefined && former !== sender) await forgetSender(place, former, id);
      return before ? "replaced" : "created";
    },
    async findByWhatsApp(phoneNumberId) {
      const found = await findSenders(place, phoneNumberId);
      const profiles = await Promise.all(found.map(get));
      return found.filter((_, n) => profiles[n] && senderOf(profiles[n]) === phoneNumberId);
    },
  };
}
