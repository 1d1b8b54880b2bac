import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CurrencyCode,
  exponentOf,
  formatMoney,
  fromDecimal,
  localeOf,
  Money,
  money,
  toDecimal,
} from "../../../functions/domain/money.ts";
import { smsSegments } from "../../../functions/domain/sms-segments.ts";
import { refusals } from "./refusals.ts";

const of = (value: number, currency: string): Money => money(value, currency as CurrencyCode);
const rupees = (value: number): Money => of(value, "INR");

const currencies = ["INR", "BRL", "SGD", "USD", "EUR", "JPY", "KWD", "CLF", "VND"] as const;
const anyMoney = fc
  .record({ value: fc.integer({ min: 0, max: 1_000_000_000_000 }), currency: fc.constantFrom(...currencies) })
  .map(({ value, currency }) => of(value, currency));

describe("money", () => {
  it.each([
    ["INR", 2],
    ["BRL", 2],
    ["JPY", 0],
    ["VND", 0],
    ["CLP", 0],
    ["KWD", 3],
    ["TND", 3],
    ["CLF", 4],
    ["HUF", 2],
    ["TWD", 2],
  ])("knows that %s has %i decimal places", (currency, places) => {
    expect(exponentOf(currency)).toBe(places);
  });

  it.each([
    [124_900, "INR", "1249.00"],
    [5, "INR", "0.05"],
    [0, "INR", "0.00"],
    [0, "JPY", "0"],
    [1_249, "JPY", "1249"],
    [1_249, "KWD", "1.249"],
    [1, "CLF", "0.0001"],
  ])("writes %i %s as %s", (value, currency, text) => {
    expect(toDecimal(of(value, currency))).toBe(text);
  });

  it.each([
    ["1249", 124_900],
    ["1249.5", 124_950],
    ["1249.05", 124_905],
    ["0", 0],
    ["007.10", 710],
    ["10000000000.00", 1_000_000_000_000],
  ])("reads %s", (text, value) => {
    expect(fromDecimal(text, "INR" as CurrencyCode)).toEqual(rupees(value));
  });

  it.each([
    "",
    " 1",
    "1.",
    ".5",
    "-1",
    "+1",
    "1,249",
    "1e3",
    "1.234",
    "0x10",
    "१२",
    "1_000",
    "NaN",
    "10000000000.01",
    "999999999999999",
  ])("does not read %j as rupees", (text) => {
    expect(fromDecimal(text, "INR" as CurrencyCode)).toBeUndefined();
  });

  it("takes no decimals of a currency that has none", () => {
    expect(fromDecimal("100.0", "JPY" as CurrencyCode)).toBeUndefined();
    expect(fromDecimal("100", "JPY" as CurrencyCode)).toEqual(of(100, "JPY"));
  });

  it("reads back exactly what it writes, for every amount and currency", () => {
    fc.assert(
      fc.property(anyMoney, (amount) => {
        expect(fromDecimal(toDecimal(amount), amount.currency)).toEqual(amount);
      }),
    );
  });

  it("never reads a text as another number than it says", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,12}(\.\d{1,2})?$/), (text) => {
        const read = fromDecimal(text, "INR" as CurrencyCode);
        if (read) expect(read.value).toBe(Math.round(Number(text) * 100));
        else expect(Number(text)).toBeGreaterThan(10_000_000_000);
      }),
    );
  });

  it("takes whole minor units from zero to a million million, in a currency there is", () => {
    expect(refusals(Money, { value: 0, currency: "INR" })).toEqual([]);
    expect(refusals(Money, { value: 1_000_000_000_000, currency: "INR" })).toEqual([]);
    expect(refusals(Money, { value: 1_000_000_000_001, currency: "INR" })).toEqual(["value: is too large"]);
    expect(refusals(Money, { value: -1, currency: "INR" })).toEqual(["value: must not be negative"]);
    expect(refusals(Money, { value: 12.5, currency: "INR" })).toEqual(["value: must be a whole number of minor units"]);
    expect(refusals(Money, { value: "12", currency: "INR" })).toEqual(["value: must be a whole number of minor units"]);
    for (const currency of ["INX", "inr", "RUPEE", "", "₹"]) {
      expect(refusals(Money, { value: 1, currency })).toEqual([
        "currency: must be an ISO 4217 currency code, such as INR",
      ]);
    }
  });
});

describe("money for a person", () => {
  it.each([
    [of(124_900, "INR"), "en", "₹1,249.00"],
    [of(123_456_789, "INR"), "en", "₹12,34,567.89"],
    [of(124_900, "INR"), "hi", "₹1,249.00"],
    [of(123_456_789, "BRL"), "pt-BR", "R$ 1.234.567,89"],
    [of(5, "SGD"), "en", "$0.05"],
    [of(1_249, "JPY"), "en", "¥1,249"],
    [of(1_249, "KWD"), "en", "KWD 1.249"],
  ])("writes %j in %s as %s", (amount, language, text) => {
    expect(formatMoney(amount, language).replaceAll("\u00A0", " ")).toBe(text);
  });

  it("writes Latin digits in every language", () => {
    for (const language of ["bn", "hi", "ta", "mr", "ar", "fa", "ne", "my"]) {
      expect(formatMoney(rupees(123_456_789), language)).toMatch(
        /^[^\p{Nd}]*12[^\p{Nd}]*34[^\p{Nd}]*567[^\p{Nd}]*89[^\p{Nd}]*$|^[^\p{Nd}]*1[^\p{Nd}]*234[^\p{Nd}]*567[^\p{Nd}]*89[^\p{Nd}]*$/u,
      );
    }
  });

  it.each([
    [rupees(124_900), "bn", "Rs 1,249.00"],
    [rupees(12_345_678_900), "en", "Rs 12,34,56,789.00"],
    [of(123_456, "BRL"), "pt-BR", "BRL 1.234,56"],
    [of(123_456_789, "EUR"), "fr", "EUR 1 234 567,89"],
    [of(123_456_789, "CHF"), "de-CH", "CHF 1 234 567.89"],
  ])("writes %j in a %s SMS as %s", (amount, language, text) => {
    expect(formatMoney(amount, language, "sms")).toBe(text);
  });

  it("never makes an SMS longer than its characters: all are in the GSM alphabet", () => {
    const languages = ["en", "bn", "hi", "ta", "pt-BR", "es", "fr", "de-CH", "sv", "pl", "ar", "fa", "ru"];
    fc.assert(
      fc.property(anyMoney, fc.constantFrom(...languages), (amount, language) => {
        expect(smsSegments(formatMoney(amount, language, "sms")).outsideGsm7).toEqual([]);
      }),
    );
  });

  it("says the same number on the page and in an SMS", () => {
    const digits = (text: string): string => text.replace(/\D/g, "");
    fc.assert(
      fc.property(anyMoney, fc.constantFrom("en", "bn", "pt-BR", "fr"), (amount, language) => {
        expect(Number(digits(formatMoney(amount, language)))).toBe(amount.value);
        expect(Number(digits(formatMoney(amount, language, "sms")))).toBe(amount.value);
      }),
    );
  });

  it("writes in the region where the currency is at home, unless the language names one", () => {
    expect(localeOf("bn", "INR")).toBe("bn-IN");
    expect(localeOf("pt-BR", "BRL")).toBe("pt-BR");
    expect(localeOf("en", "SGD")).toBe("en-SG");
    expect(localeOf("en", "USD")).toBe("en");
    expect(localeOf("en-GB", "INR")).toBe("en-GB");
  });
});
