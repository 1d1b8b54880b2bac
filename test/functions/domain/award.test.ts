import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isUndone, mayBeGranted, plannedAwards, withGranted, worthOf } from "../../../functions/domain/award.ts";
import type { Money } from "../../../functions/domain/money.ts";
import type { Offer } from "../../../functions/domain/offer.ts";
import type { PaymentOutcome } from "../../../functions/domain/payment.ts";
import { aBill, aBiller, anAward, anOffer, aPayment } from "../../support/builders.ts";

const now = Date.parse("2026-11-20T18:31:00+05:30");
const rupees = (value: number): Money => ({ value, currency: "INR" }) as Money;

type About = Partial<Parameters<typeof plannedAwards>[1]>;
const planned = (offers: readonly Offer[], about: About = {}) =>
  plannedAwards(offers, { payment: aPayment(), bill: aBill(), biller: aBiller(), outcome: "full", now, ...about });
const ids = (offers: readonly Offer[], about: About = {}) => planned(offers, about)?.map(({ offer }) => offer);

describe("what is planned for a payment", () => {
  it("is the award of the offer it fits", () => {
    const title = anOffer().title;
    const award = { offer: "first-three", kind: "cashback", title, exclusive: true, value: 3_500, state: "planned" };
    expect(planned([anOffer()])).toEqual([{ ...award, at: now }]);
  });

  it("is nothing where no offer fits", () => {
    expect(planned([])).toBeUndefined();
    expect(planned([anOffer({ paused: true })])).toBeUndefined();
  });

  it.each<[PaymentOutcome, boolean]>([
    ["full", true],
    ["partial", true],
    ["over", true],
    ["duplicate", false],
    ["late", false],
    ["wrong-currency", false],
    ["unmatched", false],
  ])("depends on the outcome: %s, %s", (outcome, isAwarded) => {
    expect(planned([anOffer()], { outcome }) !== undefined).toBe(isAwarded);
  });

  it("is nothing for a refund that came before its payment, and for a payment that was given back", () => {
    expect(planned([anOffer()], { payment: aPayment({ confirmed: false }) })).toBeUndefined();
    expect(planned([anOffer()], { payment: aPayment({ refunded: 124_900 }) })).toBeUndefined();
  });

  it("looks at what a refund has left of the payment", () => {
    const offer = anOffer({ minimum: rupees(100_000) });
    expect(planned([offer], { payment: aPayment({ refunded: 24_900 }) })).toBeDefined();
    expect(planned([offer], { payment: aPayment({ refunded: 24_901 }) })).toBeUndefined();
  });

  it("goes by the day of the payment in the biller's zone", () => {
    const onlyOn = anOffer({ from: "2026-11-21", until: "2026-11-21" });
    const paid = (text: string) => ({ payment: aPayment({ paidAt: Date.parse(text) }) });
    expect(planned([onlyOn], paid("2026-11-20T23:59:59+05:30"))).toBeUndefined();
    expect(planned([onlyOn], paid("2026-11-21T00:00:00+05:30"))).toBeDefined();
    expect(planned([onlyOn], paid("2026-11-21T23:59:59+05:30"))).toBeDefined();
    expect(planned([onlyOn], paid("2026-11-22T00:00:00+05:30"))).toBeUndefined();
  });

  it.each([
    ["upi", ["upi"], true],
    ["razorpay-upi", ["upi"], true],
    ["razorpay-upi", ["card", "razorpay-upi"], true],
    ["upi-lite", ["upi"], false],
    ["jupi", ["upi"], false],
    ["razorpay-card", ["upi"], false],
    [undefined, ["upi"], false],
    [undefined, undefined, true],
  ])("goes by the rail: %s among %s, %s", (rail, rails, isFit) => {
    const { rail: _upi, ...payment } = aPayment();
    const offer = anOffer(rails ? { rails } : {});
    expect(planned([offer], { payment: rail ? { ...payment, rail } : payment }) !== undefined).toBe(isFit);
  });

  it("goes by the category of the bill", () => {
    expect(planned([anOffer({ categories: ["water", "electricity"] })])).toBeDefined();
    expect(planned([anOffer({ categories: ["water"] })])).toBeUndefined();
    const { category: _, ...uncategorized } = aBill();
    expect(planned([anOffer({ categories: ["electricity"] })], { bill: uncategorized })).toBeUndefined();
  });

  it("is in the payment's currency", () => {
    expect(planned([anOffer({ amount: { value: 3_500, currency: "USD" } })])).toBeUndefined();
  });

  it("is of the exclusive offers first the one worth most, then the others in case it is spent, and all that stand beside any", () => {
    const offers = [
      anOffer({ id: "beside-b", stacking: "with-others" }),
      anOffer({ id: "ten", amount: rupees(1_000) }),
      anOffer({ id: "beside-a", stacking: "with-others" }),
      anOffer({ id: "forty", amount: rupees(4_000) }),
      anOffer({ id: "also-ten", amount: rupees(1_000) }),
    ];
    expect(ids(offers)).toEqual(["forty", "also-ten", "ten", "beside-a", "beside-b"]);
  });

  it("is nothing where a percentage comes to less than the smallest coin", () => {
    const { amount: _, ...rest } = anOffer();
    const offer = { ...rest, percent: "0.01", cap: rupees(100) } as Offer;
    expect(planned([offer], { payment: aPayment({ amount: rupees(9_999) }) })).toBeUndefined();
    expect(planned([offer], { payment: aPayment({ amount: rupees(10_000) }) })).toMatchObject([{ value: 1 }]);
  });
});

const amounts = fc.integer({ min: 1, max: 1_000_000_000_000 });
const offerOf = fc.record(
  {
    id: fc.stringMatching(/^[a-z]{1,6}$/),
    stacking: fc.constantFrom("exclusive" as const, "with-others" as const),
    minimum: amounts.map(rupees),
    from: fc.constantFrom("2026-11-19", "2026-11-20", "2026-11-21"),
    until: fc.constantFrom("2026-11-19", "2026-11-20", "2026-11-21"),
    rails: fc.constantFrom(["upi"], ["card"]),
    worth: fc.oneof(
      amounts.map((value) => ({ amount: rupees(value) })),
      fc
        .record({ hundredths: fc.integer({ min: 1, max: 10_000 }), cap: amounts })
        .map(({ hundredths, cap }) => ({ percent: (hundredths / 100).toFixed(2), cap: rupees(cap) })),
    ),
  },
  { requiredKeys: ["id", "worth"] },
);
const offersOf = fc.uniqueArray(offerOf, { selector: ({ id }) => id, maxLength: 6 }).map((all) =>
  all.map(({ worth, ...rest }) => {
    const { amount: _, ...offer } = anOffer(rest as object);
    return { ...offer, ...worth } as Offer;
  }),
);

describe("for any offers and any payment", () => {
  it("each award is at most the payment, the cap and the exact share, and less than one unit under the least of them", () => {
    fc.assert(
      fc.property(offersOf, amounts, (offers, value) => {
        for (const award of planned(offers, { payment: aPayment({ amount: rupees(value) }) }) ?? []) {
          const offer = offers.find(({ id }) => id === award.offer);
          const hundredths = BigInt(Math.round(Number(offer?.percent ?? 0) * 100));
          const exact = offer?.amount ? BigInt(offer.amount.value) * 10_000n : BigInt(value) * hundredths;
          const bounds = [exact, BigInt(value) * 10_000n, ...(offer?.cap ? [BigInt(offer.cap.value) * 10_000n] : [])];
          const least = bounds.reduce((a, b) => (a < b ? a : b));
          const worth = BigInt(award.value ?? 0) * 10_000n;
          expect(worth <= least && least - worth < 10_000n).toBe(true);
        }
      }),
    );
  });

  it("the plan is the same in whatever order the offers come, and none is in it twice", () => {
    fc.assert(
      fc.property(offersOf, amounts, (offers, value) => {
        const about = { payment: aPayment({ amount: rupees(value) }) };
        const plan = planned(offers, about);
        expect(planned(offers.toReversed(), about)).toEqual(plan);
        expect(new Set(plan?.map(({ offer }) => offer)).size).toBe(plan?.length ?? 0);
      }),
    );
  });

  it("the first exclusive award is worth no less than any other, and whatever stands beside any is there", () => {
    fc.assert(
      fc.property(offersOf, amounts, (offers, value) => {
        const about = { payment: aPayment({ amount: rupees(value) }) };
        const plan = planned(offers, about) ?? [];
        const exclusive = plan.filter((award) => award.exclusive).map((award) => award.value ?? 0);
        expect(Math.max(0, ...exclusive)).toBe(exclusive[0] ?? 0);
        const alone = offers.filter((offer) => offer.stacking === "with-others" && planned([offer], about));
        expect(plan.filter((award) => !award.exclusive).map(({ offer }) => offer)).toEqual(
          alone.map(({ id }) => id).sort(),
        );
      }),
    );
  });
});

describe("what an offer is worth", () => {
  it("is exact where a float would not be", () => {
    const { amount: _, ...rest } = anOffer();
    const offer = { ...rest, percent: "99.99", cap: rupees(1_000_000_000_000) } as Offer;
    expect(worthOf(offer, rupees(999_999_999_999))).toBe(999_899_999_999);
  });

  it("is nothing that can be named for a coupon without a value", () => {
    const { amount: _, ...coupon } = anOffer({ kind: "coupon" });
    expect(worthOf(coupon as Offer, rupees(1))).toBeUndefined();
  });
});

describe("granting one award of several", () => {
  const waiting = (offer: string, exclusive = true) =>
    anAward({ offer, state: "planned", ...(exclusive && { exclusive: true }) });

  it("drops the exclusive ones that waited for it to fail, and nothing else", () => {
    const denied = anAward({ offer: "a", state: "denied", reason: "budget-spent", exclusive: true });
    const [b, c, d] = [waiting("b"), waiting("c"), waiting("d", false)];
    const granted = { ...b, state: "granted" as const };
    expect(withGranted([denied, b, c, d], granted)).toEqual([denied, granted, d]);
    expect(withGranted([b, d], { ...d, state: "granted" })).toEqual([b, { ...d, state: "granted" }]);
  });

  it("is for one that is planned, or was denied for the limit while another run had its place", () => {
    const may = (award: ReturnType<typeof anAward>, others: readonly ReturnType<typeof anAward>[] = []) =>
      mayBeGranted([award, ...others], award);
    expect(may(waiting("a"))).toBe(true);
    expect(may(anAward({ state: "denied", reason: "customer-limit" }))).toBe(true);
    expect(may(anAward({ state: "denied", reason: "budget-spent" }))).toBe(false);
    expect(may(anAward({ state: "denied", reason: "no-codes-left" }))).toBe(false);
    expect(may(anAward({ state: "granted" }))).toBe(false);
    expect(may(anAward({ state: "reversed" }))).toBe(false);
    expect(may(waiting("a"), [anAward({ offer: "b", exclusive: true })])).toBe(false);
    expect(may(waiting("a"), [anAward({ offer: "b" })])).toBe(true);
    expect(may(waiting("a", false), [anAward({ offer: "b", exclusive: true })])).toBe(true);
  });
});

describe("an award of a payment that was refunded", () => {
  it("is undone when all is given back, or what is left is under the offer's minimum", () => {
    const refunded = (value: number) => aPayment({ refunded: value });
    const offer = anOffer({ minimum: rupees(100_000) });
    expect(isUndone(refunded(0), anOffer({ minimum: rupees(200_000) }))).toBe(false);
    expect(isUndone(refunded(24_900), offer)).toBe(false);
    expect(isUndone(refunded(24_901), offer)).toBe(true);
    expect(isUndone(refunded(124_899), anOffer())).toBe(false);
    expect(isUndone(refunded(124_899), undefined)).toBe(false);
    expect(isUndone(refunded(124_900), undefined)).toBe(true);
  });
});
