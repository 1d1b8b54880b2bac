import { describe, expect, it } from "vitest";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import type { Money } from "../../../functions/domain/money.ts";
import type { Offer } from "../../../functions/domain/offer.ts";
import { grantedAwards, offersFor, offerView, possibleOffers } from "../../../functions/domain/offer-view.ts";
import { anAward, anOffer, aPayment } from "../../support/builders.ts";

const rupees = (value: number): Money => ({ value, currency: "INR" }) as Money;
const judged = { amount: rupees(124_900), date: "2026-11-20" as LocalDate, category: "electricity" };
const counted = (offer: Offer, n = 0, more: { readonly sum?: number; readonly codes?: number } = {}) => {
  const { sum = n * 3_500, ...codes } = more;
  return { ...offer, taken: { n, sum }, ...codes };
};
const isSaid = (offer: ReturnType<typeof counted>): boolean => offersFor([offer], judged).length > 0;

describe("an offer as the API answers it", () => {
  it("says what was taken, in money where the offer has a currency, and how many codes are left", () => {
    expect(offerView(counted(anOffer(), 3))).toEqual({ ...anOffer(), taken: { count: 3, amount: rupees(10_500) } });
    const { amount: _, ...coupon } = anOffer({ kind: "coupon" });
    expect(offerView(counted(coupon as Offer, 3, { sum: 0, codes: 10 }))).toEqual({
      ...coupon,
      taken: { count: 3 },
      codesLeft: 7,
    });
  });
});

describe("the offers a page may speak of", () => {
  it("are those that paying now would fit", () => {
    expect(isSaid(counted(anOffer()))).toBe(true);
    expect(isSaid(counted(anOffer({ minimum: rupees(124_901) })))).toBe(false);
    expect(isSaid(counted(anOffer({ until: "2026-11-19" })))).toBe(false);
    expect(isSaid(counted(anOffer({ paused: true })))).toBe(false);
    expect(isSaid(counted(anOffer({ categories: ["water"] })))).toBe(false);
  });

  it.each([
    [100_000, 97_999, true],
    [100_000, 98_000, false],
    [500, 479, true],
    [500, 480, false],
    [20, 0, false],
  ])("are those with more than a fiftieth and twenty awards left: of %i, %i taken, %s", (count, taken, said) => {
    expect(isSaid(counted(anOffer({ budget: { count } }), taken))).toBe(said);
  });

  it.each([
    [350_000_000, 342_999_999, true],
    [350_000_000, 343_000_000, false],
    [100_000, 29_999, true],
    [100_000, 30_000, false],
  ])("and the same of their money: of %i, %i taken, %s", (value, sum, said) => {
    expect(isSaid(counted(anOffer({ budget: { amount: rupees(value) } }), 1, { sum }))).toBe(said);
  });

  it("and of their codes", () => {
    const coupon = anOffer({ kind: "coupon" });
    expect(isSaid(counted(coupon, 10, { codes: 31 }))).toBe(true);
    expect(isSaid(counted(coupon, 10, { codes: 30 }))).toBe(false);
    expect(isSaid(counted(coupon))).toBe(false);
  });

  it("stand with those worth most first", () => {
    const offers = [
      counted(anOffer({ id: "b", amount: rupees(100) })),
      counted(anOffer({ id: "c" })),
      counted(anOffer({ id: "a", amount: rupees(100) })),
    ];
    expect(offersFor(offers, judged).map(({ id }) => id)).toEqual(["c", "a", "b"]);
  });
});

describe("what a page says of offers", () => {
  it("is what they would come to, on which rails and until when", () => {
    const offer = anOffer({ rails: ["upi"], until: "2027-01-31" });
    expect(possibleOffers([offer], judged)).toEqual([
      { title: offer.title, kind: "cashback", value: rupees(3_500), rails: ["upi"], until: "2027-01-31" },
    ]);
  });

  it("is of the exclusive ones the first that is for every rail, with those before it, and three at most", () => {
    const titled = (title: string, rest: object = {}): Offer => anOffer({ id: title, title, ...rest });
    const upi = titled("upi", { rails: ["upi"] });
    const beside = (title: string) => titled(title, { stacking: "with-others" });
    const said = (...offers: readonly Offer[]) => possibleOffers(offers, judged).map(({ title }) => title);
    expect(said(titled("a"), titled("b"), upi, beside("c"))).toEqual(["a", "c"]);
    expect(said(upi, titled("a"), titled("b"))).toEqual(["upi", "a"]);
    expect(said(beside("c"), beside("d"), beside("e"), beside("f"))).toEqual(["c", "d", "e"]);
  });
});

describe("what a receipt says of awards", () => {
  it("is what was granted and not taken back, with the code for its customer", () => {
    const coupon = anAward({ offer: "coupon", kind: "coupon", title: "A coupon", coupon: { n: 7, code: "AB12-CD34" } });
    const awards = [
      anAward(),
      coupon,
      anAward({ offer: "b", state: "planned" }),
      anAward({ offer: "c", state: "denied", reason: "budget-spent" }),
      anAward({ offer: "d", state: "reversed" }),
    ];
    expect(grantedAwards(aPayment({ awards }))).toEqual([
      { title: anOffer().title, kind: "cashback", value: rupees(3_500) },
      { title: "A coupon", kind: "coupon", value: rupees(3_500), code: "AB12-CD34" },
    ]);
    expect(grantedAwards(aPayment())).toEqual([]);
  });
});
