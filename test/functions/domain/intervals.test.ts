import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addTo, countOf, holds } from "../../../functions/domain/intervals.ts";

describe("intervals", () => {
  it("hold exactly the numbers added, in whatever order and however often", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 })), (numbers) => {
        const text = numbers.reduce(addTo, "");
        const set = new Set(numbers);
        expect(countOf(text)).toBe(set.size);
        for (let n = 0; n <= 41; n++) expect(holds(text, n)).toBe(set.has(n));
      }),
    );
  });

  it("are short where the numbers lie together", () => {
    expect([4, 0, 2, 1, 9, 8].reduce(addTo, "")).toBe("0-2,4,8-9");
  });
});
