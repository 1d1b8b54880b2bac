import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainSmsText, smsSegments } from "../../../functions/domain/sms-segments.ts";

describe("SMS segments", () => {
  it.each([
    ["nothing", "", "GSM-7", 0, 0],
    ["160 plain characters", "a".repeat(160), "GSM-7", 160, 1],
    ["161 plain characters", "a".repeat(161), "GSM-7", 161, 2],
    ["two full joined parts", "a".repeat(306), "GSM-7", 306, 2],
    ["one more than two joined parts", "a".repeat(307), "GSM-7", 307, 3],
    ["extension characters, which count two", "€".repeat(80), "GSM-7", 160, 1],
    ["one extension character too many", "€".repeat(81), "GSM-7", 162, 2],
    [
      "an extension character that would be cut by a part's end",
      `${"a".repeat(152)}€${"a".repeat(152)}`,
      "GSM-7",
      306,
      3,
    ],
    ["70 Bengali characters", "ক".repeat(70), "UCS-2", 70, 1],
    ["71 Bengali characters", "ক".repeat(71), "UCS-2", 71, 2],
    ["two full joined parts of Bengali", "ক".repeat(134), "UCS-2", 134, 2],
    ["one more than two joined parts of Bengali", "ক".repeat(135), "UCS-2", 135, 3],
    ["emoji, which count two", "🙂".repeat(35), "UCS-2", 70, 1],
    ["an emoji that would be cut by a part's end", `${"ক".repeat(66)}🙂${"ক".repeat(66)}`, "UCS-2", 134, 3],
    ["Brazilian and Singaporean money", "R$ 10,00 S$10.00", "GSM-7", 16, 1],
  ])("counts %s", (_case, text, encoding, units, segments) => {
    expect(smsSegments(text)).toMatchObject({ encoding, units, segments });
  });

  it("names each character that forces UCS-2, once and in order", () => {
    expect(smsSegments("₹1,249.00 isn’t ₹1,250.00").outsideGsm7).toEqual(["₹", "’"]);
    expect(smsSegments("ação").outsideGsm7).toEqual(["ç", "ã"]);
    expect(smsSegments("Ç ñ à é ù ì ò ü ö ä å ø æ ß [€]").outsideGsm7).toEqual([]);
  });

  it("never needs fewer segments than the units fill, nor one more than cut characters explain", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 700 }), (text) => {
        const { encoding, units, segments } = smsSegments(text);
        const [alone, joined] = encoding === "GSM-7" ? [160, 153] : [70, 67];
        const least = units <= alone ? Math.min(units, 1) : Math.ceil(units / joined);
        const most = units <= alone ? least : Math.ceil(units / (joined - 1));
        expect(segments).toBeGreaterThanOrEqual(least);
        expect(segments).toBeLessThanOrEqual(most);
      }),
    );
  });

  it("never costs less when a text grows", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.string({ unit: "grapheme", maxLength: 200 }),
        (head, tail) => {
          expect(smsSegments(head + tail).segments).toBeGreaterThanOrEqual(smsSegments(head).segments);
        },
      ),
    );
  });
});

describe("plain forms for SMS", () => {
  it("exchange the typographic characters that would force UCS-2", () => {
    const plain = plainSmsText("“Bill” – don’t wait… ₹1,249.00 or ₹\u00a01,249.00 • now");
    expect(plain).toBe(`"Bill" - don't wait... Rs 1,249.00 or Rs 1,249.00 - now`);
    expect(smsSegments(plain).encoding).toBe("GSM-7");
  });

  it("leave letters of every script alone", () => {
    expect(plainSmsText("বিদ্যুৎ, São, déjà")).toBe("বিদ্যুৎ, São, déjà");
  });
});
