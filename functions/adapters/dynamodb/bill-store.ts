import { GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { BillDetail } from "../../domain/bill.ts";
import { conflict } from "../../domain/errors.ts";
import type { LinkCode } from "../../domain/link-code.ts";
import type { BillStore, BillStory, ReadOptions } from "../../ports.ts";
import { type BillRow, decodeBill, encodeBill } from "./bill-codec.ts";
import {
  billKey,
  billPartition,
  detailKey,
  type Key,
  noticePrefix,
  notificationPrefix,
  openPrefix,
  paymentPrefix,
} from "./keys.ts";
import { decodeNotice, type NoticeRow } from "./notice-codec.ts";
import { decodeNotification } from "./notification-codec.ts";
import { decodeOpenDay, type OpenRow } from "./open-codec.ts";
import { decodePayment, type PaymentRow } from "./payment-codec.ts";
import { present } from "./present.ts";
import {
  asked,
  askedUnlessRefused,
  fromItem,
  type Item,
  inVersion,
  type LanedPlace,
  type Place,
  toItem,
} from "./table.ts";

type DetailRow = Key & BillDetail;

const decodeDetail = ({ items, clickPayUrl, metadata }: DetailRow): BillDetail =>
  present<BillDetail>({ items, clickPayUrl, metadata });

async function getRow<Row>(place: Place, key: Key, { consistent = false }: ReadOptions = {}): Promise<Row | undefined> {
  const command = new GetItemCommand({ TableName: place.table, Key: toItem(key), ConsistentRead: consistent });
  const { Item: item } = await asked("reading a bill", place.client.send(command));
  return item && fromItem<Row>(item);
}

/** Every row of a bill's partition: one query, continued only where it exceeds DynamoDB's page of 1 MB. */
async function readPartition(place: Place, code: LinkCode, { consistent = false }: ReadOptions): Promise<Item[]> {
  const rows: Item[] = [];
  let from: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: place.table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: toItem({ ":pk": billPartition(code) }),
      ConsistentRead: consistent,
      ...(from && { ExclusiveStartKey: from }),
    });
    const page = await asked("reading the story of a bill", place.client.send(command));
    rows.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return rows;
}

/** Sorts the rows by what they are; kinds that this version does not know are left out. */
function storyOf(items: readonly Item[]): BillStory {
  const rows = items.map((item) => fromItem<Key>(item));
  const starting = <Row>(prefix: string): Row[] => rows.filter(({ sk }) => sk.startsWith(prefix)) as Row[];
  const found = rows.find(({ sk }) => sk === "BILL");
  const bill = found && decodeBill(found as BillRow);
  const named = bill && "title" in bill ? `DETAIL#${bill.detailDigest}` : undefined;
  const detail = rows.find(({ sk }) => sk === named);
  const notices = starting<NoticeRow>(noticePrefix).map(decodeNotice);
  return {
    ...(bill && ("title" in bill ? { bill } : { tombstone: bill })),
    ...(detail && { detail: decodeDetail(detail) }),
    payments: starting<PaymentRow>(paymentPrefix).map(decodePayment),
    ...(notices.length > 0 && { notices }),
    notifications: starting<Key>(notificationPrefix).map(decodeNotification),
    opens: starting<OpenRow>(openPrefix).map(decodeOpenDay),
  };
}

/** Bills in DynamoDB. */
export function dynamoBillStore(place: LanedPlace): BillStore {
  const { client, table, lanes } = place;
  return {
    async get(code, options) {
      const row = await getRow<BillRow>(place, billKey(code), options);
      return row && decodeBill(row);
    },
    story: async (code, options = {}) => storyOf(await readPartition(place, code, options)),
    async save(bill, readVersion) {
      const command = new PutItemCommand({
        TableName: table,
        Item: toItem(encodeBill(bill, lanes)),
        ...ofSameBill(bill, readVersion),
      });
      if (await askedUnlessRefused("saving a bill", client.send(command))) return true;
      const stored = await getRow<BillRow>(place, billKey(bill.code), { consistent: true });
      if (stored && (stored.b !== bill.biller || stored.i !== bill.billId)) {
        throw conflict("another bill has the same link code");
      }
      return false;
    },
    async getDetail(code, digest, options) {
      const row = await getRow<DetailRow>(place, detailKey(code, digest), options);
      return row && decodeDetail(row);
    },
    async saveDetail(code, digest, detail) {
      const Item = toItem({ ...detail, ...detailKey(code, digest) });
      const command = new PutItemCommand({ TableName: table, Item });
      await asked("saving the details of a bill", client.send(command));
    },
  };
}

/** The version read, of this very bill: two bills whose keyed hashes meet never overwrite each other. */
function ofSameBill({ biller, billId }: { biller: string; billId: string }, readVersion: number) {
  const { ConditionExpression, ExpressionAttributeValues } = inVersion(readVersion);
  if (!ExpressionAttributeValues) return { ConditionExpression };
  return {
    ConditionExpression: `${ConditionExpression} AND b = :biller AND i = :bill`,
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ...toItem({ ":biller": biller, ":bill": billId }) },
  };
}
