import * as z from "zod/mini";
import { amountAt, type Bill, type CountedPayment, isExpired, paidTotal, settlementOf } from "./bill.ts";
import type { Hop } from "./biller.ts";
import { BillerId, BillId } from "./ids.ts";
import { LinkCode } from "./link-code.ts";
import { Instant, type Moment } from "./local-time.ts";
import { Money } from "./money.ts";
import type { Award } from "./offer.ts";
import type { Progress } from "./progress.ts";
import type { ReceiptNumber } from "./receipt-number.ts";
import { shortHash } from "./short-hash.ts";

/** A name under which a payer's side knows a payment beside its id, with what kind of name it is: `razorpay:order_…`, `rrn:6365…`, `txid:…`. */
export const PaymentReference = z
  .string()
  .check(z.regex(/^[a-z0-9-]{1,20}:[A-Za-z0-9._:/-]{1,120}$/, "must be a kind, a colon and a name"));
export type PaymentReference = z.output<typeof PaymentReference>;

/** What a source that was verified says of money: the bill may be known only by the payment's references. */
export const PaymentTold = z
  .strictObject({
    biller: BillerId,
    billId: z.exactOptional(BillId),
    code: z.exactOptional(LinkCode),
    /** Other names of the same payment, and of the order or checkout it belongs to. */
    references: z.exactOptional(z.array(PaymentReference).check(z.maxLength(12))),
    /** Where the raw body that told it lies in the bucket. */
    raw: z.exactOptional(z.string().check(z.maxLength(300))),
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
    z.refine(({ amount, refundedTotal }) => !refundedTotal || refundedTotal.currency === amount.currency, {
      path: ["refundedTotal", "currency"],
      message: "must be the currency of amount",
    }),
  );
export type PaymentTold = z.output<typeof PaymentTold>;

/** What a payer's side says of money for a bill, named by `billId` or by the link's `code`. */
export const PaymentFact = PaymentTold.check(
  z.refine(({ billId, code }) => billId !== undefined || code !== undefined, {
    path: ["billId"],
    message: "either billId or code is required",
  }),
);
export type PaymentFact = z.output<typeof PaymentFact>;

/** What a payment turned out to be for its bill. */
export type PaymentOutcome =
  | "full"
  | "partial"
  | "over"
  | "duplicate"
  | "late"
  | "wrong-currency"
  | "unmatched"
  | "already-held";

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
  readonly references?: readonly PaymentReference[];
  /** Where the raw body that told it first lies in the bucket. */
  readonly raw?: string;
  /** The number of its receipt, taken when it was counted. */
  readonly number?: ReceiptNumber;
  /** What offers granted it, or were to. */
  readonly awards?: readonly Award[];
  /** How often its receipt was sent again on request. */
  readonly resent?: number;
  readonly progress: Progress;
};

/** A payment that matches no bill yet; `code` where the bill is named but not there. */
export type UnmatchedPayment = Omit<Payment, "code"> & { readonly code?: LinkCode };

/** What names a payment within its bill. */
export const paymentKey = ({ source, paymentId }: { source: string; paymentId: string }): string =>
  `${source}:${paymentId}`;

/** What a key names: the first colon ends the source. */
export function namedBy(key: string): { readonly source: string; readonly paymentId: string } {
  const end = key.indexOf(":");
  return { source: key.slice(0, end), paymentId: key.slice(end + 1) };
}

/** The step that a payment's receipt is recorded under: one of its own for each time it is sent again, `receipt.<hash>-<n>`. */
export const receiptStep = (payment: { source: string; paymentId: string; resent?: number }): string =>
  `receipt.${shortHash(paymentKey(payment))}${payment.resent ? `-${payment.resent}` : ""}`;

/** The short reference: shown until there is a number, and to payers of BBPS. */
export const receiptReference = (payment: { source: string; paymentId: string }): string =>
  shortHash(paymentKey(payment)).toUpperCase();

/** The source whose platform is told a reference before any number is taken: Bharat BillPay. */
const answeredAtOnce = "bbps";

/** The reference that a payer holds beside the receipt's number: of a platform that was answered before there was one. */
export const receiptAlias = (payment: Pick<Payment, "source" | "paymentId" | "number">): string | undefined =>
  payment.number && payment.source === answeredAtOnce ? receiptReference(payment) : undefined;

/** The name of a payment's own among its references. */
export const ownReference = (payment: { source: string; paymentId: string }): PaymentReference => paymentKey(payment);

/** Whether a name is that of one movement of money, whoever tells of it; a txid may be paid several times, an order in parts. */
export const isMovement = (name: PaymentReference): boolean => /^(rrn|e2e):/.test(name);

const mostReferences = 12;

type Mergeable = Pick<Payment, "amount" | "paidAt" | "rail" | "refunded" | "confirmed" | "references" | "raw">;

/**
 * What is known of a payment after one more thing was told of it: amount and time are the first success's, refunds only grow and count in
 * its currency alone, names are added. The same payment where nothing is new.
 */
export function mergePayment<P extends Mergeable>(known: P, told: Mergeable): P {
  const first =
    known.confirmed || !told.confirmed
      ? known
      : { ...known, amount: told.amount, paidAt: told.paidAt, ...(told.rail && { rail: told.rail }) };
  const inCurrency = [known, told].filter(({ amount }) => amount.currency === first.amount.currency);
  const refunded = Math.max(...inCurrency.map((one) => one.refunded));
  const confirmed = known.confirmed || told.confirmed;
  const references = unitedReferences(known.references, told.references);
  const raw = known.raw ?? told.raw;
  const isMoney = first !== known || refunded !== known.refunded || confirmed !== known.confirmed;
  if (!isMoney && references === known.references && raw === known.raw) return known;
  const amount = confirmed ? first.amount : { ...first.amount, value: Math.max(first.amount.value, refunded) };
  return {
    ...first,
    amount,
    refunded,
    confirmed,
    ...(references && { references }),
    ...(raw !== undefined && { raw }),
  };
}

/** The names of both, the first of them where they are too many; the first list itself where it has all. */
function unitedReferences(known: Payment["references"], told: Payment["references"]): Payment["references"] {
  const more = (told ?? []).filter((reference) => !known?.includes(reference));
  const room = mostReferences - (known?.length ?? 0);
  return more.length === 0 || room <= 0 ? known : [...(known ?? []), ...more.slice(0, room)];
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

/** The bill as it stood when so many payments were counted. */
const countedUpTo = <B extends Pick<Bill, "payments">>(bill: B, most: number): B => ({
  ...bill,
  payments: Object.fromEntries(Object.entries(bill.payments).filter(([, { n }]) => n <= most)),
});

/** The bill when a payment was counted last, with all that the payment brought: what went back of it says nothing of what it was. */
function asItCame<B extends Pick<Bill, "payments">>(bill: B, key: string, own: CountedPayment): B {
  const after = countedUpTo(bill, own.n);
  return { ...after, payments: { ...after.payments, [key]: { ...own, refunded: 0 } } };
}

/**
 * What a counted payment was, judged by what was counted before it and by when it was paid, whatever went back of it before or since: the
 * same however often it is asked.
 */
export function judgePayment(bill: Judged, payment: Payment): PaymentOutcome {
  const key = paymentKey(payment);
  const own = bill.payments[key];
  if (payment.amount.currency !== bill.amountDue.currency || !own) return "wrong-currency";
  if (settlementOf(countedUpTo(bill, own.n - 1))) return "duplicate";
  if ((bill.canceled && bill.canceled.at <= payment.paidAt) || isExpired(bill, payment.paidAt)) return "late";
  const after = asItCame(bill, key, own);
  const settled = settlementOf(after);
  if (!settled) return "partial";
  return paidTotal(after) > settled.owed ? "over" : "full";
}

/** What a counted payment brought beyond what was owed when it was made, in minor units; at most all of it. */
export function excessOf(bill: Judged, payment: Payment): number {
  const key = paymentKey(payment);
  const own = bill.payments[key];
  if (!own) return 0;
  const after = asItCame(bill, key, own);
  const owed = settlementOf(after)?.owed ?? amountAt(bill, own.paidAt).value;
  return Math.min(own.amount, Math.max(0, paidTotal(after) - owed));
}

/** Whether a payment is less than the least that its bill takes in part. */
export const isBelowMinimum = (bill: Pick<Bill, "minimum">, payment: Pick<Payment, "amount">): boolean =>
  bill.minimum !== undefined && payment.amount.value < bill.minimum.value;
