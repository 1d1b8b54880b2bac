import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { NumberRecord, ReceiptNumber } from "../../domain/receipt-number.ts";
import type { ReceiptNumberStore } from "../../money-ports.ts";
import { type Key, receiptNumberKey } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Place, toItem } from "./table.ts";

/** The link code and key of the payment whose number it is, or why it is nobody's. */
type NumberRow = Key & ({ readonly c: string; readonly k: string } | { readonly vd: "left-unused" });

/** What became of the receipt numbers, in DynamoDB: one partition for each biller and year, in the order of the numbers. */
export function dynamoReceiptNumberStore({ client, table }: Place): ReceiptNumberStore {
  async function get(...[biller, number]: Parameters<ReceiptNumberStore["get"]>): Promise<NumberRecord | undefined> {
    const key = toItem(receiptNumberKey(biller, number));
    const command = new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true });
    const { Item: item } = await asked("reading a receipt number", client.send(command));
    return item && decodeNumber(number, fromItem<NumberRow>(item));
  }
  return {
    get,
    async add(biller, record) {
      const row = { ...receiptNumberKey(biller, record), ...encodeNumber(record) };
      const command = new PutItemCommand({ TableName: table, Item: toItem(row), ...inVersion(0) });
      if (await askedUnlessRefused("keeping a receipt number", client.send(command))) return record;
      return (await get(biller, record)) ?? record;
    },
  };
}

const encodeNumber = (record: NumberRecord): Omit<NumberRow, keyof Key> =>
  "void" in record ? { vd: record.void } : { c: record.code, k: record.key };

const decodeNumber = ({ year, n }: ReceiptNumber, row: NumberRow): NumberRecord =>
  "vd" in row ? { year, n, void: row.vd } : { year, n, code: row.c, key: row.k };
