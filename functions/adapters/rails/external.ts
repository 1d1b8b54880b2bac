import { type Money, toDecimal } from "../../domain/money.ts";
import { isFixed, owedNow } from "../../domain/pay-amount.ts";
import { percentEncoded } from "../../domain/percent-encoded.ts";
import type { PayFacts } from "../../domain/rail.ts";
import { visibleText } from "../../domain/visible-text.ts";
import type { Rail } from "../../ports.ts";
import { originOf } from "./origin.ts";

/** The biller's URL with what it asks for put in; the settings allow no placeholder in its scheme or host. */
function filled(template: string, { bill }: Pick<PayFacts, "bill">, amount: Money): string {
  const values: Readonly<Record<string, string>> = {
    "{billId}": bill.billId,
    "{customerId}": bill.customer.id,
    "{amount}": toDecimal(amount),
    "{currency}": amount.currency,
  };
  return template.replace(/\{\w*\}?|\}/g, (placeholder) => percentEncoded(values[placeholder] ?? placeholder));
}

/** A page of the biller's own where the bill is paid: we know only its address. */
export const externalRail: Rail = {
  name: "external",
  kind: "composed",
  capabilities: { amount: "flexible", reportsStatus: false, canBeCanceled: false },
  offer({ bill, biller, now }) {
    const external = biller.rails?.external;
    const asked = owedNow({ bill, now });
    if (!external || !asked) return undefined;
    return {
      rail: "external",
      bounds: asked.bounds,
      // Where the address says no amount, that page asks for it.
      fixed: isFixed(asked.bounds) || !external.url.includes("{amount}"),
      link: filled(external.url, { bill }, asked.owed),
      formTargets: [originOf(external.url)],
      ...(external.label !== undefined && { label: visibleText(external.label) }),
    };
  },
  start({ biller, bill, amount }) {
    const url = biller.rails?.external?.url;
    if (url === undefined) throw new TypeError("the biller has no page of its own");
    return { outcome: "open", link: filled(url, { bill }, amount) };
  },
};
