import { type Bill, type BillTerms, outstanding } from "./bill.ts";
import type { Moment } from "./local-time.ts";
import { exponentOf, type Money, money, toDecimal } from "./money.ts";
import { readAmount } from "./typed-amount.ts";

/** What a payer may pay now: from `minimum` to `maximum`, or upward without end where there is none. */
export type PayBounds = { readonly minimum: Money; readonly maximum?: Money };

/** The bounds of one payment when `owed` is outstanding: by exactness, and by the bill's minimum for part payments (one major unit where it has none). */
export function payBounds(bill: Pick<BillTerms, "exactness" | "minimum">, owed: Money): PayBounds {
  const smallest = bill.minimum?.value ?? 10 ** exponentOf(owed.currency);
  const least = money(Math.min(smallest, owed.value), owed.currency);
  if (bill.exactness === "EXACT") return { minimum: owed, maximum: owed };
  if (bill.exactness === "EXACT_DOWN") return { minimum: least, maximum: owed };
  return bill.exactness === "EXACT_UP" ? { minimum: owed } : { minimum: least };
}

/** Whether there is nothing to choose. */
export const isFixed = ({ minimum, maximum }: PayBounds): boolean =>
  maximum !== undefined && minimum.value === maximum.value;

/** What is owed for a bill now, and what of it may be paid at once; undefined when nothing is. */
export function owedNow(facts: {
  readonly bill: Bill;
  readonly now: Moment;
}): { readonly owed: Money; readonly bounds: PayBounds } | undefined {
  const owed = outstanding(facts.bill, facts.now);
  return owed.value > 0 ? { owed, bounds: payBounds(facts.bill, owed) } : undefined;
}

/** Why an amount was refused. */
export type AmountFault = "missing" | "malformed" | "fixed" | "too-low" | "too-high";

/** An amount that was taken, or why it was not. */
type ChosenAmount = { readonly amount: Money } | { readonly fault: AmountFault };

/** The amount a payer typed in `language`, within its bounds; no text at all asks for `owed`. */
export function chooseAmount(
  text: string | undefined,
  owed: Money,
  { bounds, language }: { readonly bounds: PayBounds; readonly language: string },
): ChosenAmount {
  if (text === undefined || text === toDecimal(owed)) return { amount: owed };
  const read = readAmount(text, owed.currency, language);
  if (typeof read === "string") return { fault: read };
  if (isFixed(bounds) && read.value !== owed.value) return { fault: "fixed" };
  if (read.value < bounds.minimum.value) return { fault: "too-low" };
  if (bounds.maximum && read.value > bounds.maximum.value) return { fault: "too-high" };
  return { amount: read };
}
