import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  attemptOf,
  attemptReference,
  attemptsIn,
  chargeReference,
  checkoutReference,
  codeInCheckout,
} from "../../../functions/domain/attempt-reference.ts";
import { base58, type LinkCode } from "../../../functions/domain/link-code.ts";

const code = fc
  .array(fc.constantFrom(...base58), { minLength: 13, maxLength: 13 })
  .map((letters) => letters.join("") as LinkCode);
const at = fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2199-12-30T00:00:00Z") });
const eightLetters = fc.integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2059-01-01T00:00:00Z") });
const marks = { q: "upi", i: "upi", p: "pix", n: "pay-now" } as const;
const mark = fc.constantFrom(...(Object.keys(marks) as (keyof typeof marks)[]));
const ahead = fc.constantFrom("", " ", "UPI/", "paid-");
const behind = fc.constantFrom("", " ", "/Asha Sen", "-1", "।");

describe("the reference of an attempt", () => {
  it("leads back to its bill and rail, from wherever a statement puts it as a whole", () => {
    fc.assert(
      fc.property(code, at, mark, ahead, behind, (of, moment, letter, before, after) => {
        const reference = attemptReference(of, moment, letter);
        const attempt = { code: of, rail: marks[letter] };
        expect(attemptOf(reference)).toEqual(attempt);
        expect(attemptsIn(`${before}${reference}${after}`)).toEqual([attempt]);
      }),
    );
  });

  it("is not found in a part of it, nor where letters stand around it", () => {
    fc.assert(
      fc.property(code, eightLetters, mark, (of, moment, letter) => {
        const reference = attemptReference(of, moment, letter);
        for (const text of [reference.slice(0, 13), reference.slice(0, -1), `x${reference}`, `${reference}7`])
          expect(attemptsIn(text).filter((found) => found.code === of)).toEqual([]);
      }),
    );
  });

  it("is found in a bank's own charge, which numbers the attempts", () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 0, max: 999 }), (of, n) => {
        expect(attemptOf(chargeReference(of, n))).toEqual({ code: of, rail: "pix" });
      }),
    );
  });

  it("is found in a checkout's, which numbers the attempts, and in nothing that only looks like one", () => {
    fc.assert(
      fc.property(code, fc.integer({ min: 1, max: 999 }), (of, n) => {
        const reference = checkoutReference(of, n);
        expect(codeInCheckout(reference)).toBe(of);
        for (const other of [
          of,
          `${of}.`,
          `${of}1`,
          `x${reference}`,
          `${reference}a`,
          `${reference}\n`,
          ` ${reference}`,
        ])
          expect(codeInCheckout(other)).toBeUndefined();
      }),
    );
  });

  it("tells each bill once, however often a text names it", () => {
    const of = "1aaaaaaaaaaaa" as LinkCode;
    const twice = [1_795_000_000_000, 1_795_000_001_000].map((moment) => attemptReference(of, moment, "q"));
    expect(attemptsIn(twice.join(" "))).toEqual([{ code: of, rail: "upi" }]);
    expect(attemptOf(twice.join(" "))).toBeUndefined();
  });
});
