import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { devices } from "../../local/console/devices.ts";
import { openPayingTown, type PayingTown } from "./paying-town.ts";

let town: PayingTown;

const offers = JSON.parse(readFileSync("examples/offers.json", "utf8")) as { readonly "first-three": object };
const path = "/v1/billers/power/offers/first-three";

beforeAll(async () => {
  town = await openPayingTown("2026-11-16T03:00:00Z");
  expect((await town.api("PUT", path, offers["first-three"])).status).toBe(201);
}, 60_000);
afterAll(() => town.stop());

/** As a person sees it: bots are shown no offers. */
const page = async (link: string): Promise<string> =>
  (await fetch(link, { headers: { "user-agent": devices.android } })).text();

describe("₹35 cashback on each of a customer's first three payments", () => {
  it("is promised before and granted after, three times and not a fourth", async () => {
    const customer = { id: "regular", addresses: { email: "regular@example.org" } };
    for (const n of [1, 2, 3, 4]) {
      const { link, code } = await town.bill(`month-${n}`, {}, { customer, category: "electricity" });
      await town.wait({ minutes: 2 });
      const before = await page(link);
      await town.pay({ code, via: "razorpay" });
      const after = await page(link);
      const awards = (await town.story(`month-${n}`)).timeline.filter(({ kind }) => kind === "award");
      const isFirstThree = n <= 3;
      expect([n, before.includes("You may get ₹35.00 back")]).toEqual([n, isFirstThree]);
      expect([n, after.includes("You get ₹35.00 back")]).toEqual([n, isFirstThree]);
      expect(awards).toMatchObject([
        { offer: "first-three", state: isFirstThree ? "granted" : "denied", value: { value: 3_500, currency: "INR" } },
      ]);
    }
    const told = await Promise.all([1, 2, 3, 4].map((n) => town.told(`month-${n}`)));
    expect(told.map((events) => events.includes("offer.awarded"))).toEqual([true, true, true, false]);
    expect((await town.api("GET", path)).body).toMatchObject({ taken: { count: 3, amount: { value: 10_500 } } });
  });

  it("is never spoken of in a message about the bill", () => {
    for (const { text } of town.phone("regular@example.org")) expect(text).not.toContain("35.00");
  });

  it("is reversed where the payment goes back", async () => {
    const { code } = await town.bill("reversed", { email: "reversed@example.org" }, { category: "electricity" });
    const { paymentId } = await town.pay({ code, via: "razorpay" });
    await town.api("POST", "/sandbox/refund", { paymentId });
    await town.wait({ minutes: 2 });
    const { timeline } = await town.story("reversed");
    expect(timeline.filter(({ kind }) => kind === "award")).toMatchObject([{ state: "reversed" }]);
    expect(await town.told("reversed")).toEqual(["bill.paid", "offer.awarded", "bill.refunded", "offer.reversed"]);
  });

  it("is for bills of its categories only", async () => {
    const { link, code } = await town.bill("water", { email: "water@example.org" }, { category: "water" });
    expect(await page(link)).not.toContain("35.00");
    await town.pay({ code, via: "razorpay" });
    expect(await town.told("water")).toEqual(["bill.paid"]);
  });
});
