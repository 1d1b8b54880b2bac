import { describe, expect, it } from "vitest";
import { exactJsonIn, plainDecimal } from "../../../functions/adapters/exact-json.ts";

describe("exactJsonIn", () => {
  it("keeps every number as it was written", () => {
    const text = '{"a":129.90,"b":[1e2,-0.1],"id":123456789012345678901,"on":true,"none":null,"s":"1"}';
    expect(exactJsonIn(text)).toEqual({
      a: "129.90",
      b: ["1e2", "-0.1"],
      id: "123456789012345678901",
      on: true,
      none: null,
      s: "1",
    });
  });

  it("is undefined for what is no JSON", () => {
    expect(exactJsonIn("<html>")).toBeUndefined();
  });
});

describe("plainDecimal", () => {
  it.each([
    ["129.9", "129.9"],
    ["129.90", "129.9"],
    ["129.900", "129.9"],
    ["129", "129"],
    ["0.05", "0.05"],
    ["1.2990E2", "129.9"],
    ["1.0E7", "10000000"],
    ["5e-2", "0.05"],
    ["0", "0"],
    ["129.90000000000001", "129.90000000000001"],
  ])("writes %s as %s", (text, plain) => {
    expect(plainDecimal(text)).toBe(plain);
  });

  it.each(["-1", "", "1,5", "NaN", "0x10", "1e999"])("has nothing for %j", (text) => {
    expect(plainDecimal(text)).toBeUndefined();
  });
});
