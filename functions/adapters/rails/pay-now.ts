import { attemptReference } from "../../domain/attempt-reference.ts";
import { largestEmvAmount, payNowCode } from "../../domain/emv-code.ts";
import { addDays, earliest, type LocalDate, localOf } from "../../domain/local-time.ts";
import type { Money } from "../../domain/money.ts";
import { isFixed, owedNow } from "../../domain/pay-amount.ts";
import type { PayFacts } from "../../domain/rail.ts";
import { visibleText } from "../../domain/visible-text.ts";
import type { Rail } from "../../ports.ts";

const currency = "SGD";

/** Long enough for a picture that was saved, short enough that an old one is not paid next year. */
const daysValid = 30;

/** The code's last day: the bill's own, or a month from now. */
function lastDay({ bill, now }: Pick<PayFacts, "bill" | "now">): LocalDate {
  const month = addDays(localOf(now, bill.zone).date, daysValid);
  return bill.expiresOn === undefined ? month : earliest(bill.expiresOn, month);
}

function codeOf(facts: Pick<PayFacts, "bill" | "biller" | "now">, amount: Money, isEditable: boolean): string {
  const payNow = facts.biller.rails?.payNow;
  if (!payNow) throw new TypeError("the biller takes no PayNow");
  const { uen, mobile, payeeName: name } = payNow;
  const reference = attemptReference(facts.bill.code, facts.now, "n");
  return payNowCode({ payee: { uen, mobile, name }, amount, isEditable, expiresOn: lastDay(facts), reference });
}

/** PayNow by a code to scan in a bank's app of Singapore; there is no link that opens one. Nobody tells us of the payment. */
export const payNowRail: Rail = {
  name: "pay-now",
  kind: "composed",
  capabilities: { currencies: [currency], amount: "flexible", reportsStatus: false, canBeCanceled: false },
  offer(facts) {
    const payNow = facts.biller.rails?.payNow;
    const asked = owedNow(facts);
    if (!payNow || asked?.owed.currency !== currency || asked.owed.value > largestEmvAmount) return undefined;
    const { owed, bounds } = asked;
    const fixed = isFixed(bounds);
    // What is editable has no bounds in a bank's app; only where the bill has none need the form not ask first.
    const isFree = facts.bill.exactness === "ANY" && facts.bill.minimum === undefined;
    return {
      rail: "pay-now",
      bounds,
      fixed,
      payee: { name: visibleText(payNow.payeeName), address: payNow.uen ?? payNow.mobile ?? "" },
      ...((fixed || isFree) && { code: codeOf(facts, owed, !fixed) }),
      formTargets: [],
    };
  },
  start: (attempt) => ({ outcome: "show-code", code: codeOf(attempt, attempt.amount, false) }),
};
