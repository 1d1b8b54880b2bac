import { describe, expect, it } from "vitest";
import { fromStripeAmount, stripeAmount } from "../../../functions/adapters/stripe-amount.ts";
import type { CurrencyCode } from "../../../functions/domain/money.ts";

const amountOf = (value: number, currency: string) => stripeAmount({ value, currency: currency as CurrencyCode });

describe("stripeAmount", () => {
  it.each([
    ["hundredths as they are", 8_540, "SGD", 8_540],
    ["rupees in paise", 124_900, "INR", 124_900],
    ["forints in hundredths", 124_950, "HUF", 124_950],
    ["yen as yen", 500, "JPY", 500],
    ["ariary without their iraimbilanja", 50_000, "MGA", 500],
    ["krónur, which have no smaller unit, in hundredths", 5, "ISK", 500],
    ["Ugandan shillings, which have none either, in hundredths", 5, "UGX", 500],
    ["thousandths of dinars that end in nought", 5_120, "KWD", 5_120],
  ])("writes %s", (_, value, currency, expected) => {
    expect(amountOf(value, currency)).toBe(expected);
  });

  it.each([
    ["a fraction of an ariary", 50_001, "MGA"],
    ["a single fils", 5_124, "KWD"],
    ["thousandths that Stripe does not know", 5_000, "LYD"],
    ["ten-thousandths", 10_000, "CLF"],
  ])("has none for %s", (_, value, currency) => {
    expect(amountOf(value, currency)).toBeUndefined();
  });
});

describe("fromStripeAmount", () => {
  it.each([
    [8_540, "SGD", 8_540],
    [500, "JPY", 500],
    [1_230, "KWD", 1_230],
    [50_000, "ISK", 500],
    [50_000, "UGX", 500],
    [7, "MGA", 700],
  ] as const)("reads %i of %s as %i minor units", (amount, currency, value) => {
    expect(fromStripeAmount(amount, currency as CurrencyCode)).toEqual({ value, currency });
  });

  it.each([
    [50_050, "ISK"],
    [1, "IQD"],
  ] as const)("has nothing for %i of %s", (amount, currency) => {
    expect(fromStripeAmount(amount, currency as CurrencyCode)).toBeUndefined();
  });

  it("reads back whatever can be charged", () => {
    for (const currency of ["INR", "SGD", "BRL", "JPY", "KWD", "ISK", "UGX", "MGA", "XOF"] as CurrencyCode[]) {
      for (const value of [1, 10, 100, 124_900, 99_999_000]) {
        const charged = stripeAmount({ value, currency });
        if (charged !== undefined) expect(fromStripeAmount(charged, currency)).toEqual({ value, currency });
      }
    }
  });
});
