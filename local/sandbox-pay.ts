import { randomUUID } from "node:crypto";
import * as z from "zod";
import { type Bill, outstanding } from "../functions/domain/bill.ts";
import { notFound } from "../functions/domain/errors.ts";
import { isLinkCode } from "../functions/domain/link-code.ts";
import { Money } from "../functions/domain/money.ts";
import type { EventBus } from "./event-bus.ts";
import { type PaymentOutcome, paymentOutcomes } from "./gateways/gateway.ts";
import type { Gateways } from "./gateways/gateways.ts";
import { checked, refuse } from "./sandbox-input.ts";
import { payStandard, type StandardPaymentOptions } from "./standard-payment.ts";
import type { StoredBills } from "./stored-bills.ts";

/** What the payment button stands on. */
export interface PayOptions extends StandardPaymentOptions {
  readonly bills: Pick<StoredBills, "get">;
  readonly bus: Pick<EventBus, "put">;
  readonly busName: string;
  readonly gateways: Pick<Gateways, "pay" | "refund">;
}

/** What became of a payment: its id, and the worst status our webhook answered (202 for the bus); absent where no webhook came. */
export interface Paid {
  readonly paymentId: string;
  readonly amount: Money;
  readonly answered?: number;
}

const ways = ["standard", "bus", "razorpay", "stripe", "mercado-pago", "bbps"] as const;

const PayOrder = z.strictObject({
  code: z.string("must be a link code"),
  amount: z.unknown().optional(),
  via: z.enum(ways, `must be one of ${ways.join(", ")}`).default("standard"),
  outcome: z.enum(paymentOutcomes, `must be one of ${paymentOutcomes.join(", ")}`).default("paid"),
  paymentId: z.string().min(1).max(100).optional(),
  rail: z.string().min(1).max(40).default("upi"),
});

const RefundOrder = z.strictObject({
  paymentId: z.string("must be the id of a payment at a gateway"),
  amount: z.int("must be a whole number of minor units").positive("must be more than zero").optional(),
});

const types = {
  paid: "payment.succeeded",
  failed: "payment.failed",
  pending: "payment.pending",
} as const satisfies Record<PaymentOutcome, string>;

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

/**
 * Pays a bill by its link code, the outstanding amount unless told: the gateway's own signed webhooks are posted to us, or the event put
 * on the bus. With `outcome`, a payment that failed or is pending; with the `paymentId` of such a one at a gateway, what became of it.
 * Throws `invalid-input` naming the field, `not-found` for an unknown code or payment.
 */
export async function pay(options: PayOptions, asked: unknown): Promise<Paid> {
  const order = checked(PayOrder, asked);
  const { code, via, rail, outcome, paymentId: known } = order;
  const bill = isLinkCode(code) ? await options.bills.get(code) : undefined;
  if (bill === undefined) throw notFound("No bill has this link code");
  const amount = amountOf(order.amount, bill, options.now());
  if (amount.value === 0) throw refuse("amount", "must be given: nothing is outstanding on this bill");
  if (via !== "standard" && via !== "bus") {
    const { biller, billId, title } = bill;
    const begun = { biller, billId, code, title, amount, outcome };
    return {
      amount,
      ...(await options.gateways.pay(via, { ...begun, ...(known !== undefined && { paymentId: known }) })),
    };
  }
  const paymentId = known ?? `pay_${randomUUID().replaceAll("-", "").slice(0, 14)}`;
  const paidAt = new Date(options.now()).toISOString();
  const fact = { code, paymentId, amount, rail, paidAt, source: "sandbox" };
  if (via === "standard")
    return {
      paymentId,
      amount,
      answered: await payStandard(options, { biller: bill.biller, type: types[outcome], fact }),
    };
  const detail = { ...fact, biller: bill.biller };
  options.bus.put({ bus: options.busName, source: "sandbox", detailType: types[outcome], detail });
  return { paymentId, amount, answered: 202 };
}

/** Gives back a payment that was made at a gateway, or `amount` of it in minor units, and lets the gateway tell of it. */
export async function refund({ gateways }: PayOptions, asked: unknown): Promise<Omit<Paid, "amount">> {
  const { paymentId, amount } = checked(RefundOrder, asked);
  return await gateways.refund(paymentId, amount);
}
