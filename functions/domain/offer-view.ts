import { fits, type Judged, worthOf } from "./award.ts";
import type { Counter } from "./counter.ts";
import type { LocalDate } from "./local-time.ts";
import { type Money, money } from "./money.ts";
import { type Award, currencyOf, type Offer } from "./offer.ts";
import type { Payment } from "./payment.ts";

/** An offer with what was taken of it; `codes`: how many codes a coupon's pool has had in all. */
export type CountedOffer = Offer & { readonly taken: Pick<Counter, "n" | "sum">; readonly codes?: number };

/** An offer as the API answers it: as it was put, with what was taken of its budget, and how many codes are left. */
export function offerView({ taken, codes, ...offer }: CountedOffer) {
  const currency = currencyOf(offer);
  return {
    ...offer,
    taken: { count: taken.n, ...(currency && { amount: money(taken.sum, currency) }) },
    ...(codes !== undefined && { codesLeft: Math.max(0, codes - taken.n) }),
  };
}

/** What a page may say of an offer before the payment. */
export type PossibleOffer = {
  readonly title: string;
  readonly kind: Award["kind"];
  /** What it would come to for all that is due now. */
  readonly value?: Money;
  /** Only for payments on these rails. */
  readonly rails?: readonly string[];
  /** Its last day. */
  readonly until?: LocalDate;
};

/** A budget is nearly gone once no more is left than this share of it, or than that many awards: others may be quicker. */
const sparePart = 0.02;
const spareAwards = 20;

const isPlenty = (all: number | undefined, taken: number, one: number): boolean =>
  all === undefined || all - taken > Math.max(all * sparePart, spareAwards * one);

/** Whether so much of an offer is left that a page may speak of it. */
function isLeft(offer: CountedOffer, value: number | undefined): boolean {
  const { budget = {}, taken, codes } = offer;
  return (
    isPlenty(budget.count, taken.n, 1) &&
    isPlenty(budget.amount?.value, taken.sum, value ?? 0) &&
    (offer.kind !== "coupon" || isPlenty(codes ?? 0, taken.n, 1))
  );
}

/** The offers that paying `amount` now may get, apart from what the customer had of them, those worth most first. */
export function offersFor<O extends CountedOffer>(offers: readonly O[], judged: Judged): readonly O[] {
  const worth = (offer: O): number => worthOf(offer, judged.amount) ?? 0;
  return offers
    .filter((offer) => fits(offer, judged))
    .filter((offer) => worthOf(offer, judged.amount) !== 0 && isLeft(offer, worthOf(offer, judged.amount)))
    .sort((a, b) => worth(b) - worth(a) || (a.id < b.id ? -1 : 1));
}

/** The most that a page speaks of: one glance. */
const mostShown = 3;

/**
 * What a page says of offers that may be had: of the exclusive ones the one worth most, and where that one is for some rails only, the
 * next.
 */
export function possibleOffers(offers: readonly Offer[], { amount }: Pick<Judged, "amount">): readonly PossibleOffer[] {
  let isOutdone = false;
  const shown = offers.filter(({ stacking, rails }) => {
    if (stacking === "with-others") return true;
    const isShown = !isOutdone;
    isOutdone ||= rails === undefined;
    return isShown;
  });
  return shown.slice(0, mostShown).map((offer) => {
    const value = worthOf(offer, amount);
    return {
      title: offer.title,
      kind: offer.kind,
      ...(value !== undefined && { value: money(value, amount.currency) }),
      ...(offer.rails && { rails: offer.rails }),
      ...(offer.until && { until: offer.until }),
    };
  });
}

/** What a payment was granted, as its receipt shows it; the code is for the customer. */
export type GrantedAward = {
  readonly title: string;
  readonly kind: Award["kind"];
  readonly value?: Money;
  readonly code?: string;
};

/** What offers granted a payment and no refund took back. */
export const grantedAwards = ({ awards = [], amount }: Pick<Payment, "awards" | "amount">): readonly GrantedAward[] =>
  awards
    .filter(({ state }) => state === "granted")
    .map(({ title, kind, value, coupon }) => ({
      ...{ title, kind },
      ...(value !== undefined && { value: money(value, amount.currency) }),
      ...(coupon && { code: coupon.code }),
    }));
