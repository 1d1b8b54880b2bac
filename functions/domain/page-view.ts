import {
  amountAt,
  type Bill,
  type BillDetail,
  type BillTerms,
  dueState,
  isPayable,
  outstanding,
  paidTotal,
  settlementOf,
  statusOf,
} from "./bill.ts";
import type { Biller } from "./biller.ts";
import type { LinkCode } from "./link-code.ts";
import { addDays, type LocalDate, localOf, type Moment } from "./local-time.ts";
import { type Money, money } from "./money.ts";
import type { AmountFault } from "./pay-amount.ts";
import { receiptReference } from "./payment.ts";
import { maskedName, visibleText } from "./visible-text.ts";
import { type UpiWay, waysToPay } from "./ways-to-pay.ts";

/** What the page says first about a bill: an open one by how old it is. */
export type PageState = "due" | "due-today" | "overdue" | "part-paid" | "paid" | "overpaid" | "canceled" | "expired";

/** What the bill asks for during a time: from its first to its last day, where there are such. */
export type DatedAmount = {
  readonly amount: Money;
  readonly from?: LocalDate;
  readonly until?: LocalDate;
  readonly now: boolean;
};

/** One payment as its receipt shows it. */
type PaidPart = {
  readonly reference: string;
  readonly amount: Money;
  readonly refunded?: Money;
  readonly paidOn: LocalDate;
};

/** Everything a bill's page says, with no more of the customer than who may see the link should learn. */
export type PageView = {
  readonly state: PageState;
  /** How old the bill is against its due date, whatever its state. */
  readonly due: "due" | "due-today" | "overdue";
  readonly language: string;
  /** The page's own path: `/<HEADER>/<code>`. */
  readonly path: string;
  readonly billerName: string;
  readonly customerName?: string;
  readonly title: string;
  /** What is asked for at this moment, before payments. */
  readonly amount: Money;
  readonly outstanding: Money;
  readonly paid: Money;
  /** What was paid beyond the amount owed; only when overpaid. */
  readonly excess?: Money;
  readonly issuedOn: LocalDate;
  readonly dueDate: LocalDate;
  readonly expiresOn?: LocalDate;
  readonly amendedOn?: LocalDate;
  readonly canceledOn?: LocalDate;
  readonly settledOn?: LocalDate;
  /** In order of time; empty when the amount never changes. */
  readonly datedAmounts: readonly DatedAmount[];
  readonly items: readonly { readonly name: string; readonly amount: Money }[];
  /** In the order they were counted. */
  readonly payments: readonly PaidPart[];
  /** Empty when nothing is to be paid, or nothing can be paid here. */
  readonly ways: readonly UpiWay[];
};

/** What is behind a link: a bill's page, or nothing that may be told from nothing. */
export type OpenedLink = { readonly outcome: "found"; readonly view: PageView } | { readonly outcome: "not-found" };

/** Why a payment was not started: the form's field, and what is wrong with it. */
export type PayRefusal =
  | { readonly field: "rail"; readonly fault: "unknown" }
  | { readonly field: "amount"; readonly fault: AmountFault; readonly typed: string };

/** Where a payer goes on from the page's form. */
export type StartedPayment =
  | { readonly outcome: "open-app"; readonly link: string }
  | { readonly outcome: "show-code"; readonly link: string; readonly amount: Money; readonly view: PageView }
  | { readonly outcome: "nothing-to-pay"; readonly path: string }
  | { readonly outcome: "refused"; readonly refusal: PayRefusal; readonly view: PageView }
  | { readonly outcome: "not-found" };

/** Everything a page is made of, seen at `now`. */
export type PageFacts = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly detail?: BillDetail | undefined;
  readonly now: Moment;
};

/** The path of a bill's page, under the biller's present header. */
export const pagePath = (biller: Pick<Biller, "header">, code: LinkCode): string => `/${biller.header}/${code}`;

/** What the page of a bill says. */
export function pageView({ bill, biller, detail, now }: PageFacts): PageView {
  const status = statusOf(bill, now);
  const due = dueState(bill, now);
  const settled = settlementOf(bill);
  const { currency } = bill.amountDue;
  const paid = paidTotal(bill);
  const dateOf = (at: Moment): LocalDate => localOf(at, bill.zone).date;
  const { name } = bill.customer;
  return {
    state: status === "open" ? due : status,
    due,
    language: bill.customer.language,
    path: pagePath(biller, bill.code),
    billerName: visibleText(biller.name),
    ...(name !== undefined && { customerName: maskedName(name) }),
    title: visibleText(bill.title),
    amount: settled ? money(settled.owed, currency) : amountAt(bill, now),
    outstanding: outstanding(bill, now),
    paid: money(paid, currency),
    ...(status === "overpaid" && settled && { excess: money(paid - settled.owed, currency) }),
    issuedOn: bill.issuedOn,
    dueDate: bill.dueDate,
    ...(bill.expiresOn !== undefined && { expiresOn: bill.expiresOn }),
    ...(bill.amendedAt !== undefined && { amendedOn: dateOf(bill.amendedAt) }),
    ...(bill.canceled && { canceledOn: dateOf(bill.canceled.at) }),
    ...(settled && { settledOn: dateOf(settled.at) }),
    datedAmounts: isPayable(status) ? datedAmounts(bill, dateOf(now)) : [],
    items: (detail?.items ?? []).map((item) => ({ name: visibleText(item.name), amount: item.amount })),
    payments: paidParts(bill),
    ways: waysToPay({ bill, biller, now }),
  };
}

function paidParts(bill: Pick<Bill, "payments" | "amountDue" | "zone">): PaidPart[] {
  const { currency } = bill.amountDue;
  return Object.entries(bill.payments)
    .sort(([, a], [, b]) => a.n - b.n)
    .map(([key, { amount, refunded, paidAt }]) => ({
      reference: receiptReference(namesOf(key)),
      amount: money(amount, currency),
      ...(refunded > 0 && { refunded: money(refunded, currency) }),
      paidOn: localOf(paidAt, bill.zone).date,
    }));
}

/** A payment key read back: a source holds no colon. */
function namesOf(key: string): { source: string; paymentId: string } {
  const colon = key.indexOf(":");
  return { source: key.slice(0, colon), paymentId: key.slice(colon + 1) };
}

function datedAmounts({ amountDue, early, late }: BillTerms, today: LocalDate): DatedAmount[] {
  if (!early && !late) return [];
  const spans = [
    early && { amount: early.amount, until: early.until },
    {
      amount: amountDue,
      ...(early && { from: addDays(early.until, 1) }),
      ...(late && { until: addDays(late.from, -1) }),
    },
    late && { amount: late.amount, from: late.from },
  ];
  return spans
    .filter((span) => span !== undefined)
    .map((span) => ({ ...span, now: (span.from ?? today) <= today && today <= (span.until ?? today) }));
}
