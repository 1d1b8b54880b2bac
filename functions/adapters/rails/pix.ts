import { attemptReference } from "../../domain/attempt-reference.ts";
import { brCode, largestEmvAmount } from "../../domain/emv-code.ts";
import type { Money } from "../../domain/money.ts";
import { isFixed, owedNow } from "../../domain/pay-amount.ts";
import type { PayFacts } from "../../domain/rail.ts";
import { visibleText } from "../../domain/visible-text.ts";
import type { Rail } from "../../ports.ts";

const currency = "BRL";

/** The biller's own key, unless its bank makes a code for each attempt. */
const keyOf = ({ biller }: Pick<PayFacts, "biller">) =>
  biller.rails?.pix?.psp === undefined ? biller.rails?.pix : undefined;

/** A static code of the biller's key; without an amount the payer types it. The txid leads back to the bill. */
function codeOf(facts: Pick<PayFacts, "bill" | "biller" | "now">, amount?: Money): string {
  const pix = keyOf(facts);
  if (!pix) throw new TypeError("the biller takes no static Pix");
  const { bill, now } = facts;
  const txid = attemptReference(bill.code, now, "p");
  return brCode({ key: pix.key, name: pix.merchantName, city: pix.merchantCity, amount, txid, info: bill.title });
}

/** Pix to the biller's own key: a code to scan, or to copy and paste. Nobody tells us of the payment. */
export const pixRail: Rail = {
  name: "pix",
  kind: "composed",
  capabilities: { currencies: [currency], amount: "flexible", reportsStatus: false, canBeCanceled: false },
  offer(facts) {
    const pix = keyOf(facts);
    const asked = owedNow(facts);
    if (!pix || asked?.owed.currency !== currency || asked.owed.value > largestEmvAmount) return undefined;
    const { owed, bounds } = asked;
    const fixed = isFixed(bounds);
    // A code without an amount can hold no bound; only where there is none need the form not ask first.
    const isFree = facts.bill.exactness === "ANY" && facts.bill.minimum === undefined;
    return {
      rail: "pix",
      bounds,
      fixed,
      payee: { name: visibleText(pix.merchantName), address: pix.key },
      ...((fixed || isFree) && { code: codeOf(facts, fixed ? owed : undefined) }),
      canCopy: true,
      formTargets: [],
    };
  },
  start: (attempt) => ({ outcome: "show-code", code: codeOf(attempt, attempt.amount), canCopy: true }),
};
