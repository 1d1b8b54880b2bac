import type { Addresses } from "./addresses.ts";
import type { Answer } from "./answer.ts";
import type { BillerId, BillId, Channel, CustomerId, StepName } from "./ids.ts";
import type { LinkCode } from "./link-code.ts";
import { type LocalDate, localOf, type Moment, type TimeZone } from "./local-time.ts";
import type { Money } from "./money.ts";
import type { Progress } from "./progress.ts";

/** Whether the payer may change the amount, in BBPS terms: not at all, downward, upward, or both. */
export type Exactness = "EXACT" | "EXACT_DOWN" | "EXACT_UP" | "ANY";

/** Who owes a bill, with language and zone settled. */
export type Customer = {
  readonly id: CustomerId;
  readonly name?: string;
  readonly language: string;
  readonly timeZone: TimeZone;
  readonly addresses: Addresses;
  readonly consents?: readonly Channel[];
};

/** One payment as the bill counts it; `refunded` only grows, `n` is its place in the order of counting. */
export type CountedPayment = {
  readonly amount: number;
  readonly refunded: number;
  readonly paidAt: Moment;
  readonly n: number;
};

/** What the biller said is owed: everything an amendment may change. */
export type BillTerms = {
  readonly customer: Customer;
  readonly title: string;
  readonly category?: string;
  readonly amountDue: Money;
  readonly exactness: Exactness;
  readonly minimum?: Money;
  readonly early?: { readonly until: LocalDate; readonly amount: Money };
  readonly late?: { readonly from: LocalDate; readonly amount: Money };
  readonly issuedOn: LocalDate;
  readonly dueDate: LocalDate;
  readonly expiresOn?: LocalDate;
  /** The biller's zone: early, late, overdue and today are by it. */
  readonly zone: TimeZone;
  /** A digest of the bill's detail, so that a changed detail is an amendment. */
  readonly detailDigest?: string;
};

/** What is owed, by whom, what was paid, and how far its reminders are. */
export type Bill = BillTerms & {
  readonly code: LinkCode;
  readonly biller: BillerId;
  readonly billId: BillId;
  /** Grows by one with every write; a write names the version it read. */
  readonly version: number;
  readonly registeredAt: Moment;
  readonly amendedAt?: Moment;
  /** Where the amount comes from what the biller's own system said is still owed: a payment made by then that is counted later adds to it. */
  readonly toldAt?: Moment;
  /** What the newest amendment changed, as it was before; in minor units. */
  readonly formerly?: { readonly amountDue?: number; readonly dueDate?: LocalDate };
  /** The newest `asOf` a registration carried. */
  readonly asOf?: Moment;
  readonly canceled?: { readonly at: Moment; readonly reason?: string };
  readonly pausedAt?: Moment;
  /** The end of the newest pause; a resume moves it to its own moment. */
  readonly pausedUntil?: Moment;
  readonly resumedAt?: Moment;
  /** The newest reminder asked for by hand: the day it counts for in the customer's zone, what it says, and from when. */
  readonly remind?: { readonly date: LocalDate; readonly message: StepName; readonly at: Moment };
  /** What the customer answered from the page, oldest first; the last five. */
  readonly answers?: readonly Answer[];
  /** A payment that its source calls pending: by payment key, until it succeeds or fails. In minor units. */
  readonly pending?: { readonly key: string; readonly amount: number; readonly at: Moment };
  /** The newest payments that failed, by payment key: what is told of them late, and is older, counts no more. */
  readonly failed?: readonly { readonly key: string; readonly at: Moment }[];
  /** By payment key, `<source>:<payment id>`. */
  readonly payments: Readonly<Record<string, CountedPayment>>;
  readonly progress: Progress;
};

/** What belongs to a bill but is needed only by its page: stored beside it. */
export type BillDetail = {
  readonly items?: readonly { readonly name: string; readonly amount: Money }[];
  /** The bill's own ClickPay link at Bharat BillPay. */
  readonly clickPayUrl?: string;
  readonly metadata?: Readonly<Record<string, string>>;
};

/** A cancel that came before its bill: kept so that the bill is refused when it comes. */
export type Tombstone = {
  readonly code: LinkCode;
  readonly biller: BillerId;
  readonly billId: BillId;
  readonly version: number;
  readonly canceled: { readonly at: Moment; readonly reason?: string };
};

/** What the bill asks for at a moment: the early amount until its last day, the late amount from its first, in the biller's zone. */
export function amountAt(bill: Pick<BillTerms, "amountDue" | "early" | "late" | "zone">, at: Moment): Money {
  if (!bill.early && !bill.late) return bill.amountDue;
  const today = localOf(at, bill.zone).date;
  if (bill.early && today <= bill.early.until) return bill.early.amount;
  if (bill.late && today >= bill.late.from) return bill.late.amount;
  return bill.amountDue;
}

/** How old an unpaid bill is against its due date, in the biller's zone. */
export function dueState(bill: Pick<BillTerms, "dueDate" | "zone">, at: Moment): "due" | "due-today" | "overdue" {
  const today = localOf(at, bill.zone).date;
  if (today < bill.dueDate) return "due";
  return today === bill.dueDate ? "due-today" : "overdue";
}

export type BillStatus = "open" | "part-paid" | "paid" | "overpaid" | "canceled" | "expired";

type Ledger = Pick<Bill, "amountDue" | "early" | "late" | "zone" | "payments">;

/** The sum of the distinct payments less their refunds, in minor units. */
export const paidTotal = (bill: Pick<Bill, "payments">): number =>
  Object.values(bill.payments).reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);

/** The payment that settled the bill, with the amount that was owed then: each is judged at the time it was paid. */
export function settlementOf(
  bill: Ledger,
): { readonly key: string; readonly owed: number; readonly at: Moment } | undefined {
  const inOrder = Object.entries(bill.payments).sort(([a, x], [b, y]) => x.paidAt - y.paidAt || (a < b ? -1 : 1));
  let sum = 0;
  for (const [key, { amount, refunded, paidAt }] of inOrder) {
    sum += amount - refunded;
    const owed = amountAt(bill, paidAt).value;
    if (sum >= owed) return { key, owed, at: paidAt };
  }
  return undefined;
}

/** What was paid beyond what the bill asks for, in minor units: all of it where it is canceled, none while it is not settled. */
export function paidBeyond(bill: Ledger & Pick<Bill, "canceled">): number {
  if (bill.canceled) return paidTotal(bill);
  const settled = settlementOf(bill);
  return settled ? paidTotal(bill) - settled.owed : 0;
}

/** Whether the bill's last day has passed in the biller's zone. */
export const isExpired = (bill: Pick<BillTerms, "expiresOn" | "zone">, at: Moment): boolean =>
  bill.expiresOn !== undefined && localOf(at, bill.zone).date > bill.expiresOn;

/** The status of a bill, a pure function of what is stored and the time. */
export function statusOf(bill: Ledger & Pick<Bill, "canceled" | "expiresOn">, at: Moment): BillStatus {
  if (bill.canceled) return "canceled";
  const settled = settlementOf(bill);
  const paid = paidTotal(bill);
  if (settled) return paid > settled.owed ? "overpaid" : "paid";
  if (isExpired(bill, at)) return "expired";
  return paid > 0 ? "part-paid" : "open";
}

/** Whether money is still asked for. */
export const isPayable = (status: BillStatus): boolean => status === "open" || status === "part-paid";

/** What remains to be paid at a moment; zero when nothing does. */
export function outstanding(bill: Ledger & Pick<Bill, "canceled" | "expiresOn">, at: Moment): Money {
  const owed = isPayable(statusOf(bill, at)) ? amountAt(bill, at).value - paidTotal(bill) : 0;
  return { value: Math.max(0, owed), currency: bill.amountDue.currency };
}
