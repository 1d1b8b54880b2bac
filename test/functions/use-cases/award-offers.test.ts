import { describe, expect, it } from "vitest";
import { type Offer, OfferSettings } from "../../../functions/domain/offer.ts";
import { type Payment, paymentKey } from "../../../functions/domain/payment.ts";
import { awardOffers } from "../../../functions/use-cases/award-offers.ts";
import { aBill, aBiller, anAward, anOffer, aPayment } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const [bill, biller] = [aBill(), aBiller()];
const counter = "offer/example-power/first-three";
const planned = (offer: Offer, rest: Partial<ReturnType<typeof anAward>> = {}) =>
  anAward({ offer: offer.id, kind: offer.kind, title: offer.title, state: "planned", ...rest });

/** A world with offers, in which payments were planned what they say. */
async function office(...offers: readonly Offer[]) {
  const ports = memoryPorts();
  for (const offer of offers) await ports.offers.put(offer);
  const stored = async (payment: Payment) =>
    await ports.payments.get(payment.code, paymentKey(payment), { consistent: true });
  return {
    ports,
    stored,
    /** Stores a payment as it was decided, and awards it. */
    award: async (payment: Payment) => awardOffers(ports, await ports.payments.add(payment), { bill, biller }),
    again: async (payment: Payment) => awardOffers(ports, (await stored(payment)) ?? payment, { bill, biller }),
    events: () => ports.events.published.map(({ type, eventId, ids }) => ({ type, eventId, ids })),
  };
}

const told = {
  ...{ offer: "first-three", kind: "cashback", source: "standard", paymentId: "pay_0001" },
  ...{ customer: "10023", value: 3_500, currency: "INR" },
};
const eventId = (type: string) => `${type}/example-power/EP-2026-11-10023/standard:pay_0001/first-three`;

describe("awarding offers", () => {
  it("grants what was planned, counts it, and tells it once by its name however often it is told", async () => {
    const { ports, award, again, events, stored } = await office(anOffer({ perCustomer: 3, budget: { count: 10 } }));
    const payment = aPayment({ awards: [planned(anOffer())] });
    const awarded = await award(payment);
    expect(awarded.awards).toMatchObject([{ state: "granted", value: 3_500 }]);
    expect(await stored(payment)).toEqual(awarded);
    expect(await ports.counters.get(counter)).toMatchObject({ n: 1, sum: 3_500 });
    expect(await again(payment)).toEqual(awarded);
    expect(await ports.counters.get(counter)).toMatchObject({ n: 1, sum: 3_500 });
    const event = { type: "offer.awarded", eventId: eventId("offer.awarded"), ids: told };
    expect(events()).toEqual([event, event]);
  });

  it("touches nothing for a payment that fits no offer", async () => {
    const { ports, award } = await office(anOffer());
    const calls: string[] = [];
    const payment = await ports.payments.add(aPayment());
    ports.control.beforeCall = (port, method) => {
      calls.push(`${port}.${method}`);
    };
    expect(await awardOffers(ports, payment, { bill, biller })).toBe(payment);
    expect(calls).toEqual([]);
    ports.control.beforeCall = undefined;
    await award(aPayment());
  });

  it("gives ₹35 on each of the customer's first three payments, as the example says", async () => {
    const settings = OfferSettings.parse({
      title: "₹35 back on each of your first three payments",
      kind: "cashback",
      amount: { value: 3_500, currency: "INR" },
      perCustomer: 3,
    });
    const offer = { ...settings, id: anOffer().id, biller: biller.id };
    const { award } = await office(offer);
    const states: string[] = [];
    for (let n = 1; n <= 5; n++) {
      const { awards } = await award(aPayment({ paymentId: `pay_${n}`, awards: [planned(offer)] }));
      states.push(`${awards?.[0]?.state} ${awards?.[0]?.reason ?? ""}`.trim());
    }
    const denied = "denied customer-limit";
    expect(states).toEqual(["granted", "granted", "granted", denied, denied]);
  });

  it("denies what the budget no longer holds, and leaves the customer's turn for another payment", async () => {
    const offer = anOffer({ perCustomer: 1, budget: { amount: { value: 3_499, currency: "INR" } } });
    const { ports, award, again, events } = await office(offer);
    const payment = aPayment({ awards: [planned(offer)] });
    expect((await award(payment)).awards).toMatchObject([{ state: "denied", reason: "budget-spent" }]);
    expect(await ports.customerOffers.count({ biller: biller.id, customer: bill.customer.id, offer: offer.id })).toBe(
      0,
    );
    await ports.offers.put(anOffer({ perCustomer: 1 }));
    expect((await again(payment)).awards).toMatchObject([{ state: "denied" }]);
    const next = aPayment({ paymentId: "pay_0002", awards: [planned(offer)] });
    expect((await award(next)).awards).toMatchObject([{ state: "granted" }]);
    expect(events()).toHaveLength(1);
  });

  it("keeps to what was planned where the offer was changed since, and to the budget as it is now", async () => {
    const { ports, award } = await office(anOffer({ amount: { value: 100, currency: "INR" }, paused: true }));
    await award(aPayment({ awards: [planned(anOffer())] }));
    expect(await ports.counters.get(counter)).toMatchObject({ sum: 3_500 });
    await ports.offers.put(anOffer({ budget: { count: 1 } }));
    const late = await award(aPayment({ paymentId: "pay_0002", awards: [planned(anOffer())] }));
    expect(late.awards).toMatchObject([{ state: "denied", reason: "budget-spent" }]);
  });

  it("denies what no offer stands behind any more, or one with a budget in another currency", async () => {
    const { award } = await office(
      anOffer({ id: "dollars", budget: { amount: { value: 9_999_999, currency: "USD" } } }),
    );
    const awards = [planned(anOffer()), planned(anOffer({ id: "dollars" }))];
    const { awards: after } = await award(aPayment({ awards }));
    expect(after).toMatchObject([{ reason: "budget-spent" }, { reason: "budget-spent" }]);
  });

  it("grants the next exclusive offer where the customer has had the first, and drops those behind it", async () => {
    const [first, second, third] = ["first", "second", "third"].map((id) => anOffer({ id, perCustomer: 1 }));
    if (!first || !second || !third) throw new Error("three offers are there");
    const { award } = await office(first, second, third);
    const exclusive = (...offers: readonly Offer[]) => offers.map((offer) => planned(offer, { exclusive: true }));
    await award(aPayment({ awards: exclusive(first) }));
    const { awards } = await award(aPayment({ paymentId: "pay_0002", awards: exclusive(first, second, third) }));
    expect(awards).toMatchObject([
      { offer: "first", state: "denied", reason: "customer-limit" },
      { offer: "second", state: "granted" },
    ]);
    expect(awards).toHaveLength(2);
  });

  it("hands out the codes of a coupon in their order, each once, and tells their numbers only", async () => {
    const { amount: _, ...rest } = anOffer({ id: "coupon", kind: "coupon" });
    const coupon = rest as Offer;
    const { ports, award, events } = await office(coupon);
    await ports.couponPool.add({ biller: biller.id, offer: coupon.id }, ["AB12", "CD34"]);
    const { value: _value, ...plan } = planned(coupon);
    const codes: unknown[] = [];
    for (let n = 1; n <= 3; n++) {
      const { awards } = await award(aPayment({ paymentId: `pay_${n}`, awards: [plan] }));
      codes.push(awards?.[0]?.coupon ?? awards?.[0]?.reason);
    }
    expect(codes).toEqual([{ n: 1, code: "AB12" }, { n: 2, code: "CD34" }, "no-codes-left"]);
    expect(events().map(({ ids }) => ids?.["coupon"])).toEqual([1, 2]);
    expect(JSON.stringify(events())).not.toMatch(/AB12|CD34|value/);
  });

  it("gives back to the same payment of the same customer under two bills each its own turn", async () => {
    const offer = anOffer({ perCustomer: 1 });
    const { award } = await office(offer);
    const awards = [planned(offer)];
    expect((await award(aPayment({ awards }))).awards).toMatchObject([{ state: "granted" }]);
    const other = aPayment({ billId: "EP-2026-12-10023", awards });
    expect((await award(other)).awards).toMatchObject([{ reason: "customer-limit" }]);
  });

  it("finishes what another payment left behind before it takes", async () => {
    const { ports, award, stored } = await office(anOffer());
    const left = await ports.payments.add(aPayment({ paymentId: "pay_left", awards: [planned(anOffer())] }));
    const owner = { code: left.code, key: paymentKey(left), value: 3_500 };
    await ports.counters.save({ name: counter, n: 1, sum: 3_500, version: 1, owner }, 0);
    await award(aPayment({ awards: [planned(anOffer())] }));
    expect((await stored(left))?.awards).toMatchObject([{ state: "granted" }]);
    expect(await ports.counters.get(counter)).toMatchObject({ n: 2, sum: 7_000 });
  });

  it("asks for another try where others keep taking from the same budget", async () => {
    const { ports } = await office(anOffer());
    const payment = await ports.payments.add(aPayment({ awards: [planned(anOffer())] }));
    const busy = { ...ports, counters: { ...ports.counters, get: ports.counters.get, save: async () => false } };
    await expect(awardOffers(busy, payment, { bill, biller })).rejects.toMatchObject({ retryable: true });
  });
});

describe("an award of a payment that is refunded", () => {
  const refund = async (world: Awaited<ReturnType<typeof office>>, payment: Payment, refunded: number) => {
    const present = (await world.stored(payment)) ?? payment;
    await world.ports.payments.save({ ...present, refunded, version: present.version + 1 }, present.version);
    return await world.again(payment);
  };

  it("is taken back when all is refunded, and that is told after it was awarded, again and again", async () => {
    const offer = anOffer({ perCustomer: 1, budget: { count: 1 } });
    const world = await office(offer);
    const payment = aPayment({ awards: [planned(offer)] });
    await world.award(payment);
    expect((await refund(world, payment, 124_900)).awards).toMatchObject([{ state: "reversed" }]);
    await world.again(payment);
    const [awarded, reversed] = ["offer.awarded", "offer.reversed"].map((type) => ({
      type,
      eventId: eventId(type),
      ids: told,
    }));
    expect(world.events()).toEqual([awarded, awarded, reversed, awarded, reversed]);
  });

  it("is taken back when what is left is under the offer's minimum, and stays otherwise", async () => {
    const offer = anOffer({ minimum: { value: 100_000, currency: "INR" } });
    const world = await office(offer);
    const payment = aPayment({ awards: [planned(offer)] });
    await world.award(payment);
    expect((await refund(world, payment, 24_900)).awards).toMatchObject([{ state: "granted" }]);
    expect((await refund(world, payment, 24_901)).awards).toMatchObject([{ state: "reversed" }]);
  });

  it("makes no room: neither in the budget, nor for the customer, nor for its code", async () => {
    const offer = anOffer({ kind: "coupon", perCustomer: 1 });
    const world = await office(offer);
    await world.ports.couponPool.add({ biller: biller.id, offer: offer.id }, ["AB12", "CD34"]);
    const payment = aPayment({ awards: [planned(offer)] });
    await world.award(payment);
    await refund(world, payment, 124_900);
    expect(await world.ports.counters.get(counter)).toMatchObject({ n: 1 });
    const { awards } = await world.award(aPayment({ paymentId: "pay_0002", awards: [planned(offer)] }));
    expect(awards).toMatchObject([{ reason: "customer-limit" }]);
  });
});
