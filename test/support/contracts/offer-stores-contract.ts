import { expect, it } from "vitest";
import type { BillerId, CustomerId } from "../../../functions/domain/ids.ts";
import { budgetCounter, type OfferId } from "../../../functions/domain/offer.ts";
import type { CounterStore, CouponPool, CustomerOfferStore, OfferStore } from "../../../functions/money-ports.ts";
import { aCustomer, anOffer } from "../builders.ts";

const { biller, id: offer } = anOffer();
const full = anOffer({
  ...{ id: "a-full-one", kind: "coupon", perCustomer: 3, minimum: { value: 100, currency: "INR" } },
  ...{ from: "2026-12-01", until: "2027-01-31", rails: ["upi"], categories: ["electricity"] },
  ...{ budget: { count: 100, amount: { value: 350_000, currency: "INR" } }, stacking: "with-others", paused: false },
});

type Offers = { readonly offers: OfferStore; readonly counters: CounterStore; readonly couponPool: CouponPool };

/** Promises about the offers of the billers. */
export function offerStoreContract(open: () => Promise<Offers>): void {
  it("keeps an offer whole, and says whether it was there", async () => {
    const { offers } = await open();
    expect(await offers.get(biller, full.id)).toBeUndefined();
    expect(await offers.put(full)).toBe("created");
    expect(await offers.get(biller, full.id)).toEqual(full);
    expect(await offers.put({ ...anOffer(), id: full.id })).toBe("replaced");
    expect(await offers.get(biller, full.id)).toEqual({ ...anOffer(), id: full.id });
  });

  it("lists the offers of one biller in the order of their ids", async () => {
    const { offers } = await open();
    for (const one of [anOffer(), full, anOffer({ id: "z" }), anOffer({ biller: "other-power" })])
      await offers.put(one);
    expect((await offers.list(biller)).map(({ id }) => id)).toEqual(["a-full-one", "first-three", "z"]);
    expect(await offers.list("nobody" as BillerId)).toEqual([]);
  });

  it("lists for pages what was taken of each budget, and how many codes a coupon has had", async () => {
    const { offers, counters, couponPool } = await open();
    await offers.put(full);
    await offers.put(anOffer({ budget: { count: 7 } }));
    await counters.save({ name: budgetCounter(full), n: 2, sum: 7_000, version: 2 }, 0);
    await couponPool.add({ biller, offer: full.id }, ["AB12", "CD34", "EF56"]);
    expect(await offers.listCached(biller)).toEqual([
      { ...full, taken: { n: 2, sum: 7_000 }, codes: 3 },
      { ...anOffer({ budget: { count: 7 } }), taken: { n: 0, sum: 0 } },
    ]);
  });
}

const of = { biller, offer, customer: aCustomer().id };

/** Promises about what customers had of offers. */
export function customerOffersContract(open: () => Promise<CustomerOfferStore>): void {
  it("takes as many payments as the limit says, each once however often it is told", async () => {
    const customers = await open();
    expect(await customers.count(of)).toBe(0);
    const takes = ["a", "b", "b", "c", "a"];
    const answers: boolean[] = [];
    for (const payment of takes) answers.push(await customers.take(of, payment, 2));
    expect(answers).toEqual([true, true, true, false, true]);
    expect(await customers.count(of)).toBe(2);
  });

  it("lets exactly as many through of those that come at once", async () => {
    const customers = await open();
    const takes = ["a", "b", "c", "d", "e", "f"].map((payment) => customers.take(of, payment, 2));
    expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(2);
  });

  it("gives a place back once, down to the last", async () => {
    const customers = await open();
    await customers.take(of, "a", 1);
    for (let n = 0; n < 2; n++) await customers.giveBack(of, "a");
    await customers.giveBack(of, "never-there");
    expect(await customers.count(of)).toBe(0);
    expect(await customers.take(of, "b", 1)).toBe(true);
    expect(await customers.take(of, "a", 1)).toBe(false);
  });

  it("counts each customer, offer and biller alone", async () => {
    const customers = await open();
    await customers.take(of, "a", 1);
    const others = [
      { ...of, customer: "10024" as CustomerId },
      { ...of, offer: "other" as OfferId },
      { ...of, biller: "other-power" as BillerId },
    ];
    for (const other of others) expect(await customers.take(other, "b", 1)).toBe(true);
  });
}

/** Promises about the codes of coupons. */
export function couponPoolContract(open: () => Promise<CouponPool>): void {
  const codesOf = async (pool: CouponPool): Promise<readonly (string | undefined)[]> => {
    const count = await pool.count({ biller, offer });
    return await Promise.all(Array.from({ length: count }, (_, n) => pool.get({ biller, offer }, n + 1)));
  };
  const many = Array.from({ length: 130 }, (_, n) => `CODE-${String(n).padStart(4, "0")}`);

  it("numbers the codes from 1 in the order in which they came", async () => {
    const pool = await open();
    expect(await pool.count({ biller, offer })).toBe(0);
    expect(await pool.add({ biller, offer }, many)).toEqual({ added: 130 });
    expect(await codesOf(pool)).toEqual(many);
    expect(await pool.get({ biller, offer }, 0)).toBeUndefined();
    expect(await pool.get({ biller, offer }, 131)).toBeUndefined();
  });

  it("takes each code once, in one upload or in several", async () => {
    const pool = await open();
    expect(await pool.add({ biller, offer }, ["B", "A", "B"])).toEqual({ added: 2 });
    expect(await pool.add({ biller, offer }, ["A", "C", "B"])).toEqual({ added: 1 });
    expect(await pool.add({ biller, offer }, ["A", "C", "B"])).toEqual({ added: 0 });
    expect(await codesOf(pool)).toEqual(["B", "A", "C"]);
  });

  it("takes the codes of uploads that come at once, each once and without a gap", async () => {
    const pool = await open();
    const parts = [many.slice(0, 60), many.slice(40, 100), many.slice(90)];
    const added = await Promise.all(parts.map((part) => pool.add({ biller, offer }, part)));
    expect(added.reduce((sum, one) => sum + one.added, 0)).toBe(130);
    expect((await codesOf(pool)).toSorted()).toEqual(many);
  });

  it("keeps the pools of offers and billers apart", async () => {
    const pool = await open();
    await pool.add({ biller, offer }, ["A"]);
    expect(await pool.add({ biller, offer: "other" as OfferId }, ["A"])).toEqual({ added: 1 });
    expect(await pool.count({ biller: "other-power" as BillerId, offer })).toBe(0);
  });
}
