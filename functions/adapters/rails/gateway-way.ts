import { isFixed, owedNow } from "../../domain/pay-amount.ts";
import type { PayFacts, WayToPay } from "../../domain/rail.ts";

/** What a page offers of a rail whose gateway is asked only once the payer chose it; undefined when nothing is owed. */
export function gatewayWay(
  facts: Pick<PayFacts, "bill" | "now">,
  way: Pick<WayToPay, "rail" | "formTargets" | "payee">,
): WayToPay | undefined {
  const asked = owedNow(facts);
  return asked && { ...way, bounds: asked.bounds, fixed: isFixed(asked.bounds) };
}
