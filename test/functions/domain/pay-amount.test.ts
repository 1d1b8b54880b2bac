import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Exactness } from "../../../functions/domain/bill-input.ts";
import { type CurrencyCode, type Money, money, toDecimal } from "../../../functions/domain/money.ts";
import { chooseAmount, isFixed, payBounds } from "../../../functions/domain/pay-amount.ts";

const inr = (value: number): Money => money(value, "INR" as CurrencyCode);
const owed = inr(124_900);

describe("the bounds of a payment", () => {
  it.each([
    ["EXACT", undefined, 124_900, 124_900],
    ["EXACT", 10_000, 124_900, 124_900],
    ["EXACT_DOWN", 10_000, 10_000, 124_900],
    ["EXACT_DOWN", undefined, 100, 124_900],
    ["EXACT_UP", 10_000, 124_900, undefined],
    ["ANY", 10_000, 10_000, undefined],
    ["ANY", undefined, 100, undefined],
  ] as const)("%s with a minimum of %s is from %s to %s", (exactness, minimum, least, most) => {
    const bounds = payBounds({ exactness, ...(minimum && { minimum: inr(minimum) }) }, owed);
    expect([bounds.minimum.value, bounds.maximum?.value]).toEqual([least, most]);
  });

  it("let the rest be paid when less than the minimum is left", () => {
    const bounds = payBounds({ exactness: "EXACT_DOWN", minimum: inr(10_000) }, inr(5_000));
    expect(bounds).toEqual({ minimum: inr(5_000), maximum: inr(5_000) });
    expect(isFixed(bounds)).toBe(true);
  });

  it("always hold the amount that is owed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Exactness.options),
        fc.integer({ min: 1 }),
        fc.integer({ min: 1 }),
        (exactness, rest, least) => {
          const { minimum, maximum } = payBounds({ exactness, minimum: inr(least) }, inr(rest));
          expect(minimum.value).toBeGreaterThan(0);
          expect(minimum.value).toBeLessThanOrEqual(rest);
          expect(maximum?.value ?? rest).toBeGreaterThanOrEqual(rest);
        },
      ),
    );
  });
});

describe("the amount a payer types", () => {
  const bounds = payBounds({ exactness: "EXACT_DOWN", minimum: inr(10_000) }, owed);
  const english = { bounds, language: "en" };

  it.each([
    ["1249", 124_900],
    ["1,249.00", 124_900],
    [" ₹ 500.5 ", 50_050],
    ["Rs. 100", 10_000],
    ["INR 100", 10_000],
    ["100 rs", 10_000],
    ["৫০০", 50_000],
    ["५००.२५", 50_025],
    ["500.", 50_000],
    ["0500", 50_000],
    ["500,5", 50_050],
  ])("%j is %s paise", (typed, value) => {
    expect(chooseAmount(typed, owed, english)).toEqual({ amount: inr(value) });
  });

  it.each([
    ["", "missing"],
    ["  ₹ ", "missing"],
    ["five hundred", "malformed"],
    ["500.005", "malformed"],
    ["-500", "malformed"],
    ["1e3", "malformed"],
    ["5٫5", "malformed"],
    ["9".repeat(39), "malformed"],
    ["1.249", "malformed"],
    ["12,49", "too-low"],
    ["$ 500", "malformed"],
    ["₹₹500", "malformed"],
    ["1,2,49", "malformed"],
    ["1,249.50.1", "malformed"],
    [".50", "malformed"],
    ["99.99", "too-low"],
    ["0", "too-low"],
    ["1249.01", "too-high"],
    ["1,24,900", "too-high"],
  ])("%j is refused as %s", (typed, fault) => {
    expect(chooseAmount(typed, owed, english)).toEqual({ fault });
  });

  it("is what is owed when there was no field for it", () => {
    expect(chooseAmount(undefined, owed, english)).toEqual({ amount: owed });
  });

  it("cannot differ from what is owed when the amount is exact", () => {
    const exact = { bounds: payBounds({ exactness: "EXACT" }, owed), language: "en" };
    expect(chooseAmount("1249", owed, exact)).toEqual({ amount: owed });
    expect(chooseAmount("1248.99", owed, exact)).toEqual({ fault: "fixed" });
    expect(chooseAmount("1249.01", owed, exact)).toEqual({ fault: "fixed" });
  });

  it("is taken as the field was filled in advance, also where the language would read it as grouped", () => {
    const dinars = money(1_249, "KWD" as CurrencyCode);
    const any = { bounds: payBounds({ exactness: "ANY" }, dinars), language: "pt" };
    expect(chooseAmount("1.249", dinars, any)).toEqual({ amount: dinars });
  });

  it.each([
    ["EXACT", { fault: "fixed" }],
    ["EXACT_DOWN", { fault: "too-high" }],
    ["ANY", { amount: money(1_249, "KWD" as CurrencyCode) }],
  ] as const)("is what the field was filled with, under %s, also where less is owed by now", (exactness, chosen) => {
    const [less, minimum] = [money(1_000, "KWD" as CurrencyCode), money(500, "KWD" as CurrencyCode)];
    const limits = { bounds: payBounds({ exactness, minimum }, less), language: "es" };
    expect(chooseAmount("1.249", less, limits)).toEqual(chosen);
  });

  it("is read back as it was written, within its bounds and never beyond", () => {
    fc.assert(
      fc.property(fc.constantFrom(...Exactness.options), fc.integer({ min: 0, max: 300_000 }), (exactness, value) => {
        const limits = payBounds({ exactness, minimum: inr(10_000) }, owed);
        const chosen = chooseAmount(toDecimal(inr(value)), owed, { bounds: limits, language: "hi" });
        const within = value >= limits.minimum.value && value <= (limits.maximum?.value ?? Number.POSITIVE_INFINITY);
        if (within) expect(chosen).toEqual({ amount: inr(value) });
        else expect(chosen).toHaveProperty("fault");
      }),
    );
  });
});
