import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { couponHeader, couponReader } from "../../../functions/domain/coupon-row.ts";
import { type CreditRow, creditHeader, creditReader } from "../../../functions/domain/credit-row.ts";
import { toDecimal } from "../../../functions/domain/money.ts";
import { fieldWording } from "../../../functions/middleware/field-wording.ts";

beforeAll(() => {
  z.config({ localeError: fieldWording });
});

const needed = { reference: "S1", amount: "1249.00", currency: "INR", creditedOn: "2026-11-20" };

function fromCsv(cells: Record<string, string>): CreditRow {
  const read = creditReader("csv", creditHeader(Object.keys(cells), 1));
  const quoted = Object.values(cells).map((cell) => `"${cell.replaceAll('"', '""')}"`);
  return read({ line: 2, text: quoted.join(",") });
}

const fromJson = (row: unknown): CreditRow => creditReader("ndjson")({ line: 1, text: JSON.stringify(row) });

const complaints = (row: CreditRow): string[] =>
  row.outcome === "refused" ? row.rejects.map(({ column, message }) => `${column}: ${message}`) : [];

describe("a row of a bank's statement", () => {
  it("is read whole, with the spaces that banks fill up with left out", () => {
    const whole = {
      ...needed,
      reference: "  S1 ",
      rrn: "636512345678",
      txid: "abc123",
      endToEndId: "E12345678202611201530abcdefghijk",
      billId: "b0",
      narration: 'UPI "thanks", Asha',
    };
    expect(fromCsv(whole)).toEqual({
      outcome: "read",
      reference: "S1",
      credit: {
        reference: "S1",
        amount: { value: 124_900, currency: "INR" },
        creditedOn: "2026-11-20",
        rrn: "636512345678",
        txid: "abc123",
        endToEndId: "E12345678202611201530abcdefghijk",
        billId: "b0",
        narration: 'UPI "thanks", Asha',
      },
    });
  });

  it("may tell the moment instead of the day; empty cells are absent", () => {
    const { creditedOn: _day, ...timed } = needed;
    const moment = { ...timed, creditedAt: "2026-11-20T10:00:00+05:30", creditedOn: "", rrn: "" };
    expect(fromCsv(moment)).toMatchObject({ credit: { creditedAt: Date.parse("2026-11-20T04:30:00Z") } });
    expect(fromCsv(moment)).not.toHaveProperty("credit.creditedOn");
  });

  it.each([
    [{ amount: "" }, "amount: is required"],
    [{ amount: "1,249.00" }, "amount: must be a decimal amount of INR with at most 2 decimal places, such as 1249.00"],
    [{ amount: "0.00" }, "amount: must be more than zero"],
    [{ amount: "-5.00" }, "amount: must be a decimal amount of INR with at most 2 decimal places, such as 1249.00"],
    [{ currency: "RS" }, "currency: must be an ISO 4217 currency code, such as INR"],
    [{ reference: "S 1" }, "reference: must be 1 to 100 characters of A-Z a-z 0-9 . _ : -"],
    [{ rrn: "12345" }, "rrn: must be 12 digits"],
    [{ creditedOn: "" }, ": either creditedOn or creditedAt is required, not both"],
    [{ creditedAt: "2026-11-20T10:00:00Z" }, ": either creditedOn or creditedAt is required, not both"],
  ])("is refused with %o", (changes, complaint) => {
    const row = fromCsv({ ...needed, ...changes });
    expect(complaints(row)).toEqual([complaint]);
  });

  it("holds every amount exactly as it is written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (value) => {
        const amount = { value, currency: "INR" } as Parameters<typeof toDecimal>[0];
        expect(fromJson({ ...needed, amount: toDecimal(amount) })).toMatchObject({ credit: { amount } });
      }),
    );
  });

  it("is refused, and nothing else happens, whatever it is", () => {
    fc.assert(
      fc.property(fc.anything(), (row) => {
        expect(["read", "refused"]).toContain(fromJson(row ?? null).outcome);
      }),
    );
  });
});

describe("a row of coupon codes", () => {
  const read = couponReader("csv", couponHeader(["code"], 1));

  it.each(["TEA-0001", "abcd", "A".repeat(40)])("is read: %s", (code) => {
    expect(read({ line: 2, text: ` ${code} ` })).toEqual({ outcome: "read", code });
  });

  it.each(["abc", "A".repeat(41), "TEA 1", "=CMD()", "চা-০০০১"])("is refused: %s", (code) => {
    expect(read({ line: 2, text: code }).outcome).toBe("refused");
    expect(couponReader("ndjson")({ line: 2, text: JSON.stringify({ code }) }).outcome).toBe("refused");
  });
});
