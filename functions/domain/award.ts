import type { Bill } from "./bill.ts";
import type { Biller } from "./biller.ts";
import { type LocalDate, localOf, type Moment } from "./local-time.ts";
import { type Money, money } from "./money.ts";
import { type Award, currencyOf, type Offer, type OfferSettings } from "./offer.ts";
import type { Payment, PaymentOutcome } from "./payment.ts";

/** A payment as an offer looks at it, made or only possible. */
export type Judged = { readonly amount: Money; readonly date: LocalDate; readonly category: string | undefined };

/** Whether an offer is for a bill paid with an amount on a day in the biller's zone, whatever the rail. */
export function fits(offer: OfferSettings, { amount, date, category }: Judged): boolean {
  const { paused = false, minimum, from = date, until = date, categories } = offer;
  return (
    !paused &&
    (currencyOf(offer) ?? amount.currency) === amount.currency &&
    amount.value > 0 &&
    amount.value >= (minimum?.value ?? 0) &&
    from <= date &&
    date <= until &&
    (!categories || (category !== undefined && categories.includes(category)))
  );
}

/** Whether a payment's rail is among those of an offer; a name is also that of every gateway's rail that ends in it. */
const isOnRail = ({ rails }: OfferSettings, rail: string | undefined): boolean =>
  !rails || (rail !== undefined && rails.some((name) => rail === name || rail.endsWith(`-${name}`)));

/** What an offer grants an amount, in its minor units, rounded down and never more than the amount; undefined for a coupon without a value. */
export function worthOf({ amount: flat, percent, cap }: OfferSettings, amount: Money): number | undefined {
  if (flat) return Math.min(flat.value, amount.value);
  if (percent === undefined) return undefined;
  const [whole = "0", part = ""] = percent.split(".");
  const perTenThousand = BigInt(`${whole}${part.padEnd(2, "0")}`);
  const share = Number((BigInt(amount.value) * perTenThousand) / 10_000n);
  return Math.min(share, cap?.value ?? share, amount.value);
}

const byWorth = (a: Award, b: Award): number => (b.value ?? 0) - (a.value ?? 0) || byOffer(a, b);
const byOffer = (a: Award, b: Award): number => (a.offer < b.offer ? -1 : 1);

const awarding: ReadonlySet<PaymentOutcome> = new Set(["full", "partial", "over"]);

/**
 * What offers a payment fits, and what each would grant it; absent where none does. Of those that are exclusive, the one worth most
 * comes first: the others follow it in case that one's budget is spent, or the customer has had it.
 */
export function plannedAwards(
  offers: readonly Offer[],
  about: {
    readonly payment: Payment;
    readonly bill: Bill;
    readonly biller: Biller;
    readonly outcome: PaymentOutcome;
    readonly now: Moment;
  },
): readonly Award[] | undefined {
  const { payment, bill, biller, outcome, now } = about;
  if (!payment.confirmed || !awarding.has(outcome)) return undefined;
  const amount = money(payment.amount.value - payment.refunded, payment.amount.currency);
  const judged = { amount, date: localOf(payment.paidAt, biller.timeZone).date, category: bill.category };
  const awards = offers
    .filter((offer) => fits(offer, judged) && isOnRail(offer, payment.rail))
    .map((offer) => plannedAward(offer, amount, now))
    .filter(({ value }) => value !== 0);
  const [exclusive, beside] = [true, undefined].map((kind) => awards.filter((award) => award.exclusive === kind));
  const planned = [...(exclusive ?? []).sort(byWorth).slice(0, mostExclusive), ...(beside ?? []).sort(byOffer)];
  return planned.length > 0 ? planned : undefined;
}

/** Each that follows may cost a few reads and writes before the payment is done. */
const mostExclusive = 5;

function plannedAward(offer: Offer, amount: Money, at: Moment): Award {
  const { id, kind, title, stacking = "exclusive" } = offer;
  const value = worthOf(offer, amount);
  return {
    ...{ offer: id, kind, title, state: "planned", at },
    ...(stacking === "exclusive" && { exclusive: true }),
    ...(value !== undefined && { value }),
  };
}

/** The awards with one of them granted: the exclusive ones that only wait for it to fail are dropped. */
export function withGranted(awards: readonly Award[], granted: Award): readonly Award[] {
  return awards.flatMap((award) => {
    if (award.offer === granted.offer) return [granted];
    return granted.exclusive && award.exclusive && award.state === "planned" ? [] : [award];
  });
}

/** Whether it is not settled for good what becomes of an award. */
export const isOpenAward = ({ state, reason }: Award): boolean =>
  state === "planned" || (state === "denied" && reason === "customer-limit");

/**
 * Whether who the counter names may have its award: one that is still planned, or was denied for the customer's limit by a second run
 * over the same payment, while the first had its place among the customer's; another exclusive one was not granted meanwhile.
 */
export function mayBeGranted(awards: readonly Award[], award: Award): boolean {
  const isOutdone = (other: Award) => other.offer !== award.offer && other.exclusive && other.state === "granted";
  return isOpenAward(award) && !(award.exclusive && awards.some(isOutdone));
}

/** Whether what a refund has left of a payment is not enough for an award it was granted. */
export function isUndone(payment: Payment, offer: Offer | undefined): boolean {
  const left = payment.amount.value - payment.refunded;
  return payment.refunded > 0 && (left <= 0 || left < (offer?.minimum?.value ?? 0));
}
