import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLinkCode, LinkCode, LinkKeyId, laneOf, linkCodeFrom } from "../../../functions/domain/link-code.ts";
import { refusals } from "./refusals.ts";

const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });

/** The number a code's twelve secret characters stand for. */
const numberOf = (code: string): bigint =>
  [...code.slice(1)].reduce((n, letter) => n * 58n + BigInt(base58.indexOf(letter)), 0n);

describe("a link code", () => {
  it("is the key's name and the hash in base58, modulo the twelfth power of 58", () => {
    fc.assert(
      fc.property(hash, fc.constantFrom(...base58), (bytes, keyId) => {
        const code = linkCodeFrom(keyId, bytes);
        expect(isLinkCode(code)).toBe(true);
        expect(code[0]).toBe(keyId);
        expect(numberOf(code)).toBe(BigInt(`0x${Buffer.from(bytes).toString("hex")}`) % 58n ** 12n);
      }),
    );
  });

  it("keeps its length where the hash is small", () => {
    expect(linkCodeFrom("K", new Uint8Array(32))).toBe("K111111111111");
    expect(linkCodeFrom("K", Uint8Array.of(57))).toBe("K11111111111z");
    expect(linkCodeFrom("K", Uint8Array.of(58))).toBe("K111111111121");
  });

  it.each([
    "",
    "1111111111111 ",
    "111111111111",
    "11111111111111",
    "111111111111O",
    "111111111111l",
    "11111111111-1",
    "1111111111111\n",
  ])("is not %j", (text) => {
    expect(isLinkCode(text)).toBe(false);
    expect(refusals(LinkCode, text)).toEqual([": must be 13 characters of base58"]);
  });

  it("comes from a key with a name of one character", () => {
    expect(refusals(LinkKeyId, "z")).toEqual([]);
    for (const name of ["", "0", "I", "ab"])
      expect(refusals(LinkKeyId, name)).toEqual([": must be one character of base58"]);
  });
});

describe("the lane of a link code", () => {
  it("is one of the lanes there are, and the same each time", () => {
    fc.assert(
      fc.property(hash, fc.integer({ min: 1, max: 64 }), (bytes, lanes) => {
        const code = linkCodeFrom("1", bytes);
        const lane = laneOf(code, lanes);
        expect(Number(lane)).toBeGreaterThanOrEqual(0);
        expect(Number(lane)).toBeLessThan(lanes);
        expect(laneOf(code, lanes)).toBe(lane);
      }),
    );
  });

  it("spreads codes evenly", () => {
    const counts = new Map<string, number>();
    const size = 4_096;
    for (let n = 0; n < size; n++) {
      const bytes = new Uint8Array(9).map((_, at) => (Math.imul(n + 1, 2_654_435_761 + at * 40_503) >>> 13) & 255);
      const lane = laneOf(linkCodeFrom("1", bytes), 8);
      counts.set(lane, (counts.get(lane) ?? 0) + 1);
    }
    expect([...counts.keys()].toSorted()).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
    for (const count of counts.values()) expect(Math.abs(count - size / 8)).toBeLessThan(size / 40);
  });
});
