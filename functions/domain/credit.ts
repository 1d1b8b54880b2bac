import { attemptOf, attemptsIn, type NamedAttempt } from "./attempt-reference.ts";
import { heldQuestion } from "./held-question.ts";
import type { BillerId, BillId } from "./ids.ts";
import type { LinkCode } from "./link-code.ts";
import { addDays, type LocalDate, LocalTime, localOf, type Moment, momentOf, type TimeZone } from "./local-time.ts";
import type { Money } from "./money.ts";
import { type PaymentReference, paymentKey } from "./payment.ts";
import type { Proposal } from "./proposal.ts";

/** One line of a bank's statement: money that arrived, under the bank's own reference. */
export type Credit = {
  readonly reference: string;
  readonly amount: Money;
  /** One of these: the day as the statement has it, in the biller's zone, or the moment. */
  readonly creditedOn?: LocalDate;
  readonly creditedAt?: Moment;
  readonly rrn?: string;
  readonly txid?: string;
  readonly endToEndId?: string;
  readonly billId?: BillId;
  /** The statement's own words. */
  readonly narration?: string;
};

/** Where credits come from, as the source of a payment. */
export const bankSource = "bank";

/** The key of the payment that a credit is. */
export const creditKey = ({ reference }: Pick<Credit, "reference">): string =>
  paymentKey({ source: bankSource, paymentId: reference });

const endToEnd = /^[ED]\d{20}[A-Za-z0-9]{11}$/;

/** The names by which a credit is this money and no other: a retrieval reference number (UPI), an end-to-end id (Pix). */
export function ownNames({ reference, rrn, endToEndId }: Credit): readonly PaymentReference[] {
  // A statement may have either as its only reference.
  const numbers = [rrn, /^\d{12}$/.test(reference) ? reference : undefined];
  const ends = [endToEndId, endToEnd.test(reference) ? reference : undefined];
  return [...new Set([...named("rrn", numbers), ...named("e2e", ends)])];
}

/** The names of what was paid for with it: several credits may share a charge. */
const chargeNames = ({ txid }: Credit): readonly PaymentReference[] => named("txid", [txid]);

const named = (kind: string, names: readonly (string | undefined)[]): PaymentReference[] =>
  names.flatMap((name) => (name === undefined ? [] : [`${kind}:${name}`]));

/** The names kept with the payment that a credit becomes. */
export const creditReferences = (credit: Credit): readonly PaymentReference[] => [
  ...ownNames(credit),
  ...chargeNames(credit),
];

/** The names under which the money of a credit may be held already; the biller's bank calls a Pix by its end-to-end id. */
export const namesOfHeld = (credit: Credit): readonly PaymentReference[] => [
  ...creditReferences(credit),
  ...named(
    "pix",
    ownNames(credit).flatMap((name) => (name.startsWith("e2e:") ? [name.slice("e2e:".length)] : [])),
  ),
];

/** Whether the payment known under one of a credit's names is its money: of another credit only if the name is nobody else's. */
export const isHeldAs = (key: string, name: PaymentReference): boolean =>
  !key.startsWith(`${bankSource}:`) || !name.startsWith("txid:");

/** The bills that a credit names by our own references, the surest name first; several in its narration name none. */
export function attemptsOf({ txid, reference, narration = "" }: Credit): readonly NamedAttempt[] {
  const sure = [txid, reference].flatMap((name) => (name === undefined ? [] : (attemptOf(name) ?? [])));
  const told = attemptsIn(narration);
  return [...sure, ...(told.length === 1 ? told : [])];
}

/** How a credit was paid: as the attempt says that it names, else by what its bank calls it. */
export const railOf = (credit: Credit, attempt?: NamedAttempt): string =>
  attempt?.rail ?? railOfNames(ownNames(credit));

/** How money was paid that banks know by these names: UPI numbers its payments, Pix has end-to-end ids. */
export function railOfNames(names: readonly string[]): string {
  if (names.some((name) => name.startsWith("rrn:"))) return "upi";
  return names.some((name) => name.startsWith("e2e:")) ? "pix" : bankSource;
}

const dayBegins = LocalTime.parse("00:00");

/** When a credit counts as paid: where only the day is told, its first moment, in the payer's favor. */
export const creditedAt = (credit: Pick<Credit, "creditedAt" | "creditedOn">, zone: TimeZone): Moment =>
  credit.creditedAt ?? momentOf(credit.creditedOn as LocalDate, dayBegins, zone);

/** The days on which the same money may be dated: banks post in the night what was paid in the evening. */
export function daysAbout(at: Moment, zone: TimeZone): readonly LocalDate[] {
  const { date } = localOf(at, zone);
  return [date, addDays(date, -1), addDays(date, 1)];
}

type Asked = {
  readonly biller: BillerId;
  readonly credit: Credit;
  readonly paidAt: Moment;
  readonly bill?: { readonly billId: BillId; readonly code: LinkCode };
  readonly held: { readonly key: string; readonly by: "reference" | "amount-and-day" };
  readonly at: Moment;
};

/** The question whether a credit is the money of a payment that is held already. */
export const alreadyHeld = ({ credit, ...asked }: Asked): Proposal =>
  heldQuestion({
    ...asked,
    source: bankSource,
    paymentId: credit.reference,
    amount: credit.amount,
    references: creditReferences(credit),
  });
