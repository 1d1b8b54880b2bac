import { isFixed, owedNow } from "../../domain/pay-amount.ts";
import { upiCurrency, upiLink, upiReference } from "../../domain/upi.ts";
import { visibleText } from "../../domain/visible-text.ts";
import type { Rail } from "../../ports.ts";

/**
 * UPI by an app's link or a code to scan; the biller's statement names the bill, nobody tells us of the payment. A link holds an amount and
 * the least that may be paid, but no most: under `EXACT_DOWN` an app may let more be paid than is owed.
 */
export const upiRail: Rail = {
  name: "upi",
  kind: "composed",
  capabilities: { currencies: [upiCurrency], amount: "flexible", reportsStatus: false, canBeCanceled: false },
  offer({ bill, biller, now }) {
    const payee = biller.rails?.upi;
    const asked = owedNow({ bill, now });
    if (!payee || asked?.owed.currency !== upiCurrency) return undefined;
    const { owed: amount, bounds } = asked;
    const fixed = isFixed(bounds);
    const common = { payee, note: bill.title, amount, ...(!fixed && { minimum: bounds.minimum }) };
    const [intent, qr] = (["intent", "qr"] as const).map((mode) =>
      upiLink({ ...common, mode, reference: upiReference(bill.code, now, mode) }),
    );
    return {
      rail: "upi",
      bounds,
      fixed,
      payee: { name: visibleText(payee.payeeName), address: payee.payeeAddress },
      ...(intent && { link: intent }),
      ...(qr && { code: qr }),
      formTargets: ["upi:"],
    };
  },
  start({ bill, biller, now, amount, mode }) {
    const payee = biller.rails?.upi;
    if (!payee) throw new TypeError("the biller takes no UPI");
    const upiMode = mode === "open" ? "intent" : "qr";
    const reference = upiReference(bill.code, now, upiMode);
    const link = upiLink({ payee, reference, note: bill.title, amount, mode: upiMode });
    return mode === "open" ? { outcome: "open", link } : { outcome: "show-code", code: link };
  },
};
