import { conflict, notFound } from "../domain/errors.ts";
import type { BillerId } from "../domain/ids.ts";
import { budgetCounter, currencyOf, type Offer, type OfferId, type OfferSettings } from "../domain/offer.ts";
import type { Ports } from "../ports.ts";

/**
 * Creates or replaces an offer; payments that are decided from now on are judged by it. Throws not-found for an unknown biller, conflict
 * where it granted something and its currency or kind would be another: what was taken is counted in the one, and coupons by number.
 */
export async function putOffer(
  ports: Pick<Ports, "billers" | "offers" | "counters">,
  command: { readonly biller: BillerId; readonly offer: OfferId; readonly settings: OfferSettings },
): Promise<{ readonly outcome: "created" | "replaced"; readonly offer: Offer }> {
  const { biller, offer: id, settings } = command;
  if (!(await ports.billers.get(biller))) throw notFound(`There is no biller ${biller}.`);
  const offer: Offer = { ...settings, id, biller };
  const [before, counter] = await Promise.all([ports.offers.get(biller, id), ports.counters.get(budgetCounter(offer))]);
  if (before && counter && counter.n > 0) {
    if (currencyOf(before) !== currencyOf(offer))
      throw conflict(`The offer ${id} has granted awards, so that its currency stays; put another offer beside it.`);
    if (before.kind !== offer.kind)
      throw conflict(`The offer ${id} has granted awards, so that its kind stays; put another offer beside it.`);
  }
  return { outcome: await ports.offers.put(offer), offer };
}
