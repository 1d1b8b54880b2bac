import { amountAt, type Bill, type BillDetail, type BillTerms, type Exactness, paidTotal } from "./bill.ts";
import type { Biller } from "./biller.ts";
import { type LocalDate, localOf, type Moment } from "./local-time.ts";
import type { Money } from "./money.ts";

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
 * The same with when it was asked, and what of the bill we had counted as paid by then, in minor units: kept for a minute, and shown
 * with its age when the biller does not answer.
 */
export type LiveBill = { readonly fetched: FetchedBill; readonly at: Moment; readonly paid: number };

/** A bill as it is stored, with what its page shows beside it. */
export type BillWithDetail = { readonly bill: Bill; readonly detail?: BillDetail | undefined };

/** When the stored terms of a bill were said: what a biller's system said before that is older than they are. */
export const termsAt = (bill: Pick<Bill, "registeredAt" | "amendedAt">): Moment => bill.amendedAt ?? bill.registeredAt;

/** How long a biller's system may take to learn of a payment that we have counted. */
const settlingMs = 24 * 60 * 60_000;

/**
 * The bill with what the biller's own system said of it: its amount, due date, exactness and items win over the stored ones, and early
 * and late amounts that they contradict are dropped. Payments, names and reminders stay as they are; said again, it changes nothing.
 */
export function withLiveBill(
  { bill, detail }: BillWithDetail,
  biller: Pick<Biller, "billFetch">,
  live: LiveBill,
): BillWithDetail {
  const { fetched, at } = live;
  if (fetched.outcome === "nothing-due" || fetched.amountDue.currency !== bill.amountDue.currency)
    return { bill, detail };
  const asked = amountAt(bill, at).value;
  const total = billedBy(bill, live, { asked, told: fetched.amountDue.value, means: biller.billFetch?.total });
  const { dueDate = bill.dueDate } = fetched;
  // A bill is not due before it was issued: such a date is a mistake of theirs, and the stored one stays.
  const dated = dueDate < bill.issuedOn ? bill : withDueDate(bill, dueDate);
  return {
    bill: { ...withAmount(dated, total, at), exactness: fetched.exactness ?? bill.exactness },
    detail: fetched.items ? { ...detail, items: fetched.items } : detail,
  };
}

type Told = { readonly asked: number; readonly told: number; readonly means: "outstanding" | "billed" | undefined };

/**
 * What the whole bill comes to, from the total that was told. A total that is what the bill asks for may come from a system that has not
 * yet learned of a payment: for a day after one it is not added to.
 */
function billedBy(bill: Bill, { at, paid }: LiveBill, { asked, told, means = "outstanding" }: Told): number {
  if (means === "billed" || paid === 0) return told;
  const newest = Math.max(0, ...Object.values(bill.payments).map(({ paidAt }) => paidAt));
  return told === asked && at - newest < settlingMs ? told : told + paid;
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

/** What had been paid of a bill, as a live bill keeps it: a bill that owes nothing is not asked about. */
export const paidThen = (bill: Bill): number => Math.max(0, paidTotal(bill));
