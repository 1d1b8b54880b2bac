import type { BillerId } from "../domain/ids.ts";
import type { PageFacts } from "../domain/page-view.ts";
import type { PayFacts, RailName, WayToPay } from "../domain/rail.ts";
import type { Rails } from "../ports.ts";

/** What operators are told of a rail that could not say what it offers for a biller's bill. */
export type FailedOffer = { readonly biller: BillerId; readonly rail: RailName };

/**
 * The ways to pay a bill, in the order of the rails that take its currency, and the rails whose offer failed: they are left out, since the
 * fault of one must not cost the page.
 */
export function waysOf(rails: Rails, facts: PayFacts): Pick<PageFacts, "ways" | "failedRails"> {
  const ways: WayToPay[] = [];
  const failedRails: RailName[] = [];
  for (const rail of rails) {
    const { currencies } = rail.capabilities;
    if (currencies && !currencies.includes(facts.bill.amountDue.currency)) continue;
    try {
      const way = rail.offer(facts);
      if (way) ways.push(way);
    } catch {
      failedRails.push(rail.name);
    }
  }
  return { ways, failedRails };
}

/** The rails that were left out of a page, for the log; undefined where none was. */
export function failedOffersOf({
  biller,
  failedRails = [],
}: Pick<PageFacts, "biller" | "failedRails">): readonly FailedOffer[] | undefined {
  return failedRails.length > 0 ? failedRails.map((rail) => ({ biller: biller.id, rail })) : undefined;
}
