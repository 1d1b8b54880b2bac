import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import { type BillRow, decodeBill } from "../functions/adapters/dynamodb/bill-codec.ts";
import { billKey, detailKey, type Key } from "../functions/adapters/dynamodb/keys.ts";
import { type Bill, outstanding, statusOf } from "../functions/domain/bill.ts";
import type { LinkCode } from "../functions/domain/link-code.ts";
import type { Dynamo } from "./aws/dynamodb.ts";
import type { Json, JsonObject } from "./json.ts";

/** A bill as the console lists it; `outstanding` in minor units. */
export interface ListedBill {
  readonly biller: string;
  readonly billId: string;
  readonly code: string;
  readonly customer: string;
  readonly language: string;
  readonly title: string;
  readonly dueDate: string;
  readonly status: string;
  readonly outstanding: { readonly value: number; readonly currency: string };
}

/** The bills as they lie in the table, read past the functions: for the console and the payment button. */
export interface StoredBills {
  readonly get: (code: LinkCode) => Promise<Bill | undefined>;
  /** Every bill, by due date. */
  readonly list: () => Promise<readonly ListedBill[]>;
  /** Every bill whole, in no order. */
  readonly all: () => Promise<readonly Bill[]>;
  /** A bill's metadata, empty where it has none. */
  readonly metadataOf: (bill: Bill) => Promise<Readonly<Record<string, string>>>;
}

const billIn = (item: Json | undefined): Bill | undefined => {
  const row = unmarshall(item as unknown as Record<string, AttributeValue>) as BillRow;
  const bill = decodeBill(row);
  return "title" in bill ? bill : undefined;
};

const listed = (bill: Bill, now: number): ListedBill => ({
  biller: bill.biller,
  billId: bill.billId,
  code: bill.code,
  customer: bill.customer.name ?? bill.customer.id,
  language: bill.customer.language,
  title: bill.title,
  dueDate: bill.dueDate,
  status: statusOf(bill, now),
  outstanding: outstanding(bill, now),
});

/** Reads the bills in the table called `TableName`. */
export function storedBills(dynamo: Dynamo, TableName: string, now: () => number): StoredBills {
  const page = async (from: Json | undefined): Promise<{ bills: readonly Bill[]; next: Json | undefined }> => {
    const { Items, LastEvaluatedKey } = await dynamo.call("Scan", {
      TableName,
      FilterExpression: "sk = :bill",
      ExpressionAttributeValues: { ":bill": { S: "BILL" } },
      ...(from === undefined ? {} : { ExclusiveStartKey: from }),
    });
    const bills = (Array.isArray(Items) ? Items : []).map(billIn).filter((bill) => bill !== undefined);
    return { bills, next: LastEvaluatedKey };
  };
  const item = async ({ pk, sk }: Key): Promise<Json | undefined> => {
    const Key: JsonObject = { pk: { S: pk }, sk: { S: sk } };
    return (await dynamo.call("GetItem", { TableName, Key, ConsistentRead: true }))["Item"];
  };
  const all = async (): Promise<Bill[]> => {
    const bills: Bill[] = [];
    let next: Json | undefined;
    do {
      const found = await page(next);
      bills.push(...found.bills);
      next = found.next;
    } while (next !== undefined);
    return bills;
  };
  return {
    all,
    get: async (code) => {
      const found = await item(billKey(code));
      return found === undefined ? undefined : billIn(found);
    },
    metadataOf: async ({ code, detailDigest }) => {
      const found = detailDigest === undefined ? undefined : await item(detailKey(code, detailDigest));
      const row = unmarshall((found ?? {}) as unknown as Record<string, AttributeValue>);
      return (row["metadata"] ?? {}) as Readonly<Record<string, string>>;
    },
    list: async () => {
      const bills = await all();
      const dueFirst = (left: Bill, right: Bill): number =>
        left.dueDate.localeCompare(right.dueDate) || left.billId.localeCompare(right.billId);
      return bills.sort(dueFirst).map((bill) => listed(bill, now()));
    },
  };
}
