import { owedNow } from "../../domain/pay-amount.ts";
import type { PayFacts } from "../../domain/rail.ts";
import type { Rail } from "../../ports.ts";
import { originOf } from "./origin.ts";

/** The bill's own link, where something is owed in rupees. */
const linkOf = (facts: PayFacts): string | undefined =>
  owedNow(facts)?.owed.currency === "INR" ? facts.detail?.clickPayUrl : undefined;

/** The bill's own ClickPay link at Bharat BillPay, which knows the bill, its amount and its exactness by itself. */
export const clickPayRail: Rail = {
  name: "click-pay",
  kind: "composed",
  capabilities: { currencies: ["INR"], amount: "flexible", reportsStatus: false, canBeCanceled: false },
  offer(facts) {
    const [link, asked] = [linkOf(facts), owedNow(facts)];
    if (link === undefined || !asked) return undefined;
    return { rail: "click-pay", bounds: asked.bounds, fixed: true, link, formTargets: [originOf(link)] };
  },
  start(attempt) {
    const link = linkOf(attempt);
    if (link === undefined) throw new TypeError("the bill has no ClickPay link");
    return { outcome: "open", link };
  },
};
