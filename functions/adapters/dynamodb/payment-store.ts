import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { LinkCode } from "../../domain/link-code.ts";
import { type Payment, paymentKey } from "../../domain/payment.ts";
import type { PaymentStore, ReadOptions } from "../../ports.ts";
import { paymentItemKey, unmatchedKey } from "./keys.ts";
import { decodePayment, encodePayment, encodeUnmatched, type PaymentRow } from "./payment-codec.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type LanedPlace, toItem } from "./table.ts";

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
    async keepUnmatched(payment) {
      const command = new PutItemCommand({ TableName: table, Item: toItem(encodeUnmatched(payment)) });
      await asked("keeping an unmatched payment", client.send(command));
    },
    async forgetUnmatched(payment) {
      const key = unmatchedKey(payment.biller, paymentKey(payment));
      const command = new DeleteItemCommand({ TableName: table, Key: toItem(key) });
      await asked("forgetting an unmatched payment", client.send(command));
    },
  };
}
