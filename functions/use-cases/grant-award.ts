import { isOpenAward } from "../domain/award.ts";
import type { Counter } from "../domain/counter.ts";
import { providerError } from "../domain/errors.ts";
import type { CustomerId } from "../domain/ids.ts";
import { type Award, budgetCounter, type Offer, type OfferId } from "../domain/offer.ts";
import { type Payment, paymentKey } from "../domain/payment.ts";
import { shortHash } from "../domain/short-hash.ts";
import type { Ports } from "../ports.ts";
import { giveWay, mostTakes } from "./give-way.ts";
import { awardOf, finishOwner, readPayment, type WritePorts, writeAwards, writeGranted } from "./write-awards.ts";

export type GrantPorts = WritePorts & Pick<Ports, "offers" | "customerOffers" | "counters" | "timer">;

/** Which offer is granted, and whose limit counts. */
type Grant = { readonly offer: OfferId; readonly customer: CustomerId };

type Reason = NonNullable<Award["reason"]>;

/**
 * Takes one planned award from the budget of its offer, or denies it; the payment as it is then. The counter of the budget names who took
 * last, and nobody takes before that one's award is written: so each number belongs to one award, whatever crashes.
 */
export async function grantAward(ports: GrantPorts, payment: Payment, grant: Grant): Promise<Payment> {
  const known = awardOf(payment, grant.offer);
  if (!known || !isOpenAward(known)) return await cleared(ports, payment, grant);
  const name = budgetCounter({ biller: payment.biller, id: grant.offer });
  let hasPlace = false;
  for (let attempt = 0; attempt < mostTakes; attempt++) {
    const counter = (await ports.counters.get(name)) ?? { name, n: 0, sum: 0, version: 0 };
    // Read after the counter: who was named by it before, and is not any more, has its award by now.
    const own = await readPayment(ports, payment);
    const award = awardOf(own, grant.offer);
    if (!award || !isOpenAward(award)) return own;
    if (isOwner(own, counter)) return await writeGranted(ports, own, { offer: grant.offer, counter });
    if (award.state === "denied") return own;
    const offer = await ports.offers.get(own.biller, grant.offer);
    const reason = await refusal(ports, { offer, counter, award, own });
    if (reason) return await cleared(ports, await denied(ports, own, { ...grant, reason }), grant);
    hasPlace ||= await takePlace(ports, own, { ...grant, limit: offer?.perCustomer });
    if (!hasPlace) return await denied(ports, own, { ...grant, reason: "customer-limit" });
    await finishOwner(ports, { offer: grant.offer, counter });
    const taken = takenBy(own, award, counter);
    if (await ports.counters.save(taken, counter.version))
      return await writeGranted(ports, own, { offer: grant.offer, counter: taken });
    await giveWay(ports, `${placeOf(own)} ${grant.offer}`, attempt);
  }
  throw providerError("the offer's budget is being taken from by others; the payment is tried again");
}

const isOwner = (payment: Payment, { owner }: Counter): boolean =>
  owner !== undefined && owner.code === payment.code && owner.key === paymentKey(payment);

/** The counter once a payment took its award. */
const takenBy = (payment: Payment, { value }: Award, counter: Counter): Counter => ({
  ...counter,
  n: counter.n + 1,
  sum: counter.sum + (value ?? 0),
  version: counter.version + 1,
  owner: { code: payment.code, key: paymentKey(payment), ...(value !== undefined && { value }) },
});

type Asked = {
  readonly offer: Offer | undefined;
  readonly counter: Counter;
  readonly award: Award;
  readonly own: Payment;
};

/** Why nothing is left for an award; an offer that is gone, or in another currency now, has no budget for it. */
async function refusal(ports: GrantPorts, { offer, counter, award, own }: Asked): Promise<Reason | undefined> {
  const { count = Number.POSITIVE_INFINITY, amount } = offer?.budget ?? {};
  const isSpent =
    !offer ||
    counter.n + 1 > count ||
    (amount && (amount.currency !== own.amount.currency || counter.sum + (award.value ?? 0) > amount.value));
  if (isSpent) return "budget-spent";
  if (award.kind !== "coupon") return undefined;
  const code = await ports.couponPool.get({ biller: own.biller, offer: offer.id }, counter.n + 1);
  return code === undefined ? "no-codes-left" : undefined;
}

const denied = (ports: GrantPorts, payment: Payment, { offer, reason }: Grant & { readonly reason: Reason }) =>
  writeAwards(ports, payment, (awards) =>
    awards.map((award) =>
      award.offer === offer && award.state === "planned"
        ? { ...award, state: "denied" as const, reason, at: ports.clock.now() }
        : award,
    ),
  );

/** The name of a payment in the set of its customer: one payment id may stand under several bills. */
const placeOf = (payment: Payment): string => shortHash(`${payment.code}|${paymentKey(payment)}`);

async function takePlace(
  ports: GrantPorts,
  payment: Payment,
  { limit, ...of }: Grant & { readonly limit: number | undefined },
): Promise<boolean> {
  if (limit === undefined) return true;
  return await ports.customerOffers.take({ biller: payment.biller, ...of }, placeOf(payment), limit);
}

/**
 * The payment, without its place among its customer's where the budget was spent: that award stays denied. One denied for the limit has
 * no place, or a second run over the same payment has it and is about to take from the budget.
 */
async function cleared(ports: GrantPorts, payment: Payment, grant: Grant): Promise<Payment> {
  const award = awardOf(payment, grant.offer);
  if (award?.state === "denied" && award.reason !== "customer-limit")
    await ports.customerOffers.giveBack({ biller: payment.biller, ...grant }, placeOf(payment));
  return payment;
}
