import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CurrencyCode, formatMoney, money, toDecimal } from "../../../functions/domain/money.ts";
import { readAmount } from "../../../functions/domain/typed-amount.ts";

const read = (text: string, currency: string, language: string) => {
  const amount = readAmount(text, currency as CurrencyCode, language);
  return typeof amount === "string" ? amount : toDecimal(amount);
};

describe("an amount as people write it", () => {
  it.each([
    ["R$ 1.249,50", "BRL", "pt", "1249.50"],
    ["1249,50", "BRL", "pt", "1249.50"],
    ["1249.50", "BRL", "pt", "1249.50"],
    ["1,249.50", "BRL", "pt", "1249.50"],
    ["1.249", "BRL", "pt", "1249.00"],
    ["1,249.", "BRL", "pt", "1249.00"],
    ["1.249.500", "BRL", "pt", "1249500.00"],
    ["12,5", "BRL", "pt", "12.50"],
    ["12.5", "BRL", "pt", "12.50"],
    ["brl 12", "BRL", "pt", "12.00"],
    ["1,249", "INR", "en", "1249.00"],
    ["1.249,50 ₹", "INR", "en", "1249.50"],
    ["1,24,900.5", "INR", "hi", "124900.50"],
    ["S$85.40", "SGD", "en", "85.40"],
    ["$85.40", "SGD", "en", "85.40"],
    ["US$ 85.40", "USD", "es", "85.40"],
    ["1 249,50 €", "EUR", "es", "1249.50"],
    ["1'249.50", "CHF", "en", "1249.50"],
    ["1,249", "JPY", "en", "1249"],
    ["1.249", "KWD", "en", "1.249"],
    ["1.249", "KWD", "es", "1.249"],
    ["1.249", "KWD", "pt", "1.249"],
    ["1.249.000", "KWD", "es", "1249000.000"],
    ["1,249", "KWD", "en", "1249.000"],
    ["1249,500", "KWD", "en", "1249.500"],
  ])("%j of %s in %s is %s", (text, currency, language, decimal) => {
    expect(read(text, currency, language)).toBe(decimal);
  });

  it.each([
    ["1,249", "BRL", "pt"],
    ["1.249", "INR", "en"],
    ["1.249", "JPY", "en"],
    ["1.24.900", "INR", "en"],
    ["12.49,500", "BRL", "pt"],
    ["R$ 500", "INR", "en"],
    ["€ 500", "SGD", "en"],
    ["1249,5,0", "BRL", "pt"],
    ["1.249,505", "BRL", "pt"],
    ["10000000000", "INR", "en"],
    ["Infinity", "INR", "en"],
    ["0x10", "INR", "en"],
  ])("%j of %s in %s makes no sense that is sure", (text, currency, language) => {
    expect(read(text, currency, language)).toBe("malformed");
  });

  it("is read back as fields are filled with it", () => {
    const currencies = fc.constantFrom("INR", "BRL", "SGD", "JPY", "KWD");
    const languages = fc.constantFrom("en", "bn", "hi", "ta", "pt", "es");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 - 1 }), currencies, languages, (value, currency, language) => {
        const amount = money(value, currency as CurrencyCode);
        expect(read(toDecimal(amount), currency, language)).toBe(toDecimal(amount));
      }),
    );
  });

  it("is read back as any page writes it", () => {
    const currencies = fc.constantFrom("INR", "BRL", "SGD", "USD", "EUR", "JPY", "KWD");
    const languages = fc.constantFrom("en", "bn", "hi", "ta", "pt", "es");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 - 1 }), currencies, languages, (value, currency, language) => {
        const amount = money(value, currency as CurrencyCode);
        expect(read(formatMoney(amount, language), currency, language)).toBe(toDecimal(amount));
      }),
    );
  });

  it("never throws, and takes nothing but an amount in range", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom("INR", "BRL", "JPY"), (text, currency) => {
        const amount = readAmount(text, currency as CurrencyCode, "pt");
        if (typeof amount !== "string") expect(Number.isSafeInteger(amount.value) && amount.value >= 0).toBe(true);
        else expect(["missing", "malformed"]).toContain(amount);
      }),
    );
  });
});
