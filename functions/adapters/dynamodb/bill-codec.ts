import { EmailAddress, PhoneNumber } from "../../domain/addresses.ts";
import type { Bill, BillTerms, CountedPayment, Customer, Exactness, Tombstone } from "../../domain/bill.ts";
import type { BillerId, BillId, CustomerId } from "../../domain/ids.ts";
import type { LocalDate, TimeZone } from "../../domain/local-time.ts";
import type { CurrencyCode, Money } from "../../domain/money.ts";
import { billKey, codeIn, type Key } from "./keys.ts";
import { type Present, present } from "./present.ts";
import { decodeProgress, encodeProgress, type ProgressRow } from "./progress-codec.ts";

/** Who owes: id, name, language, zone where it is not the bill's, WhatsApp, SMS, e-mail. */
type CustomerRow = Present<{
  i: string;
  n: string | undefined;
  l: string;
  z: string | undefined;
  w: string | undefined;
  s: string | undefined;
  e: string | undefined;
}>;

/** What is owed: title, category, amount, currency, exactness, minimum, early, late, issued, due, expires, zone. */
type TermsRow = Present<{
  c: CustomerRow;
  t: string;
  g: string | undefined;
  a: number;
  u: string;
  x: string;
  m: number | undefined;
  ea: readonly [string, number] | undefined;
  la: readonly [string, number] | undefined;
  di: string;
  dd: string;
  dx: string | undefined;
  z: string;
}>;

type CancelRow = readonly [number] | readonly [number, string];

/** What names the item, and its state: biller, bill id, version, canceled. */
type HeadRow = Key & { readonly b: string; readonly i: string; readonly v: number };

type TombstoneRow = HeadRow & { readonly q: CancelRow };

/** Also: registered, amended, as of, paused until, resumed, and the payments as amount, refunded, paid at. */
type WholeRow = HeadRow &
  TermsRow &
  ProgressRow &
  Present<{
    q: CancelRow | undefined;
    r: number;
    ra: number | undefined;
    ro: number | undefined;
    pu: number | undefined;
    pr: number | undefined;
    p: Readonly<Record<string, readonly [number, number, number]>> | undefined;
  }>;

/** A bill as the table keeps it: names as short as they are because a claim is one write unit only below 1,024 bytes. */
export type BillRow = WholeRow | TombstoneRow;

const encodeCancel = ({ at, reason }: Tombstone["canceled"]): CancelRow => (reason === undefined ? [at] : [at, reason]);
const decodeCancel = ([at, reason]: CancelRow): Tombstone["canceled"] => present({ at, reason });

function encodeCustomer({ id, name, language, timeZone, addresses }: Customer, zone: TimeZone): CustomerRow {
  return present({
    i: id,
    n: name,
    l: language,
    z: timeZone === zone ? undefined : timeZone,
    w: addresses.whatsapp?.reveal(),
    s: addresses.sms?.reveal(),
    e: addresses.email?.reveal(),
  });
}

function decodeCustomer({ i, n, l, z, w, s, e }: CustomerRow, zone: TimeZone): Customer {
  return present({
    id: i as CustomerId,
    name: n,
    language: l,
    timeZone: (z ?? zone) as TimeZone,
    addresses: present({
      whatsapp: w === undefined ? undefined : new PhoneNumber(w),
      sms: s === undefined ? undefined : new PhoneNumber(s),
      email: e === undefined ? undefined : new EmailAddress(e),
    }),
  });
}

/** Every amount of a bill is in the currency of `amountDue` (the input's rule), which is kept once. */
const encodeTerms = (terms: BillTerms): TermsRow =>
  present({
    c: encodeCustomer(terms.customer, terms.zone),
    t: terms.title,
    g: terms.category,
    a: terms.amountDue.value,
    u: terms.amountDue.currency,
    x: terms.exactness,
    m: terms.minimum?.value,
    ea: terms.early && ([terms.early.until, terms.early.amount.value] as const),
    la: terms.late && ([terms.late.from, terms.late.amount.value] as const),
    di: terms.issuedOn,
    dd: terms.dueDate,
    dx: terms.expiresOn,
    z: terms.zone,
  });

function decodeTerms(row: TermsRow): BillTerms {
  const money = (value: number): Money => ({ value, currency: row.u as CurrencyCode });
  const zone = row.z as TimeZone;
  return present({
    customer: decodeCustomer(row.c, zone),
    title: row.t,
    category: row.g,
    amountDue: money(row.a),
    exactness: row.x as Exactness,
    minimum: row.m === undefined ? undefined : money(row.m),
    early: row.ea && { until: row.ea[0] as LocalDate, amount: money(row.ea[1]) },
    late: row.la && { from: row.la[0] as LocalDate, amount: money(row.la[1]) },
    issuedOn: row.di as LocalDate,
    dueDate: row.dd as LocalDate,
    expiresOn: row.dx as LocalDate | undefined,
    zone,
  });
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const encodePayments = (payments: Bill["payments"]): WholeRow["p"] | undefined =>
  Object.keys(payments).length === 0
    ? undefined
    : mapValues(payments, ({ amount, refunded, paidAt }: CountedPayment) => [amount, refunded, paidAt] as const);

const decodePayments = (row: NonNullable<WholeRow["p"]>): Bill["payments"] =>
  mapValues(row, ([amount, refunded, paidAt]) => ({ amount, refunded, paidAt }));

/** The row of a bill, or of a cancel that came before its bill, in a table of so many lanes. */
export function encodeBill(bill: Bill | Tombstone, lanes: number): BillRow {
  const head = { ...billKey(bill.code), b: bill.biller, i: bill.billId, v: bill.version };
  if (!("title" in bill)) return { ...head, q: encodeCancel(bill.canceled) };
  return {
    ...head,
    ...encodeTerms(bill),
    ...encodeProgress(bill.progress, bill.code, lanes),
    ...present({
      q: bill.canceled && encodeCancel(bill.canceled),
      r: bill.registeredAt,
      ra: bill.amendedAt,
      ro: bill.asOf,
      pu: bill.pausedUntil,
      pr: bill.resumedAt,
      p: encodePayments(bill.payments),
    }),
  };
}

/** The bill of a row; a row without a title is a cancel that came before its bill. */
export function decodeBill(row: BillRow): Bill | Tombstone {
  const head = { code: codeIn(row.pk), biller: row.b as BillerId, billId: row.i as BillId, version: row.v };
  if (!("t" in row)) return { ...head, canceled: decodeCancel(row.q) };
  return {
    ...head,
    ...decodeTerms(row),
    ...present({
      registeredAt: row.r,
      amendedAt: row.ra,
      asOf: row.ro,
      canceled: row.q && decodeCancel(row.q),
      pausedUntil: row.pu,
      resumedAt: row.pr,
    }),
    payments: decodePayments(row.p ?? {}),
    progress: decodeProgress(row),
  };
}
