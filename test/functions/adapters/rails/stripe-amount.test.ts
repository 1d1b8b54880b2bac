import { describe, expect, it } from "vitest";
import { stripeAmount } from "../../../../functions/adapters/rails/stripe-amount.ts";
import type { CurrencyCode } from "../../../../functions/domain/money.ts";

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
