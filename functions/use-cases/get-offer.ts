import { notFound } from "../domain/errors.ts";
import type { BillerId } from "../domain/ids.ts";
import { budgetCounter, type Offer, type OfferId } from "../domain/offer.ts";
import { offerView } from "../domain/offer-view.ts";
import type { Ports } from "../ports.ts";

type OfferPorts = Pick<Ports, "offers" | "counters" | "couponPool">;
type ListPorts = OfferPorts & Pick<Ports, "billers">;

type OfferView = ReturnType<typeof offerView>;

/** An offer with what was taken of its budget and how many codes are left. Throws not-found for one that there is not. */
export async function getOffer(
  ports: OfferPorts,
  { biller, offer: id }: { readonly biller: BillerId; readonly offer: OfferId },
): Promise<OfferView> {
  const offer = await ports.offers.get(biller, id);
  if (!offer) throw notFound(`There is no offer ${id}.`);
  return await viewOf(ports, offer);
}

/** Every offer of a biller, in the order of their ids. Throws not-found for a biller that there is not. */
export async function findOffers(ports: ListPorts, biller: BillerId): Promise<readonly OfferView[]> {
  if (!(await ports.billers.getCached(biller))) throw notFound(`There is no biller ${biller}.`);
  const views: OfferView[] = [];
  // One after the other: billers have a handful, and nobody waits for this.
  for (const offer of await ports.offers.list(biller)) views.push(await viewOf(ports, offer));
  return views;
}

async function viewOf(ports: OfferPorts, offer: Offer): Promise<OfferView> {
  const [counter, codes] = await Promise.all([
    ports.counters.get(budgetCounter(offer)),
    offer.kind === "coupon" ? ports.couponPool.count({ biller: offer.biller, offer: offer.id }) : undefined,
  ]);
  return offerView({
    ...offer,
    taken: counter ?? { n: 0, sum: 0 },
    ...(codes !== undefined && { codes }),
  });
}
