import type { Hop } from "../../domain/biller.ts";
import type { BillerId, BillId, Channel } from "../../domain/ids.ts";
import type { LinkCode } from "../../domain/link-code.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import { type Payment, type PaymentOutcome, paymentKey } from "../../domain/payment.ts";
import { codeIn, type Key, paymentItemKey, paymentPrefix, unmatchedKey } from "./keys.ts";
import { present } from "./present.ts";
import { decodeProgress, encodeProgress, type ProgressRow } from "./progress-codec.ts";

/** Channel, wait, success. */
type HopRow = { readonly c: Channel; readonly w?: string; readonly s?: NonNullable<Hop["success"]> };

type FactRow = {
  /** Biller, bill id, version. */
  readonly b: string;
  readonly i?: string;
  readonly v: number;
  /** Amount, currency, refunded, confirmed, rail. */
  readonly a: number;
  readonly u: string;
  readonly rf: number;
  readonly cf: boolean;
  readonly rl?: string;
  /** Paid, received. */
  readonly pa: number;
  readonly ra: number;
  /** Outcome, decided, hops of the receipt. */
  readonly o?: PaymentOutcome;
  readonly da?: number;
  readonly h?: readonly HopRow[];
};

/** A payment as the table keeps it; source and payment id are in its sort key. */
export type PaymentRow = Key & FactRow & ProgressRow;

const encodeHop = ({ channel, wait, success }: Hop): HopRow => present<HopRow>({ c: channel, w: wait, s: success });
const decodeHop = ({ c, w, s }: HopRow): Hop => present<Hop>({ channel: c, wait: w, success: s });

const encodeFacts = (payment: Payment): FactRow =>
  present<FactRow>({
    b: payment.biller,
    i: payment.billId,
    v: payment.version,
    a: payment.amount.value,
    u: payment.amount.currency,
    rf: payment.refunded,
    cf: payment.confirmed,
    rl: payment.rail,
    pa: payment.paidAt,
    ra: payment.receivedAt,
    o: payment.outcome,
    da: payment.decidedAt,
    h: payment.hops?.map(encodeHop),
  });

/** The row of a payment within the partition of its bill, in a table of so many lanes. */
export const encodePayment = (payment: Payment, lanes: number): PaymentRow => ({
  ...paymentItemKey(payment.code, paymentKey(payment)),
  ...encodeFacts(payment),
  ...encodeProgress(payment.progress, payment.code, lanes),
});

/** The row by which operators see a payment that matches no bill; it never waits in the due index. */
export const encodeUnmatched = (payment: Payment): Key & FactRow & { readonly c: LinkCode } => ({
  ...unmatchedKey(payment.biller, paymentKey(payment)),
  ...encodeFacts(payment),
  c: payment.code,
});

/** The payment of a row. */
export function decodePayment(row: PaymentRow): Payment {
  const [source = "", ...rest] = row.sk.slice(paymentPrefix.length).split(":");
  return present<Payment>({
    code: codeIn(row.pk),
    biller: row.b as BillerId,
    billId: row.i as BillId | undefined,
    source,
    paymentId: rest.join(":"),
    amount: { value: row.a, currency: row.u as CurrencyCode },
    refunded: row.rf,
    confirmed: row.cf,
    rail: row.rl,
    paidAt: row.pa,
    receivedAt: row.ra,
    version: row.v,
    outcome: row.o,
    decidedAt: row.da,
    hops: row.h?.map(decodeHop),
    progress: decodeProgress(row),
  });
}
