import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanValue, isPlainUrl } from "../../../../functions/adapters/wording/clean.ts";
import { hostileText } from "./variables.ts";

const joinerInPlace = /(?<=[\u0900-\u0dff])[\u200c\u200d](?=[\u0900-\u0dff])/gu;

describe("a cleaned value", () => {
  it.each([
    ["line breaks and tabs", "Example\r\n\tPower", "Example Power"],
    ["runs of spaces, no-break ones too", "  Example \u00a0 Power ", "Example Power"],
    ["bidirectional controls", "\u202egnp.exe\u202c \u2066a\u2069\u200e", "gnp.exe a"],
    ["zero-width and tag characters", "pay\u200b\u2060\u00ad\u{e0041}pal", "paypal"],
    ["joiners outside Indic words", "pay\u200d\u200cpal", "paypal"],
    ["joiners at the end of a word", "ক\u200d ", "ক"],
    ["terminal escapes", "\u001b[31mred\u0007", "[31mred"],
    ["halves of surrogate pairs", "a\ud83db", "ab"],
    ["decomposed letters", "cafe\u0301", "café"],
  ])("has no %s", (_what, value, cleaned) => {
    expect(cleanValue(value, 100)).toBe(cleaned);
  });

  it.each([
    "র\u200d্যাব",
    "র\u200c্যান্ডম",
    "শ্রীমতী আশা সেন",
    "ক্\u200dষ",
    "₹1,249.00",
    "বিদ্যুৎ, নভেম্বর 2026",
    "{{1}} <b> & 'x'",
  ])("keeps %s as it is", (value) => {
    expect(cleanValue(value, 100)).toBe(value);
  });

  it.each([
    ["a long title", "Electricity, November 2026 (estimated)", 30, "Electricity, November 2026..."],
    ["a vowel sign", "দিনদিন", 5, "দি..."],
    ["half a conjunct", "নক্ষত্র", 5, "ন..."],
    ["an emoji", "aaa🙂🙂", 6, "aaa..."],
  ])("is cut without leaving %s broken", (_what, value, maxLength, cleaned) => {
    expect(cleanValue(value, maxLength)).toBe(cleaned);
  });

  it("is one visible line within its length, and cleaning it again changes nothing", () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 4, max: 60 }), (value, maxLength) => {
        const cleaned = cleanValue(value, maxLength);
        expect(cleaned.length).toBeLessThanOrEqual(maxLength);
        expect(cleaned.replace(joinerInPlace, "")).not.toMatch(
          /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029]/u,
        );
        expect(cleaned).not.toMatch(/^\s|\s$|\s\s|[^\S ]/u);
        expect(cleaned.isWellFormed()).toBe(true);
        expect(cleaned).toBe(cleaned.normalize("NFC"));
        expect(cleanValue(cleaned, maxLength)).toBe(cleaned);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a link", () => {
  it.each(["https://pay.example.com/EXPOWR/1aB2cD3eF4gH5", "http://127.0.0.1:4100/EXPOWR/1aB2cD3eF4gH5"])(
    "may be %s",
    (url) => {
      expect(isPlainUrl(url)).toBe(true);
    },
  );

  it.each([
    "",
    "javascript:alert(1)",
    "https://",
    "https://a.example/\r\nBcc: x",
    'https://a.example/"onclick=',
    "https://a.example/<b>",
    "https://а.example/x",
    "https://a.example/x y",
    "https://a.example/\u202e",
  ])("may not be %j", (url) => {
    expect(isPlainUrl(url)).toBe(false);
  });
});
