import { type Addresses, EmailAddress, PhoneNumber } from "../../domain/addresses.ts";
import type { Answer, AnswerName } from "../../domain/answer.ts";
import type { Bill, BillTerms, CountedPayment, Customer, Exactness, Tombstone } from "../../domain/bill.ts";
import type { BillerId, BillId, Channel, CustomerId, StepName } from "../../domain/ids.ts";
import type { LocalDate, TimeZone } from "../../domain/local-time.ts";
import type { CurrencyCode, Money } from "../../domain/money.ts";
import { billKey, codeIn, type Key } from "./keys.ts";
import { present } from "./present.ts";
import { decodeProgress, encodeProgress, type ProgressRow } from "./progress-codec.ts";

type CustomerRow = {
  /** Id, name, language, and the zone where it is not the bill's. */
  readonly i: string;
  readonly n?: string;
  readonly l: string;
  readonly z?: string;
  /** WhatsApp, SMS, e-mail. */
  readonly w?: string;
  readonly s?: string;
  readonly e?: string;
  /** The channels consented to. */
  readonly k?: readonly Channel[];
};

type TermsRow = {
  readonly c: CustomerRow;
  /** Title, category, amount, currency, exactness, minimum. */
  readonly t: string;
  readonly g?: string;
  readonly a: number;
  readonly u: string;
  readonly x: Exactness;
  readonly m?: number;
  /** Early until and late from a date, each with its amount. */
  readonly ea?: readonly [string, number];
  readonly la?: readonly [string, number];
  /** Issued, due, expires, zone, digest of the detail. */
  readonly di: string;
  readonly dd: string;
  readonly dx?: string;
  readonly z: string;
  readonly h?: string;
};

type StateRow = {
  readonly q?: CancelRow;
  /** Registered, amended, told, as of. */
  readonly r: number;
  readonly ra?: number;
  readonly rt?: number;
  readonly ro?: number;
  /** Paused from and until, resumed. */
  readonly pf?: number;
  readonly pu?: number;
  readonly pr?: number;
  /** Reminded by hand: for which day, with which message, from when. */
  readonly rm?: readonly [string, string, number];
  /** What the newest amendment changed: amount and due date before it. */
  readonly fm?: { readonly a?: number; readonly d?: string };
  /** Answers, pending payment (key, amount, since when), failed ones (key, when). */
  readonly an?: readonly AnswerRow[];
  readonly pn?: readonly [string, number, number];
  readonly pe?: readonly (readonly [string, number])[];
  /** Payments: amount, refunded, paid at, place in order. */
  readonly p?: Readonly<Record<string, readonly [number, number, number, number]>>;
};

/** Name, moment, day to pay, channel. */
type AnswerRow = { readonly n: AnswerName; readonly t: number; readonly d?: string; readonly c?: Channel };

type CancelRow = readonly [number] | readonly [number, string];

/** What names the bill, and its version. */
type HeadRow = Key & { readonly b: string; readonly i: string; readonly v: number };

type WholeRow = HeadRow & TermsRow & StateRow & ProgressRow;
type TombstoneRow = HeadRow & { readonly q: CancelRow };

/** A bill as the table keeps it: names as short as they are because a claim is one write unit only below 1,024 bytes. */
export type BillRow = WholeRow | TombstoneRow;

const encodeCancel = ({ at, reason }: Tombstone["canceled"]): CancelRow => (reason === undefined ? [at] : [at, reason]);
const decodeCancel = ([at, reason]: CancelRow): Tombstone["canceled"] => present<Tombstone["canceled"]>({ at, reason });

function encodeCustomer(customer: Customer, zone: TimeZone): CustomerRow {
  const { id, name, language, timeZone, addresses, consents } = customer;
  return present<CustomerRow>({
    i: id,
    n: name,
    l: language,
    z: timeZone === zone ? undefined : timeZone,
    w: addresses.whatsapp?.reveal(),
    s: addresses.sms?.reveal(),
    e: addresses.email?.reveal(),
    k: consents,
  });
}

function decodeCustomer({ i, n, l, z, w, s, e, k }: CustomerRow, zone: TimeZone): Customer {
  return present<Customer>({
    id: i as CustomerId,
    name: n,
    language: l,
    timeZone: (z ?? zone) as TimeZone,
    addresses: present<Addresses>({
      whatsapp: w === undefined ? undefined : new PhoneNumber(w),
      sms: s === undefined ? undefined : new PhoneNumber(s),
      email: e === undefined ? undefined : new EmailAddress(e),
    }),
    consents: k,
  });
}

/** Every amount of a bill is in the currency of `amountDue` (the input's rule), which is kept once. */
const encodeTerms = (terms: BillTerms): TermsRow =>
  present<TermsRow>({
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
    h: terms.detailDigest,
  });

function decodeTerms(row: TermsRow): BillTerms {
  const money = (value: number): Money => ({ value, currency: row.u as CurrencyCode });
  const zone = row.z as TimeZone;
  return present<BillTerms>({
    customer: decodeCustomer(row.c, zone),
    title: row.t,
    category: row.g,
    amountDue: money(row.a),
    exactness: row.x,
    minimum: row.m === undefined ? undefined : money(row.m),
    early: row.ea && { until: row.ea[0] as LocalDate, amount: money(row.ea[1]) },
    late: row.la && { from: row.la[0] as LocalDate, amount: money(row.la[1]) },
    issuedOn: row.di as LocalDate,
    dueDate: row.dd as LocalDate,
    expiresOn: row.dx as LocalDate | undefined,
    zone,
    detailDigest: row.h,
  });
}

type Counted = NonNullable<StateRow["p"]>;

const mapValues = <A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Readonly<Record<string, B>> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

const encodePayments = (payments: Bill["payments"]): Counted =>
  mapValues(payments, ({ amount, refunded, paidAt, n }: CountedPayment) => [amount, refunded, paidAt, n] as const);

const decodePayments = (row: Counted): Bill["payments"] =>
  mapValues(row, ([amount, refunded, paidAt, n]): CountedPayment => ({ amount, refunded, paidAt, n }));

const encodeAnswer = ({ answer, at, payOn, channel }: Answer): AnswerRow =>
  present<AnswerRow>({ n: answer, t: at, d: payOn, c: channel });

const decodeAnswer = ({ n, t, d, c }: AnswerRow): Answer =>
  present<Answer>({ answer: n, at: t, payOn: d as LocalDate | undefined, channel: c });

const encodeFormerly = ({ amountDue, dueDate }: NonNullable<Bill["formerly"]>): NonNullable<StateRow["fm"]> =>
  present<NonNullable<StateRow["fm"]>>({ a: amountDue, d: dueDate });

const decodeFormerly = ({ a, d }: NonNullable<StateRow["fm"]>): NonNullable<Bill["formerly"]> =>
  present<NonNullable<Bill["formerly"]>>({ amountDue: a, dueDate: d as LocalDate | undefined });

type State = Omit<Bill, keyof BillTerms | "code" | "biller" | "billId" | "version" | "progress">;

const encodeState = (state: State): StateRow =>
  present<StateRow>({
    q: state.canceled && encodeCancel(state.canceled),
    r: state.registeredAt,
    ra: state.amendedAt,
    rt: state.toldAt,
    ro: state.asOf,
    pf: state.pausedAt,
    pu: state.pausedUntil,
    pr: state.resumedAt,
    rm: state.remind && [state.remind.date, state.remind.message, state.remind.at],
    fm: state.formerly && encodeFormerly(state.formerly),
    an: state.answers?.map(encodeAnswer),
    pn: state.pending && [state.pending.key, state.pending.amount, state.pending.at],
    pe: state.failed?.map(({ key, at }) => [key, at] as const),
    p: Object.keys(state.payments).length > 0 ? encodePayments(state.payments) : undefined,
  });

const decodeState = (row: StateRow): State =>
  present<State>({
    canceled: row.q && decodeCancel(row.q),
    registeredAt: row.r,
    amendedAt: row.ra,
    toldAt: row.rt,
    asOf: row.ro,
    pausedAt: row.pf,
    pausedUntil: row.pu,
    resumedAt: row.pr,
    remind: row.rm && { date: row.rm[0] as LocalDate, message: row.rm[1] as StepName, at: row.rm[2] },
    formerly: row.fm && decodeFormerly(row.fm),
    answers: row.an?.map(decodeAnswer),
    pending: row.pn && { key: row.pn[0], amount: row.pn[1], at: row.pn[2] },
    failed: row.pe?.map(([key, at]) => ({ key, at })),
    payments: decodePayments(row.p ?? {}),
  });

/** The row of a bill, or of a cancel that came before its bill, in a table of so many lanes. */
export function encodeBill(bill: Bill | Tombstone, lanes: number): BillRow {
  const head = { ...billKey(bill.code), b: bill.biller, i: bill.billId, v: bill.version };
  if (!("title" in bill)) return { ...head, q: encodeCancel(bill.canceled) };
  return { ...head, ...encodeTerms(bill), ...encodeState(bill), ...encodeProgress(bill.progress, bill.code, lanes) };
}

/** The bill of a row; a row without a title is a cancel that came before its bill. */
export function decodeBill(row: BillRow): Bill | Tombstone {
  const head = { code: codeIn(row.pk), biller: row.b as BillerId, billId: row.i as BillId, version: row.v };
  if (!("t" in row)) return { ...head, canceled: decodeCancel(row.q) };
  return { ...head, ...decodeTerms(row), ...decodeState(row), progress: decodeProgress(row) };
}
