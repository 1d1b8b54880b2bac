import { describe, expect, it } from "vitest";
import { OfferId, OfferSettings } from "../../../functions/domain/offer.ts";
import { asSent, refusals } from "./refusals.ts";

const rupees = (value: number) => ({ value, currency: "INR" });
const dollars = (value: number) => ({ value, currency: "USD" });

/** ₹35 back on each of a customer's first three payments. */
const firstThree = {
  title: "₹35 back on each of your first three payments",
  kind: "cashback",
  amount: rupees(3_500),
  perCustomer: 3,
};
const refused = (changes: object): readonly string[] => refusals(OfferSettings, asSent({ ...firstThree, ...changes }));
const percent = { amount: undefined, percent: "2.5", cap: rupees(5_000) };
const coupon = { kind: "coupon", amount: undefined };

describe("an offer", () => {
  it("may be the one of the example, with everything that an offer can say", () => {
    expect(refused({})).toEqual([]);
    expect(
      refused({
        minimum: rupees(100),
        from: "2026-12-01",
        until: "2027-01-31",
        rails: ["upi"],
        categories: ["electricity"],
        budget: { count: 100_000, amount: rupees(350_000_000) },
        stacking: "with-others",
        paused: true,
      }),
    ).toEqual([]);
  });

  it.each([
    ["a percentage with its cap", percent],
    ["a coupon without a value", coupon],
    ["a coupon with a value", { kind: "coupon" }],
    ["a coupon that is a percentage", { ...percent, kind: "coupon" }],
    ["one day", { from: "2026-12-01", until: "2026-12-01" }],
    ["a budget of money alone", { budget: { amount: rupees(1) } }],
  ])("may be %s", (_what, changes) => {
    expect(refused(changes)).toEqual([]);
  });

  it.each([
    ["a cashback of nothing", { amount: undefined }, "amount: is required for a cashback without percent"],
    ["both an amount and a percentage", { percent: "5" }, "percent: must not stand beside amount"],
    ["a cap of an amount", { cap: rupees(5_000) }, "cap: goes with percent only"],
    ["a percentage without end", { ...percent, cap: undefined }, "cap: is required with percent"],
    [
      "another currency for the minimum",
      { minimum: dollars(1) },
      "minimum.currency: must be INR, as elsewhere in the offer",
    ],
    [
      "another currency for the budget",
      { budget: { amount: dollars(1) } },
      "budget.amount.currency: must be INR, as elsewhere in the offer",
    ],
    [
      "another currency for the cap's percentage",
      { ...percent, minimum: dollars(1) },
      "minimum.currency: must be INR, as elsewhere in the offer",
    ],
    ["an end before its beginning", { from: "2026-12-02", until: "2026-12-01" }, "until: must not be before from"],
    [
      "money for coupons that are worth none",
      { ...coupon, budget: { amount: rupees(1) } },
      "budget.amount: needs an offer with amount or percent",
    ],
    ["a budget of nothing", { budget: {} }, "budget: needs a count or an amount"],
    ["rails without one", { rails: [] }, "rails: must name at least one"],
    ["a rail that none can be", { rails: ["UPI"] }, "rails.0: must be the name of a rail, such as upi"],
    [
      "a category that no bill has",
      { categories: ["Electricity!"] },
      "categories.0: must be a category of bills, such as electricity",
    ],
    ["nothing for nothing", { amount: rupees(0) }, "amount.value: must be more than zero"],
    ["more than everything", { ...percent, percent: "100.01" }, "percent: must be a percentage such as 5 or 2.5"],
    ["no percent at all", { ...percent, percent: "0.00" }, "percent: must be a percentage such as 5 or 2.5"],
  ])("is not taken with %s, and the field is named", (_what, changes, problem) => {
    expect(refused(changes)).toContain(problem);
  });

  it("says of a field that is wrong by itself only that", () => {
    expect(refused({ percent: "five", cap: rupees(1) })).toHaveLength(1);
  });

  it("has an id of small letters, digits and hyphens", () => {
    expect(["first-three", "2026", "a".repeat(40)].every((id) => OfferId.safeParse(id).success)).toBe(true);
    expect(["", "First", "a b", "a/b", "a#b", "a".repeat(41)].some((id) => OfferId.safeParse(id).success)).toBe(false);
  });
});
