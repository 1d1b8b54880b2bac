import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LinkCode } from "../../../functions/domain/link-code.ts";
import { type CurrencyCode, type Money, money } from "../../../functions/domain/money.ts";
import { type UpiRequest, upiLink, upiReference } from "../../../functions/domain/upi.ts";

const inr = (value: number): Money => money(value, "INR" as CurrencyCode);
const code = "1AbCdEfGhJkLm" as LinkCode;
const at = Date.parse("2026-11-21T05:30:00Z");

const request: UpiRequest = {
  payee: { payeeAddress: "examplepower@icici", payeeName: "Example Power", merchantCode: "4900" },
  reference: "BILL20261100011",
  note: "Electricity, November 2026",
  amount: inr(124_900),
  mode: "intent",
};

/** The parameters as a UPI app reads them: percent-decoding only, a plus stays a plus. */
const parametersOf = (link: string): Map<string, string> =>
  new Map(
    link
      .slice("upi://pay?".length)
      .split("&")
      .map((pair): [string, string] => {
        const [key = "", ...value] = pair.split("=");
        return [key, decodeURIComponent(value.join("="))];
      }),
  );

describe("a UPI link", () => {
  it("names the payee, the reference, the exact amount and how it was opened", () => {
    expect(upiLink(request)).toBe(
      "upi://pay?pa=examplepower@icici&pn=Example%20Power&mc=4900&tr=BILL20261100011&tn=Electricity%20November%202026&am=1249.00&cu=INR&mode=04",
    );
  });

  it("says that it was scanned when it is in a QR code", () => {
    expect(parametersOf(upiLink({ ...request, mode: "qr" })).get("mode")).toBe("01");
  });

  it("has a minimum only where the payer may change the amount", () => {
    expect(parametersOf(upiLink(request)).has("mam")).toBe(false);
    expect(parametersOf(upiLink({ ...request, minimum: inr(10_000) })).get("mam")).toBe("100.00");
  });

  it("leaves out a category that the biller has not", () => {
    const { merchantCode: _, ...payee } = request.payee;
    expect(upiLink({ ...request, payee })).toContain("pn=Example%20Power&tr=");
  });

  it.each([
    ["বিদ্যুৎ বিল, নভেম্বর 2026", undefined],
    ["Fees: Café", undefined],
    ["School fee #3 (Nov/Dec)", "School fee 3 Nov Dec"],
    ["₹ 500 / month", "500 month"],
    ["\u202eElectricity\u200b", "Electricity"],
    ["---", undefined],
    [`${"Water ".repeat(13)}`, "Water Water Water Water Water Water Water Water Wa"],
  ])("for %j carries the note %j", (note, shown) => {
    expect(parametersOf(upiLink({ ...request, note })).get("tn")).toBe(shown);
  });

  it("keeps a payee's name in any script, and its whole letters when it is too long", () => {
    const named = (payeeName: string) =>
      parametersOf(upiLink({ ...request, payee: { ...request.payee, payeeName } })).get("pn");
    expect(named("পশ্চিমবঙ্গ বিদ্যুৎ")).toBe("পশ্চিমবঙ্গ বিদ্যুৎ");
    expect(named("শ্রী".repeat(20))).toBe("শ্রী".repeat(5));
  });

  it("cannot be broken out of by any name, note or amount", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 99 }),
      fc.constantFrom(
        "a&am=1.00",
        "a#b",
        "x?pa=thief@bank",
        "50%",
        "a+b",
        "</a><script>",
        "\r\nLocation: x",
        "\u202e\u200b;end",
      ),
    );
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 10 ** 12 }), (payeeName, note, value) => {
        const link = upiLink({ ...request, payee: { ...request.payee, payeeName }, note, amount: inr(value) });
        expect(link).toMatch(/^upi:\/\/pay\?[A-Za-z0-9%&=@._~-]+$/);
        const parameters = parametersOf(link);
        expect([...parameters.keys()].filter((key) => key !== "tn")).toEqual([
          "pa",
          "pn",
          "mc",
          "tr",
          "am",
          "cu",
          "mode",
        ]);
        expect(parameters.get("pa")).toBe("examplepower@icici");
        expect(parameters.get("am")).toMatch(/^[1-9]\d*\.\d\d$|^0\.\d\d$/);
        expect(parameters.get("pn")).not.toMatch(/[\p{Cc}\u200b\u202a-\u202e\u2066-\u2069]/u);
        expect(parameters.get("tn") ?? "").toMatch(/^[A-Za-z0-9 ]{0,50}$/);
        expect(link).not.toMatch(/[&?]$/);
      }),
    );
  });
});

describe("the reference of an attempt", () => {
  it("leads back to the bill from a bank statement", () => {
    expect(upiReference(code, at, "intent").slice(0, 13)).toBe(code);
  });

  it("is at most 35 letters and digits, and another for each moment and way", () => {
    const moment = fc.integer({ min: 0, max: Date.parse("2199-12-31T00:00:00Z") });
    fc.assert(
      fc.property(moment, moment, (first, second) => {
        const references = [first, second].flatMap((then) => [
          upiReference(code, then, "qr"),
          upiReference(code, then, "intent"),
        ]);
        for (const reference of references) expect(reference).toMatch(/^[A-Za-z0-9]{1,35}$/);
        expect(new Set(references).size).toBe(first === second ? 2 : 4);
      }),
    );
  });
});
