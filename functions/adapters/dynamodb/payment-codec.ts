import type { BillerId, BillId } from "../../domain/ids.ts";
import type { LinkCode } from "../../domain/link-code.ts";
import type { CurrencyCode } from "../../domain/money.ts";
import type { Award, OfferId } from "../../domain/offer.ts";
import {
  type Payment,
  type PaymentOutcome,
  type PaymentReference,
  paymentKey,
  type UnmatchedPayment,
} from "../../domain/payment.ts";
import { decodeHop, encodeHop, type HopRow } from "./hop-codec.ts";
import { codeIn, type Key, paymentItemKey, paymentPrefix, unmatchedKey, unmatchedPrefix } from "./keys.ts";
import { present } from "./present.ts";
import { decodeProgress, encodeProgress, type ProgressRow } from "./progress-codec.ts";

/** Offer, kind, title, exclusive, value, which coupon of the pool and its code, state, reason, moment. */
type AwardRow = {
  readonly o: OfferId;
  readonly k: Award["kind"];
  readonly l: string;
  readonly x?: true;
  readonly v?: number;
  readonly n?: number;
  readonly c?: string;
  readonly s: Award["state"];
  readonly r?: NonNullable<Award["reason"]>;
  readonly t: number;
};

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
  /** Its other names, where its raw body lies, year and number of the receipt, awards, how often the receipt was sent again. */
  readonly nm?: readonly PaymentReference[];
  readonly rw?: string;
  readonly ry?: number;
  readonly rn?: number;
  readonly aw?: readonly AwardRow[];
  readonly rs?: number;
};

/** A payment as the table keeps it; source and payment id are in its sort key. */
export type PaymentRow = Key & FactRow & ProgressRow;

const encodeAward = ({ offer, kind, title, exclusive, value, coupon, state, reason, at }: Award): AwardRow =>
  present<AwardRow>({
    ...{ o: offer, k: kind, l: title, x: exclusive, v: value },
    ...{ n: coupon?.n, c: coupon?.code, s: state, r: reason, t: at },
  });

function decodeAward({ o, k, l, x, v, n, c, s, r, t }: AwardRow): Award {
  const coupon = n === undefined || c === undefined ? undefined : { n, code: c };
  return present<Award>({ offer: o, kind: k, title: l, exclusive: x, value: v, coupon, state: s, reason: r, at: t });
}

const encodeFacts = (payment: Omit<Payment, "code" | "progress">): FactRow =>
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
    nm: payment.references,
    rw: payment.raw,
    ry: payment.number?.year,
    rn: payment.number?.n,
    aw: payment.awards?.map(encodeAward),
    rs: payment.resent,
  });

/** The row of a payment within the partition of its bill, in a table of so many lanes. */
export const encodePayment = (payment: Payment, lanes: number): PaymentRow => ({
  ...paymentItemKey(payment.code, paymentKey(payment)),
  ...encodeFacts(payment),
  ...encodeProgress(payment.progress, payment.code, lanes),
});

/** A payment that matches no bill, as its biller's partition keeps it: with a link code where its bill was named. */
export type UnmatchedRow = Key & FactRow & { readonly c?: LinkCode };

/** The row by which operators see a payment that matches no bill; it never waits in the due index. */
export const encodeUnmatched = (payment: UnmatchedPayment): UnmatchedRow => ({
  ...unmatchedKey(payment.biller, paymentKey(payment)),
  ...encodeFacts(payment),
  ...(payment.code && { c: payment.code }),
});

/** The unmatched payment of a row. */
export function decodeUnmatched(row: UnmatchedRow): UnmatchedPayment {
  const facts = decodeFacts(row, row.sk.slice(unmatchedPrefix.length));
  return { ...facts, ...(row.c && { code: row.c }), progress: { done: [] } };
}

/** The payment of a row. */
export const decodePayment = (row: PaymentRow): Payment => ({
  code: codeIn(row.pk),
  ...decodeFacts(row, row.sk.slice(paymentPrefix.length)),
  progress: decodeProgress(row),
});

type Facts = Omit<Payment, "code" | "progress">;

/** What a row holds of the payment with this key, `<source>:<payment id>`. */
function decodeFacts(row: FactRow, key: string): Facts {
  const [source = "", ...rest] = key.split(":");
  return present<Facts>({
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
    references: row.nm,
    raw: row.rw,
    number: row.ry === undefined || row.rn === undefined ? undefined : { year: row.ry, n: row.rn },
    awards: row.aw?.map(decodeAward),
    resent: row.rs,
  });
}
