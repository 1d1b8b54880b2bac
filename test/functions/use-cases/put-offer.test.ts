import { describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { budgetCounter, OfferSettings } from "../../../functions/domain/offer.ts";
import { putOffer } from "../../../functions/use-cases/put-offer.ts";
import { aBiller, anOffer } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const { id: offer, biller } = anOffer();
const settingsOf = (changes: object = {}) =>
  OfferSettings.parse({ title: "₹35 back", kind: "cashback", amount: { value: 3_500, currency: "INR" }, ...changes });

async function office() {
  const ports = memoryPorts();
  await ports.billers.put(aBiller());
  const put = (changes: object = {}) => putOffer(ports, { biller, offer, settings: settingsOf(changes) });
  return { ports, put };
}

describe("putting an offer", () => {
  it("creates it, and then replaces it whole", async () => {
    const { ports, put } = await office();
    expect(await put({ perCustomer: 3 })).toMatchObject({ outcome: "created", offer: { id: offer, perCustomer: 3 } });
    expect(await put()).toMatchObject({ outcome: "replaced" });
    expect(await ports.offers.get(biller, offer)).toEqual({ ...settingsOf(), id: offer, biller });
  });

  it("is for a biller that there is", async () => {
    const { ports } = await office();
    const command = { biller: "nobody" as BillerId, offer, settings: settingsOf() };
    await expect(putOffer(ports, command)).rejects.toMatchObject({ code: "not-found" });
  });

  it("may change everything while nothing was granted", async () => {
    const { put } = await office();
    await put();
    expect(await put({ amount: { value: 100, currency: "USD" } })).toMatchObject({ outcome: "replaced" });
    expect(await put({ kind: "coupon" })).toMatchObject({ outcome: "replaced" });
  });

  it("keeps its currency and its kind once it granted something; all else may change", async () => {
    const { ports, put } = await office();
    await put();
    await ports.counters.save({ name: budgetCounter(anOffer()), n: 1, sum: 3_500, version: 1 }, 0);
    await expect(put({ amount: { value: 100, currency: "USD" } })).rejects.toMatchObject({ code: "conflict" });
    await expect(put({ kind: "coupon" })).rejects.toMatchObject({ code: "conflict" });
    expect(await put({ amount: { value: 100, currency: "INR" }, paused: true })).toMatchObject({ outcome: "replaced" });
  });
});
