import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asciiText, brCode, crc16, largestEmvAmount, payNowCode, tlv } from "../../../functions/domain/emv-code.ts";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { type CurrencyCode, money, toDecimal } from "../../../functions/domain/money.ts";
import { fieldOf, fieldsOf, isSealed } from "./emv-reading.ts";

const brl = (value: number) => money(value, "BRL" as CurrencyCode);
const sgd = (value: number) => money(value, "SGD" as CurrencyCode);

describe("the checksum of an EMV code", () => {
  it("is CRC-16/CCITT-FALSE, in four upper-case digits", () => {
    expect(crc16("123456789")).toBe("29B1");
    expect(crc16("")).toBe("FFFF");
  });

  it("keeps its leading zeros", () => {
    const short = Array.from({ length: 200 }, (_, n) => crc16(String(n))).filter((crc) => crc.startsWith("0"));
    expect(short.length).toBeGreaterThan(0);
    for (const crc of short) expect(crc).toMatch(/^[0-9A-F]{4}$/);
  });
});

describe("a field", () => {
  it("has its length in two digits", () => {
    expect(tlv("58", "BR")).toBe("5802BR");
    expect(tlv("26", "x".repeat(99))).toBe(`2699${"x".repeat(99)}`);
  });

  it.each([
    ["empty", ""],
    ["too long", "x".repeat(100)],
    ["not ASCII", "São"],
    ["not printable", "a\nb"],
  ])("is refused when it is %s", (_, value) => {
    expect(() => tlv("59", value)).toThrow(RangeError);
  });
});

describe("a Pix code", () => {
  const vectors = {
    bacen:
      "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D",
    static:
      "00020126570014br.gov.bcb.pix0114395805250001890217Conta luz 11/20265204000053039865406129.905802BR5914LUZ EXEMPLO SA6009SAO PAULO62180514BILL20261100016304E087",
    dynamic:
      "00020101021226760014br.gov.bcb.pix2554pix.example.com/qr/v2/9d36b84fc70b478fb95c12729b90ca255204000053039865802BR5914LUZ EXEMPLO SA6009SAO PAULO62070503***63048D0D",
  };
  const payee = { name: "LUZ EXEMPLO SA", city: "SAO PAULO" };

  it("is the Central Bank's own example", () => {
    const key = "123e4567-e12b-12d1-a456-426655440000";
    expect(brCode({ key, name: "Fulano de Tal", city: "BRASILIA" })).toBe(vectors.bacen);
  });

  it("of a key holds amount, txid and what is paid for", () => {
    const info = "Conta luz 11/2026";
    expect(brCode({ key: "39580525000189", ...payee, amount: brl(12_990), txid: "BILL2026110001", info })).toBe(
      vectors.static,
    );
  });

  it("of a location is for one payment, and leaves the amount to the bank's answer", () => {
    const location = "pix.example.com/qr/v2/9d36b84fc70b478fb95c12729b90ca25";
    expect(brCode({ ...payee, location })).toBe(vectors.dynamic);
    expect(brCode({ ...payee, location: `https://${location}` })).toBe(vectors.dynamic);
  });

  it("has no note where the key leaves no room for one", () => {
    const code = brCode({ key: `${"k".repeat(60)}@example.com.br`, ...payee, txid: "a1", info: "Conta de luz" });
    expect(fieldOf(code, "26", "02")).toBeUndefined();
  });

  it.each([
    ["a location over 77 characters", { ...payee, location: "x".repeat(78) }],
    ["a txid that is no word", { ...payee, key: "39580525000189", txid: "a-b" }],
    ["a txid over 25 characters", { ...payee, key: "39580525000189", txid: "a".repeat(26) }],
    ["an amount over 13 characters", { ...payee, key: "39580525000189", txid: "a", amount: brl(largestEmvAmount + 1) }],
  ])("refuses %s", (_, code) => {
    expect(() => brCode(code)).toThrow(RangeError);
  });

  it("reads back as it was made, whatever the biller is called", () => {
    const text = fc.oneof(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), fc.string({ maxLength: 60 }));
    const amount = fc.option(fc.integer({ min: 1, max: largestEmvAmount }), { nil: undefined });
    fc.assert(
      fc.property(
        text,
        text,
        text,
        amount,
        fc.stringMatching(/^[A-Za-z0-9]{1,25}$/),
        (...[name, city, info, value, txid]) => {
          const asked = value === undefined ? undefined : brl(value);
          const code = brCode({ key: "39580525000189", name, city, info, amount: asked, txid });
          expect(code).toMatch(/^[\x20-\x7e]+$/);
          expect(isSealed(code)).toBe(true);
          expect(fieldsOf(code).map(([tag]) => tag)).toEqual([
            "00",
            "26",
            "52",
            "53",
            ...(asked ? ["54"] : []),
            "58",
            "59",
            "60",
            "62",
            "63",
          ]);
          expect(fieldOf(code, "26", "01")).toBe("39580525000189");
          expect(fieldOf(code, "62", "05")).toBe(txid);
          expect(fieldOf(code, "54")).toBe(asked && toDecimal(asked));
          expect(fieldOf(code, "59")?.length).toBeLessThanOrEqual(25);
          expect(fieldOf(code, "60")?.length).toBeLessThanOrEqual(15);
        },
      ),
    );
  });
});

describe("a PayNow code", () => {
  const payee = { uen: "201812345A", name: "EXAMPLE POWER PTE LTD" };
  const code = {
    payee,
    amount: sgd(8_540),
    isEditable: false,
    expiresOn: "2026-12-31" as LocalDate,
    reference: "BILL2026110000",
  };

  it("is SGQR with the PayNow proxy, amount, expiry and reference", () => {
    const vector =
      "00020101021226490009SG.PAYNOW010120210201812345A03010040820261231520400005303702540585.405802SG5921EXAMPLE POWER PTE LTD6009Singapore62180114BILL202611000163049A84";
    expect(isSealed(vector)).toBe(true);
    expect(payNowCode({ ...code, reference: "BILL2026110001" })).toBe(vector);
  });

  it("pays a mobile number, of an amount that may be changed", () => {
    const made = payNowCode({ ...code, payee: { mobile: "+6581234567", name: "Example" }, isEditable: true });
    expect(fieldOf(made, "26", "01")).toBe("0");
    expect(fieldOf(made, "26", "02")).toBe("+6581234567");
    expect(fieldOf(made, "26", "03")).toBe("1");
  });

  it("refuses a reference that is no word", () => {
    expect(() => payNowCode({ ...code, reference: "a b" })).toThrow(RangeError);
  });

  it("reads back as it was made", () => {
    const name = fc.string({ unit: "binary", minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(name, fc.integer({ min: 1, max: largestEmvAmount }), fc.boolean(), (payeeName, value, isEditable) => {
        const made = payNowCode({ ...code, payee: { ...payee, name: payeeName }, amount: sgd(value), isEditable });
        expect(made).toMatch(/^[\x20-\x7e]+$/);
        expect(isSealed(made)).toBe(true);
        expect(fieldOf(made, "54")).toBe(toDecimal(sgd(value)));
        expect(fieldOf(made, "26", "03")).toBe(isEditable ? "1" : "0");
        expect(fieldOf(made, "26", "04")).toBe("20261231");
        expect(fieldOf(made, "62", "01")).toBe(code.reference);
      }),
    );
  });
});

describe("text in plain letters", () => {
  it.each([
    ["São Paulo", 15, "Sao Paulo"],
    ["Companhia Energética de São Paulo", 25, "Companhia Energetica de"],
    ["Electropaulometropolitanaeletricidade", 25, "Electropaulometropolitana"],
    ["Água & Cia", 25, "Agua & Cia"],
    ["João’s – Gás", 25, "Joao's - Gas"],
    ["  a\u202e b  ", 25, "a b"],
    ["🔥 Gás", 25, "Gas"],
    ["पानी", 25, undefined],
    ["Conta हिन्दी", 25, undefined],
    ["🔥", 25, undefined],
  ])("of %j within %s is %j", (text, most, shown) => {
    expect(asciiText(text, most)).toBe(shown);
  });
});
