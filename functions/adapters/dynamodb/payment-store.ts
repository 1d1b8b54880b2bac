import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { LinkCode } from "../../domain/link-code.ts";
import { type Payment, paymentKey } from "../../domain/payment.ts";
import type { PaymentStore, ReadOptions } from "../../ports.ts";
import { paymentItemKey, unmatchedKey } from "./keys.ts";
import {
  decodePayment,
  decodeUnmatched,
  encodePayment,
  encodeUnmatched,
  type PaymentRow,
  type UnmatchedRow,
} from "./payment-codec.ts";
import { takeStarting } from "./starting.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type LanedPlace, type Place, toItem } from "./table.ts";

/** Payments in DynamoDB, each in the partition of its bill. */
export function dynamoPaymentStore({ client, table, lanes }: LanedPlace): PaymentStore {
  async function get(
    code: LinkCode,
    key: string,
    { consistent = false }: ReadOptions = {},
  ): Promise<Payment | undefined> {
    const command = new GetItemCommand({
      TableName: table,
      Key: toItem(paymentItemKey(code, key)),
      ConsistentRead: consistent,
    });
    const { Item: item } = await asked("reading a payment", client.send(command));
    return item && decodePayment(fromItem<PaymentRow>(item));
  }

  async function save(payment: Payment, readVersion: number): Promise<boolean> {
    const command = new PutItemCommand({
      TableName: table,
      Item: toItem(encodePayment(payment, lanes)),
      ...inVersion(readVersion),
    });
    return (await askedUnlessRefused("saving a payment", client.send(command))) !== undefined;
  }

  return {
    get,
    save,
    async add(payment) {
      if (await save(payment, 0)) return payment;
      return (await get(payment.code, paymentKey(payment), { consistent: true })) ?? payment;
    },
    ...unmatchedPayments({ client, table }),
  };
}

/** The payments that match no bill, in the partition of their biller. */
function unmatchedPayments({
  client,
  table,
}: Place): Pick<PaymentStore, "keepUnmatched" | "forgetUnmatched" | "getUnmatched" | "findUnmatched"> {
  return {
    async keepUnmatched(payment, readVersion) {
      const command = new PutItemCommand({
        TableName: table,
        Item: toItem(encodeUnmatched(payment)),
        ...(readVersion !== undefined && inVersion(readVersion)),
      });
      return (await askedUnlessRefused("keeping an unmatched payment", client.send(command))) !== undefined;
    },
    async forgetUnmatched(payment) {
      const key = unmatchedKey(payment.biller, paymentKey(payment));
      const command = new DeleteItemCommand({ TableName: table, Key: toItem(key) });
      await asked("forgetting an unmatched payment", client.send(command));
    },
    async getUnmatched(biller, key) {
      const command = new GetItemCommand({
        TableName: table,
        Key: toItem(unmatchedKey(biller, key)),
        ConsistentRead: true,
      });
      const { Item: item } = await asked("reading an unmatched payment", client.send(command));
      return item && decodeUnmatched(fromItem<UnmatchedRow>(item));
    },
    async findUnmatched(biller, range) {
      const items = await takeStarting({ client, table }, unmatchedKey(biller, ""), range);
      return items.map((item) => decodeUnmatched(fromItem<UnmatchedRow>(item)));
    },
  };
}
