import { describe, expect, it } from "vitest";
import { receiptCounter, receiptNumberText, receiptYear } from "../../../functions/domain/receipt-number.ts";
import { aBiller } from "../../support/builders.ts";

describe("a receipt number", () => {
  it("is shown as the year and six digits, or as many as it takes", () => {
    expect(receiptNumberText({ year: 2026, n: 123 })).toBe("2026-000123");
    expect(receiptNumberText({ year: 2026, n: 1_234_567 })).toBe("2026-1234567");
  });

  it("is of the year that the biller's clocks show", () => {
    const receivedAt = Date.parse("2026-12-31T20:00:00Z");
    expect(receiptYear({ receivedAt }, aBiller({ timeZone: "Asia/Kolkata" }))).toBe(2027);
    expect(receiptYear({ receivedAt }, aBiller({ timeZone: "America/Sao_Paulo" }))).toBe(2026);
  });

  it("is counted for each biller and year alone", () => {
    expect(receiptCounter("example-power", 2026)).toBe("receipts/example-power/2026");
  });
});
