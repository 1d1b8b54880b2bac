import { type Bill, outstanding } from "./bill.ts";
import type { Biller } from "./biller.ts";
import type { Moment } from "./local-time.ts";
import type { Money } from "./money.ts";
import { isFixed, type PayBounds, payBounds } from "./pay-amount.ts";
import { type UpiMode, type UpiPayee, upiCurrency, upiLink, upiReference } from "./upi.ts";
import { visibleText } from "./visible-text.ts";

/** Paying by UPI: to whom, within which bounds, by a link for this device and one for a QR code. */
export type UpiWay = {
  readonly rail: "upi";
  readonly payeeName: string;
  readonly payeeAddress: string;
  readonly bounds: PayBounds;
  readonly fixed: boolean;
  readonly link: string;
  readonly qrLink: string;
};

/** What decides how a bill can be paid. */
type PayFacts = { readonly bill: Bill; readonly biller: Biller; readonly now: Moment };

/** Who is paid over UPI for this bill now; undefined when it cannot be: nothing owed, no such rail, or not in rupees. */
export function upiPayee({ bill, biller, now }: PayFacts): UpiPayee | undefined {
  const owed = outstanding(bill, now);
  return owed.value > 0 && owed.currency === upiCurrency ? biller.rails?.upi : undefined;
}

/** How one attempt is made: for an amount that the payer chose and that was checked, or for what is owed, within the bill's bounds. */
type UpiAttempt = { readonly mode: UpiMode; readonly chosen?: Money };

/** The UPI link of one attempt to pay `payee` for a bill. */
export function upiAttempt({ bill, now }: PayFacts, payee: UpiPayee, { mode, chosen }: UpiAttempt): string {
  const owed = outstanding(bill, now);
  const bounds = payBounds(bill, owed);
  const minimum = chosen || isFixed(bounds) ? undefined : bounds.minimum;
  const reference = upiReference(bill.code, now, mode);
  return upiLink({ payee, reference, note: bill.title, amount: chosen ?? owed, minimum, mode });
}

/** Every way to pay the bill now; empty when there is none. */
export function waysToPay(facts: PayFacts): readonly UpiWay[] {
  const payee = upiPayee(facts);
  if (!payee) return [];
  const bounds = payBounds(facts.bill, outstanding(facts.bill, facts.now));
  return [
    {
      rail: "upi",
      payeeName: visibleText(payee.payeeName),
      payeeAddress: payee.payeeAddress,
      bounds,
      fixed: isFixed(bounds),
      link: upiAttempt(facts, payee, { mode: "intent" }),
      qrLink: upiAttempt(facts, payee, { mode: "qr" }),
    },
  ];
}
