import { type Bill, outstanding } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { localOf, type Moment } from "../domain/local-time.ts";
import type { Offer } from "../domain/offer.ts";
import { offersFor, type PossibleOffer, possibleOffers } from "../domain/offer-view.ts";
import type { Ports } from "../ports.ts";

type OfferPorts = Pick<Ports, "offers" | "customerOffers">;

/** Offers whose customers are counted for a page: more than it shows, so that those a customer has had make room. */
const mostAsked = 5;

/** What paying all that is due now may get the customer: no promise, since others may take what is left of a budget first. */
export async function findPossibleOffers(
  ports: OfferPorts,
  { bill, biller, now }: { readonly bill: Bill; readonly biller: Biller; readonly now: Moment },
): Promise<readonly PossibleOffer[]> {
  const amount = outstanding(bill, now);
  const judged = { amount, date: localOf(now, biller.timeZone).date, category: bill.category };
  const fitting = offersFor(await ports.offers.listCached(bill.biller), judged).slice(0, mostAsked);
  const isFree = await Promise.all(fitting.map((offer) => hasRoom(ports, bill, offer)));
  return possibleOffers(
    fitting.filter((_, n) => isFree[n]),
    judged,
  );
}

async function hasRoom({ customerOffers }: OfferPorts, { biller, customer }: Bill, offer: Offer): Promise<boolean> {
  if (offer.perCustomer === undefined) return true;
  return (await customerOffers.count({ biller, customer: customer.id, offer: offer.id })) < offer.perCustomer;
}
