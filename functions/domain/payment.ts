import * as z from "zod/mini";
import { type Bill, type CountedPayment, isExpired, paidTotal, settlementOf } from "./bill.ts";
import type { Hop } from "./biller.ts";
import { BillerId, BillId } from "./ids.ts";
import { LinkCode } from "./link-code.ts";
import { Instant, type Moment } from "./local-time.ts";
import { Money } from "./money.ts";
import type { Progress } from "./progress.ts";
import { shortHash } from "./short-hash.ts";

/** What a payer's side says of money for a bill, named by `billId` or by the link's `code`. */
export const PaymentFact = z
  .strictObject({
    biller: BillerId,
    billId: z.exactOptional(BillId),
    code: z.exactOptional(LinkCode),
    paymentId: z
      .string()
      .check(z.regex(/^[A-Za-z0-9._:-]{1,100}$/, "must be 1 to 100 characters of A-Z a-z 0-9 . _ : -")),
    amount: Money.check(z.refine(({ value }) => value > 0, { path: ["value"], message: "must be more than zero" })),
    refundedTotal: z.exactOptional(Money),
    rail: z.exactOptional(z.string().check(z.regex(/^[a-z0-9-]{1,32}$/, "must be 1 to 32 characters of a-z 0-9 -"))),
    paidAt: Instant,
    source: z.string().check(z.regex(/^[a-z0-9-]{1,20}$/, "must be 1 to 20 characters of a-z 0-9 -")),
  })
  .check(
    z.refine(({ billId, code }) => billId !== undefined || code !== undefined, {
      path: ["billId"],
      message: "either billId or code is required",
    }),
    z.refine(({ amount, refundedTotal }) => !refundedTotal || refundedTotal.currency === amount.currency, {
      path: ["refundedTotal", "currency"],
      message: "must be the currency of amount",
    }),
  );
export type PaymentFact = z.output<typeof PaymentFact>;

/** What a payment turned out to be for its bill. */
export type PaymentOutcome = "full" | "partial" | "over" | "duplicate" | "late" | "wrong-currency" | "unmatched";

/** One payment as received and as decided, with how far its receipt has come. */
export type Payment = {
  readonly code: LinkCode;
  readonly biller: BillerId;
  readonly billId?: BillId;
  readonly source: string;
  readonly paymentId: string;
  readonly amount: Money;
  /** In minor units; only grows. */
  readonly refunded: number;
  /** Whether the payment itself was told; a refund that came first only shows that there was one. */
  readonly confirmed: boolean;
  readonly rail?: string;
  readonly paidAt: Moment;
  readonly receivedAt: Moment;
  readonly version: number;
  readonly outcome?: PaymentOutcome;
  readonly decidedAt?: Moment;
  /** The channels the receipt goes through, settled when the payment was decided. */
  readonly hops?: readonly Hop[];
  readonly progress: Progress;
};

/** What names a payment within its bill. */
export const paymentKey = ({ source, paymentId }: { source: string; paymentId: string }): string =>
  `${source}:${paymentId}`;

/** The step that a payment's receipt is recorded under. */
export const receiptStep = (payment: { source: string; paymentId: string }): string =>
  `receipt.${shortHash(paymentKey(payment))}`;

/** The reference a receipt shows: short, and the same on the page, in the message and in the biller's event. */
export const receiptReference = (payment: { source: string; paymentId: string }): string =>
  shortHash(paymentKey(payment)).toUpperCase();

/** What is known of a payment after one more thing was told of it: amount and time are the first success's, refunds only grow. */
export function mergePayment(known: Payment, told: Payment): Payment {
  const first =
    known.confirmed || !told.confirmed
      ? known
      : { ...known, amount: told.amount, paidAt: told.paidAt, ...(told.rail && { rail: told.rail }) };
  const refunded = Math.max(known.refunded, told.refunded);
  const confirmed = known.confirmed || told.confirmed;
  if (first === known && refunded === known.refunded && confirmed === known.confirmed) return known;
  const amount = confirmed ? first.amount : { ...first.amount, value: Math.max(first.amount.value, refunded) };
  return { ...first, amount, refunded, confirmed };
}

/** The bill with the payment counted: the same bill when it already is, as it stands. */
export function countPayment<B extends Pick<Bill, "payments">>(bill: B, payment: Payment): B {
  const key = paymentKey(payment);
  const known = bill.payments[key];
  // What was read before the payment was confirmed may be counted after what was read since: it must not undo it.
  const { amount, paidAt } =
    known && !payment.confirmed ? known : { amount: payment.amount.value, paidAt: payment.paidAt };
  const refunded = Math.min(amount, Math.max(known?.refunded ?? 0, payment.refunded));
  const counted: CountedPayment = { amount, refunded, paidAt, n: known?.n ?? Object.keys(bill.payments).length };
  if (known && known.amount === amount && known.refunded === refunded && known.paidAt === paidAt) return bill;
  return { ...bill, payments: { ...bill.payments, [key]: counted } };
}

type Judged = Pick<Bill, "amountDue" | "early" | "late" | "zone" | "payments" | "canceled" | "expiresOn">;

/** What a counted payment was, judged by what was counted before it and by when it was paid: the same however often it is asked. */
export function judgePayment(bill: Judged, payment: Payment): PaymentOutcome {
  const own = bill.payments[paymentKey(payment)];
  if (payment.amount.currency !== bill.amountDue.currency || !own) return "wrong-currency";
  const upTo = (most: number) => Object.fromEntries(Object.entries(bill.payments).filter(([, { n }]) => n <= most));
  if (settlementOf({ ...bill, payments: upTo(own.n - 1) })) return "duplicate";
  if ((bill.canceled && bill.canceled.at <= payment.paidAt) || isExpired(bill, payment.paidAt)) return "late";
  const after = { ...bill, payments: upTo(own.n) };
  const settled = settlementOf(after);
  if (!settled) return "partial";
  return paidTotal(after) > settled.owed ? "over" : "full";
}
