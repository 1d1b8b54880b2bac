import type { AnswerName } from "./answer.ts";
import type { Bill, BillTerms } from "./bill.ts";
import { addDays, type LocalDate, type LocalTime, localOf, type Moment, minuteMs } from "./local-time.ts";
import { type Money, money } from "./money.ts";
import { type GrantedAward, grantedAwards } from "./offer-view.ts";
import { type Payment, paymentKey, receiptAlias, receiptReference } from "./payment.ts";
import { receiptNumberText } from "./receipt-number.ts";

/** What the bill asks for during a time: from its first to its last day, where there are such. */
export type DatedAmount = {
  readonly amount: Money;
  readonly from?: LocalDate;
  readonly until?: LocalDate;
  readonly now: boolean;
  /** The bill's own amount, rather than that for paying early or late. */
  readonly ordinary?: true;
};

/** A date and a time of day in the biller's zone. */
export type LocalDateTime = { readonly date: LocalDate; readonly time: LocalTime };

/** One payment as its receipt shows it. */
export type PaidPart = {
  /** The receipt's number, such as `2026-000123`; a short reference where none is known. */
  readonly reference: string;
  /** What a platform that was answered at once shows the payer in place of the number. */
  readonly alias?: string;
  readonly amount: Money;
  readonly refunded?: Money;
  readonly paidOn: LocalDate;
  /** What offers granted it. */
  readonly awards?: readonly GrantedAward[];
};

/** What the customer answered last, while it holds reminders. */
export type StandingAnswer = { readonly answer: AnswerName; readonly on: LocalDate; readonly payOn?: LocalDate };

/** A payment that is not decided yet. */
export type PendingPart = { readonly amount: Money; readonly since: LocalDateTime; readonly refresh: boolean };

/** The counted payments, in the order they were counted; what was decided of them where it was read. */
export function paidParts(
  bill: Pick<Bill, "payments" | "amountDue" | "zone">,
  decided: readonly Payment[] = [],
): PaidPart[] {
  const { currency } = bill.amountDue;
  const known = new Map(decided.map((payment) => [paymentKey(payment), payment]));
  return Object.entries(bill.payments)
    .sort(([, a], [, b]) => a.n - b.n)
    .map(([key, { amount, refunded, paidAt }]) => ({
      ...referenceOf(key, known.get(key)),
      amount: money(amount, currency),
      ...(refunded > 0 && { refunded: money(refunded, currency) }),
      paidOn: localOf(paidAt, bill.zone).date,
      ...awardsOf(known.get(key)),
    }));
}

function referenceOf(key: string, decided: Payment | undefined): Pick<PaidPart, "reference" | "alias"> {
  const names = namesOf(key);
  if (!decided?.number) return { reference: receiptReference(names) };
  const alias = receiptAlias({ ...names, number: decided.number });
  return { reference: receiptNumberText(decided.number), ...(alias !== undefined && { alias }) };
}

function awardsOf(payment: Payment | undefined): Pick<PaidPart, "awards"> {
  const awards = payment ? grantedAwards(payment) : [];
  return awards.length > 0 ? { awards } : {};
}

/** A payment key read back: a source holds no colon. */
function namesOf(key: string): { source: string; paymentId: string } {
  const colon = key.indexOf(":");
  return { source: key.slice(0, colon), paymentId: key.slice(colon + 1) };
}

/** What is asked for when, in order of time; empty when the amount never changes. */
export function datedAmounts({ amountDue, early, late }: BillTerms, today: LocalDate): DatedAmount[] {
  if (!early && !late) return [];
  const spans = [
    early && { amount: early.amount, until: early.until },
    {
      amount: amountDue,
      ordinary: true as const,
      ...(early && { from: addDays(early.until, 1) }),
      ...(late && { until: addDays(late.from, -1) }),
    },
    late && { amount: late.amount, from: late.from },
  ];
  return spans
    .filter((span) => span !== undefined)
    .map((span) => ({ ...span, now: (span.from ?? today) <= today && today <= (span.until ?? today) }));
}

/** What the newest amendment changed of what the page shows; undefined where nothing did. */
export function formerPart({
  formerly,
  amountDue,
  dueDate,
}: Pick<Bill, "formerly" | "amountDue" | "dueDate">):
  | { readonly amount?: Money; readonly dueDate?: LocalDate }
  | undefined {
  const amount = formerly?.amountDue !== undefined && formerly.amountDue !== amountDue.value && formerly.amountDue;
  const date = formerly?.dueDate !== undefined && formerly.dueDate !== dueDate && formerly.dueDate;
  if (amount === false && date === false) return undefined;
  return {
    ...(amount !== false && { amount: money(amount, amountDue.currency) }),
    ...(date !== false && { dueDate: date }),
  };
}

/** The newest answer about paying, unless a pause of the biller's began after it. */
export function standingAnswer(bill: Pick<Bill, "answers" | "pausedAt" | "zone">): StandingAnswer | undefined {
  const { answers = [], pausedAt = 0 } = bill;
  const last = answers.findLast(
    ({ answer, at }) => (answer === "already-paid" || answer === "will-pay") && at >= pausedAt,
  );
  return (
    last && {
      answer: last.answer,
      on: localOf(last.at, bill.zone).date,
      ...(last.payOn !== undefined && { payOn: last.payOn }),
    }
  );
}

/** A bank decides on most payments within minutes; what takes longer is not worth a page that looks again and again. */
const refreshMs = 30 * minuteMs;
/** By then a payment that was not decided has failed (NPCI has UPI time-outs settled within one or two working days). */
const forgottenMs = 3 * 24 * 60 * minuteMs;

/** The payment that its source calls pending, for three days. */
export function pendingPart(bill: Pick<Bill, "pending" | "amountDue" | "zone">, now: Moment): PendingPart | undefined {
  const { pending, amountDue, zone } = bill;
  if (!pending || now - pending.at >= forgottenMs) return undefined;
  return {
    amount: money(pending.amount, amountDue.currency),
    since: localOf(pending.at, zone),
    refresh: now - pending.at < refreshMs,
  };
}
