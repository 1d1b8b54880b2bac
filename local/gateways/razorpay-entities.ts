import { randomBytes, randomInt } from "node:crypto";
import type { GatewayMoney } from "./gateway.ts";

/** What a merchant wrote on something. */
export type Notes = Readonly<Record<string, string>>;

/** A payment as Razorpay tells of it. */
export interface RazorpayPayment {
  readonly id: string;
  readonly entity: "payment";
  readonly amount: number;
  readonly currency: string;
  readonly status: "authorized" | "captured" | "failed" | "refunded";
  readonly captured: boolean;
  readonly order_id: string;
  readonly amount_refunded: number;
  readonly refund_status: null | "partial" | "full";
  readonly created_at: number;
  readonly [other: string]: unknown;
}

/** An order as Razorpay tells of it. */
export interface RazorpayOrder {
  readonly id: string;
  readonly entity: "order";
  readonly amount: number;
  readonly receipt: string;
  readonly status: "created" | "attempted" | "paid";
  readonly attempts: number;
  readonly [other: string]: unknown;
}

/** A refund as Razorpay tells of it. */
export interface RazorpayRefund {
  readonly id: string;
  readonly entity: "refund";
  readonly payment_id: string;
  readonly amount: number;
  readonly created_at: number;
  readonly [other: string]: unknown;
}

/** What an order is made of; times in seconds since 1970. */
export interface NewOrder {
  readonly amount: GatewayMoney;
  readonly receipt: string;
  readonly notes: Notes;
  readonly now: number;
}

/** An id in Razorpay's way. */
export const razorpayId = (kind: "plink" | "order" | "pay" | "rfnd" | "evt"): string =>
  `${kind}_${randomBytes(7).toString("hex")}`;

/** An order nobody has paid yet. */
export const newOrder = ({ amount: { value, currency }, receipt, notes, now }: NewOrder): RazorpayOrder => ({
  ...{ id: razorpayId("order"), entity: "order", amount: value, amount_paid: 0, amount_due: value, currency, receipt },
  ...{ offer_id: null, status: "created", attempts: 0, notes, created_at: now },
});

/** A payment by UPI for an order, of which nothing is known but that it was begun. */
export const newPayment = (
  order: RazorpayOrder,
  { amount: { value, currency }, notes, now }: Omit<NewOrder, "receipt">,
): RazorpayPayment => ({
  ...{ id: razorpayId("pay"), entity: "payment", amount: value, currency, status: "authorized", captured: false },
  ...{ order_id: order.id, invoice_id: null, international: false, method: "upi", card_id: null, bank: null },
  ...{ wallet: null, vpa: "payer@okexample", upi: { vpa: "payer@okexample", payer_account_type: "bank_account" } },
  ...{ acquirer_data: { rrn: String(randomInt(100_000_000_000, 999_999_999_999)) } },
  ...{ email: null, contact: "+919830000000", description: order.receipt, notes, fee: null, tax: null },
  ...{ amount_refunded: 0, refund_status: null, created_at: now, ...noFault },
});

/** The fields that say why a payment failed, where it did not. */
export const noFault = {
  ...{ error_code: null, error_description: null, error_source: null, error_step: null, error_reason: null },
};

/** The same where the payer's bank declined. */
export const declined = {
  ...{ error_code: "BAD_REQUEST_ERROR", error_description: "Payment was declined by the payer's bank." },
  ...{ error_source: "issuer_bank", error_step: "payment_authorization", error_reason: "payment_declined" },
};

/** The body of a webhook (Razorpay, webhook payloads). */
export function eventBody(event: string, now: number, entities: Readonly<Record<string, object>>): string {
  const payload = Object.fromEntries(Object.entries(entities).map(([name, entity]) => [name, { entity }]));
  const contains = Object.keys(entities);
  const envelope = { entity: "event", account_id: "acc_Q00000000000001", event, contains };
  return JSON.stringify({ ...envelope, payload, created_at: now });
}
