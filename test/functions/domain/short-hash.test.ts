import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chanceOf, shortHash } from "../../../functions/domain/short-hash.ts";

describe("a short hash", () => {
  it("is the same for the same text, in letters and digits that fit a step's name", () => {
    expect(shortHash("standard:pay_0001")).toBe(shortHash("standard:pay_0001"));
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        expect(shortHash(text)).toMatch(/^[0-9a-z]{1,11}$/);
      }),
    );
  });

  it("does not change between releases: receipts are recorded under it", () => {
    expect([shortHash(""), shortHash("standard:pay_0001"), shortHash("razorpay:pay_₹")]).toEqual([
      "wvjl67o803",
      "22pyr8hpgvc",
      "1nywfyd4q9z",
    ]);
  });

  it("tells forty thousand payment ids apart, whether they differ in the first or the last letter", () => {
    const size = 20_000;
    const hashes = new Set<string>();
    for (let n = 0; n < size; n++) {
      hashes.add(shortHash(`standard:pay_${n}`));
      hashes.add(shortHash(`${n}:standard`));
    }
    expect(hashes.size).toBe(2 * size);
  });

  it("tells texts apart that fill the same length", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (a, b) => {
        expect(shortHash(a) === shortHash(b)).toBe(a === b);
      }),
    );
  });
});

describe("a chance that a text gives", () => {
  it("is at least 0 and less than 1, and the same for the same text", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        expect(chanceOf(text)).toBeGreaterThanOrEqual(0);
        expect(chanceOf(text)).toBeLessThan(1);
        expect(chanceOf(text)).toBe(chanceOf(text));
      }),
    );
  });

  it("falls on each tenth about as often, for texts that differ in a number only", () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let n = 0; n < 10_000; n++) {
      const tenth = Math.floor(chanceOf(`razorpay:pay_0001 ${n}`) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    expect(Math.min(...tenths)).toBeGreaterThan(850);
    expect(Math.max(...tenths)).toBeLessThan(1_150);
  });
});
