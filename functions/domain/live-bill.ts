import { amountAt, type Bill, type BillDetail, type BillTerms, type Exactness } from "./bill.ts";
import type { Biller } from "./biller.ts";
import { type LocalDate, localOf, type Moment } from "./local-time.ts";
import type { Money } from "./money.ts";
import { countPayment, type Payment, paymentKey } from "./payment.ts";

/** What the biller's own system says of a bill now. */
export type FetchedBill =
  | {
      readonly outcome: "due";
      /** More than zero, in the bill's currency. */
      readonly amountDue: Money;
      readonly dueDate?: LocalDate;
      readonly exactness?: Exactness;
      readonly items?: NonNullable<BillDetail["items"]>;
    }
  | { readonly outcome: "nothing-due" };

/**
 * The same with when it was asked, since when it has answered the same total, and what of each payment we had counted as given back by
 * then, in minor units by payment key.
 */
export type SaidBill = {
  readonly fetched: FetchedBill;
  readonly at: Moment;
  readonly since: Moment;
  readonly refunds: Readonly<Record<string, number>>;
};

/** What was said last: kept for a minute, and shown with its age when the biller does not answer. */
export type LiveBill = SaidBill & {
  /** Where nothing is due now: what was said last while something was. */
  readonly lastDue?: SaidBill;
};

/** A bill as it is stored, with what its page shows beside it. */
export type BillWithDetail = { readonly bill: Bill; readonly detail?: BillDetail | undefined };

/** When the stored terms of a bill were said: what a biller's system said before that is older than they are. */
export const termsAt = (bill: Pick<Bill, "registeredAt" | "amendedAt">): Moment => bill.amendedAt ?? bill.registeredAt;

/** How long a biller's system may take to learn of a payment. */
const settlingMs = 24 * 60 * 60_000;

/** Of so many payments in a day, the newest, the system may know only some; of all others it does. */
const mostUnsettled = 12;

/** What a biller's system said of a bill just now, beside what it had said before; times are of the question and of its answer. */
export function saidBill(
  fetched: FetchedBill,
  { bill, askedAt, answeredAt }: { readonly bill: Bill; readonly askedAt: Moment; readonly answeredAt: Moment },
  known: LiveBill | undefined,
): LiveBill {
  const since = known && isSameTotal(known.fetched, fetched) ? known.since : answeredAt;
  const refunds = Object.entries(bill.payments).flatMap(([key, { refunded }]) =>
    refunded > 0 ? [[key, refunded]] : [],
  );
  const lastDue = fetched.outcome === "nothing-due" ? lastDueOf(known) : undefined;
  return { fetched, at: askedAt, since, refunds: Object.fromEntries(refunds), ...(lastDue && { lastDue }) };
}

/** What was said last while something was due; undefined where nothing ever was. */
export function lastDueOf(live: LiveBill | undefined): SaidBill | undefined {
  if (live?.fetched.outcome !== "due") return live?.lastDue;
  const { lastDue: _none, ...said } = live;
  return said;
}

function isSameTotal(before: FetchedBill, now: FetchedBill): boolean {
  if (before.outcome === "nothing-due" || now.outcome === "nothing-due") return before.outcome === now.outcome;
  return before.amountDue.value === now.amountDue.value && before.amountDue.currency === now.amountDue.currency;
}

/** Payments made by then are in what was said: with a later one the total would have become another, unless it takes a day to. */
const knownBy = ({ at, since }: SaidBill): Moment => Math.max(since, at - settlingMs);

/**
 * The bill with what the biller's own system said of it: its amount, due date, exactness and items win over the stored ones, and early
 * and late amounts that they contradict are dropped. Payments, names and reminders stay as they are; said again, it changes nothing.
 */
export function withLiveBill(
  { bill, detail }: BillWithDetail,
  { billFetch }: Pick<Biller, "billFetch">,
  live: SaidBill,
): BillWithDetail {
  const { fetched, at } = live;
  if (fetched.outcome === "nothing-due" || fetched.amountDue.currency !== bill.amountDue.currency)
    return { bill, detail };
  const { amountDue, dueDate = bill.dueDate, exactness = bill.exactness, items } = fetched;
  const isBilled = billFetch?.total === "billed";
  const total = isBilled ? amountDue.value : totalFrom(amountDue.value, bill, live);
  // A bill is not due before it was issued: such a date is a mistake of theirs, and the stored one stays.
  const dated = dueDate < bill.issuedOn ? bill : withDueDate(bill, dueDate);
  const said = { ...withAmount(dated, total, at), exactness };
  return {
    bill: total === amountAt(bill, at).value ? said : withToldAt(said, isBilled ? undefined : knownBy(live)),
    detail: items ? { ...detail, items } : detail,
  };
}

/**
 * What the whole bill comes to, from what was said to be still owed: that, and all payments that are in it. Of those of the last day
 * the system may not have learned yet: where the bill as it stands is explained by that, it stays.
 */
function totalFrom(told: number, bill: Bill, live: SaidBill): number {
  const counted = Object.entries(bill.payments)
    .filter(([, { paidAt }]) => paidAt <= knownBy(live))
    .sort(([, a], [, b]) => b.paidAt - a.paidAt)
    .map(([key, { amount, paidAt }]) => ({ paidAt, value: amount - (live.refunds[key] ?? 0) }));
  const total = counted.reduce((sum, { value }) => sum + value, told);
  const asked = amountAt(bill, live.at).value;
  const unsettled = counted.filter(({ paidAt }) => paidAt > live.at - settlingMs).slice(0, mostUnsettled);
  const isExplained = isSumOfSome(
    total - asked,
    unsettled.map(({ value }) => value),
  );
  return isExplained ? asked : total;
}

/** Whether some of the values, or none, come to a sum. */
const isSumOfSome = (sum: number, values: readonly number[]): boolean =>
  sum === 0 || values.some((value, n) => value <= sum && isSumOfSome(sum - value, values.slice(n + 1)));

function withToldAt({ toldAt: _before, ...bill }: Bill, toldAt: Moment | undefined): Bill {
  return toldAt === undefined ? bill : { ...bill, toldAt };
}

/**
 * The bill with a payment counted; the same bill when it already is. One that was in what the biller's system said, but not in the total
 * that we made of it, adds to that total.
 */
export function countBesideTold(bill: Bill, payment: Payment): Bill {
  const counted = countPayment(bill, payment);
  const key = paymentKey(payment);
  const inTold = ({ payments, toldAt = 0 }: Bill): number => {
    const own = payments[key];
    return own && own.paidAt <= toldAt ? own.amount : 0;
  };
  const missing = inTold(counted) - inTold(bill);
  if (missing <= 0) return counted;
  const { amountDue } = bill;
  return withoutContradiction({ ...counted, amountDue: { ...amountDue, value: amountDue.value + missing } });
}

/** The bill due on a day; it does not expire before. */
function withDueDate(bill: Bill, dueDate: LocalDate): Bill {
  if (dueDate === bill.dueDate) return bill;
  const { expiresOn } = bill;
  return { ...bill, dueDate, ...(expiresOn !== undefined && expiresOn < dueDate && { expiresOn: dueDate }) };
}

/** The bill that asks for `total` at a moment: by its own early and late amounts where they come to that, else without those in force. */
function withAmount(bill: Bill, total: number, at: Moment): Bill {
  const kept = withoutContradiction(bill);
  if (amountAt(kept, at).value === total) return kept;
  const { early, late, ...rest } = bill;
  const today = localOf(at, bill.zone).date;
  return withoutContradiction({
    ...rest,
    amountDue: { ...bill.amountDue, value: total },
    ...(early && today > early.until && { early }),
    ...(late && today < late.from && { late }),
  });
}

/** The bill without an early or late amount that its amount and due date do not allow, its minimum capped: as a registration is checked. */
function withoutContradiction(bill: Bill): Bill {
  const { early, late, minimum, ...rest } = bill;
  const { amountDue, dueDate }: BillTerms = bill;
  return {
    ...rest,
    ...(early && early.until <= dueDate && early.amount.value <= amountDue.value && { early }),
    ...(late && late.from > dueDate && late.amount.value >= amountDue.value && { late }),
    ...(minimum && { minimum: minimum.value > amountDue.value ? amountDue : minimum }),
  };
}
