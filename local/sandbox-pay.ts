import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type Bill, outstanding } from "../functions/domain/bill.ts";
import { notFound } from "../functions/domain/errors.ts";
import { isLinkCode } from "../functions/domain/link-code.ts";
import { Money } from "../functions/domain/money.ts";
import type { EventBus } from "./event-bus.ts";
import { checked, refuse } from "./sandbox-input.ts";
import { payStandard, type StandardPaymentOptions } from "./standard-payment.ts";
import type { StoredBills } from "./stored-bills.ts";

/** What the payment button stands on. */
export interface PayOptions extends StandardPaymentOptions {
  readonly bills: StoredBills;
  readonly bus: EventBus;
  readonly busName: string;
}

/** What became of a payment: its id, and the status our webhook answered (202 for the bus). */
export interface Paid {
  readonly paymentId: string;
  readonly amount: Money;
  readonly answered: number;
}

const PayOrder = z.strictObject({
  code: z.string("must be a link code"),
  amount: z.unknown().optional(),
  via: z.enum(["standard", "bus"], "must be standard or bus").default("standard"),
  paymentId: z.string().min(1).max(100).optional(),
  rail: z.string().min(1).max(40).default("upi"),
});

function amountOf(asked: unknown, bill: Bill, now: number): Money {
  if (asked === undefined) return outstanding(bill, now);
  const value = typeof asked === "number" ? { value: asked, currency: bill.amountDue.currency } : asked;
  return checked(
    z.object({
      amount: z.custom<Money>(
        (each) => Money.safeParse(each).success,
        "must be {value, currency}: minor units and an ISO 4217 code",
      ),
    }),
    { amount: value },
  ).amount;
}

/** Pays a bill by its link code, the outstanding amount unless told: the gateway's signed webhook is posted to us, or the event put on the bus. Throws `invalid-input` naming the field, `not-found` for an unknown code. */
export async function pay(options: PayOptions, order: unknown): Promise<Paid> {
  const {
    code,
    amount: asked,
    via,
    rail,
    paymentId = `pay_${randomUUID().replaceAll("-", "").slice(0, 14)}`,
  } = checked(PayOrder, order);
  const bill = isLinkCode(code) ? await options.bills.get(code) : undefined;
  if (bill === undefined) throw notFound("No bill has this link code");
  const amount = amountOf(asked, bill, options.now());
  if (amount.value === 0) throw refuse("amount", "must be given: nothing is outstanding on this bill");
  const paidAt = new Date(options.now()).toISOString();
  const fact = { code, paymentId, amount, rail, paidAt, source: "sandbox" };
  if (via === "standard") return { paymentId, amount, answered: await payStandard(options, bill.biller, fact) };
  const { busName: name } = options;
  options.bus.put({
    bus: name,
    source: "sandbox",
    detailType: "payment.succeeded",
    detail: { ...fact, biller: bill.biller },
  });
  return { paymentId, amount, answered: 202 };
}
