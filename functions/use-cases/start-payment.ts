import { outstanding } from "../domain/bill.ts";
import { pagePath, pageView, type StartedPayment } from "../domain/page-view.ts";
import { chooseAmount, payBounds } from "../domain/pay-amount.ts";
import type { UpiMode } from "../domain/upi.ts";
import { visibleText } from "../domain/visible-text.ts";
import { upiAttempt, upiPayee } from "../domain/ways-to-pay.ts";
import type { Ports } from "../ports.ts";
import { type LinkParts, readLink } from "./open-payment-link.ts";

/** What the page's form said: the rail, and the amount as it was typed. */
type PayForm = LinkParts & { readonly rail?: string | undefined; readonly amount?: string | undefined };

/**
 * Where a payer goes on: to the UPI app (`upi`), to a code to scan or copy (`upi-qr`), or back to the page when nothing is to be paid. A rail
 * the biller has not, or an amount out of bounds, is refused by field. Changes nothing.
 */
export async function startPayment(
  ports: Pick<Ports, "bills" | "billers" | "clock">,
  form: PayForm,
): Promise<StartedPayment> {
  const facts = await readLink(ports, form);
  if (!facts) return { outcome: "not-found" };
  const owed = outstanding(facts.bill, facts.now);
  if (owed.value === 0) return { outcome: "nothing-to-pay", path: pagePath(facts.biller, facts.bill.code) };
  const view = pageView(facts);
  const mode = modeOf(form.rail);
  const payee = upiPayee(facts);
  if (!mode || !payee) return { outcome: "refused", refusal: { field: "rail", fault: "unknown" }, view };
  const chosen = chooseAmount(form.amount, owed, payBounds(facts.bill, owed));
  if ("fault" in chosen) {
    const typed = visibleText(form.amount?.slice(0, 40) ?? "");
    return { outcome: "refused", refusal: { field: "amount", fault: chosen.fault, typed }, view };
  }
  const link = upiAttempt(facts, payee, { mode, chosen: chosen.amount });
  return mode === "intent"
    ? { outcome: "open-app", link }
    : { outcome: "show-code", link, amount: chosen.amount, view };
}

const modeOf = (rail: string | undefined): UpiMode | undefined =>
  rail === "upi" ? "intent" : rail === "upi-qr" ? "qr" : undefined;
