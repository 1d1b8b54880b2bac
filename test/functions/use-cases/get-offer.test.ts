import { describe, expect, it } from "vitest";
import { budgetCounter, type OfferId } from "../../../functions/domain/offer.ts";
import { findOffers, getOffer } from "../../../functions/use-cases/get-offer.ts";
import { aBiller, anOffer } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const { biller } = anOffer();

async function office() {
  const ports = memoryPorts();
  const coupon = anOffer({ id: "a-coupon", kind: "coupon" });
  await ports.billers.put(aBiller());
  await ports.offers.put(anOffer());
  await ports.offers.put(coupon);
  await ports.couponPool.add({ biller, offer: coupon.id }, ["AB12", "CD34", "EF56"]);
  await ports.counters.save({ name: budgetCounter(coupon), n: 2, sum: 7_000, version: 2 }, 0);
  return { ports, coupon };
}
const rupees = (value: number) => ({ value, currency: "INR" });

describe("asking for offers", () => {
  it("answers one with what was taken of it", async () => {
    const { ports, coupon } = await office();
    const nothing = { count: 0, amount: rupees(0) };
    expect(await getOffer(ports, { biller, offer: anOffer().id })).toEqual({ ...anOffer(), taken: nothing });
    const taken = { count: 2, amount: rupees(7_000) };
    expect(await getOffer(ports, { biller, offer: coupon.id })).toEqual({ ...coupon, taken, codesLeft: 1 });
  });

  it("answers not-found for one that there is not", async () => {
    const { ports } = await office();
    await expect(getOffer(ports, { biller, offer: "none" as OfferId })).rejects.toMatchObject({ code: "not-found" });
  });

  it("answers not-found for a biller that there is not, and an empty list for one without offers", async () => {
    const ports = memoryPorts();
    await expect(findOffers(ports, biller)).rejects.toMatchObject({ code: "not-found" });
    await ports.billers.put(aBiller());
    expect(await findOffers(ports, biller)).toEqual([]);
  });

  it("answers all of a biller in the order of their ids", async () => {
    const { ports } = await office();
    const found = await findOffers(ports, biller);
    expect(found.map(({ id, taken }) => [id, taken.count])).toEqual([
      ["a-coupon", 2],
      ["first-three", 0],
    ]);
  });
});
