import type { BillTerms } from "./bill.ts";
import { exponentOf, fromDecimal, type Money, money } from "./money.ts";

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

/** Why an amount was refused. */
export type AmountFault = "missing" | "malformed" | "fixed" | "too-low" | "too-high";

/** An amount that was taken, or why it was not. */
type ChosenAmount = { readonly amount: Money } | { readonly fault: AmountFault };

const zeros = [0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66];

/** Reads the Indic decimal digits that phone keyboards give as Latin ones. */
function latinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((start) => point >= start && point < start + 10);
    return zero === undefined ? digit : String(point - zero);
  });
}

/** The amount a payer typed, within its bounds: `1,249.50`, `₹ 1249` and Bengali digits are read; no text at all asks for `owed`. */
export function chooseAmount(text: string | undefined, owed: Money, bounds: PayBounds): ChosenAmount {
  if (text === undefined) return { amount: owed };
  const plain = latinDigits(text.slice(0, 40)).replace(/₹|[Rr][Ss]\.?|[\s,]/g, "");
  if (plain === "") return { fault: "missing" };
  const amount = fromDecimal(plain.replace(/\.$/, ""), owed.currency);
  if (!amount) return { fault: "malformed" };
  if (isFixed(bounds) && amount.value !== owed.value) return { fault: "fixed" };
  if (amount.value < bounds.minimum.value) return { fault: "too-low" };
  if (bounds.maximum && amount.value > bounds.maximum.value) return { fault: "too-high" };
  return { amount };
}
