import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { letters, maskedName, visibleText } from "../../../functions/domain/visible-text.ts";

describe("visible text", () => {
  it.each([
    ["  Asha\t\nSen ", "Asha Sen"],
    ["Exa\u202empl\u2066e", "Example"],
    ["Ex\u200bam\ufeffple\u2060", "Example"],
    ["a\u200cb\u200dc", "abc"],
    ["ক্\u200dষ", "ক্\u200dষ"],
    ["e\u0301", "é"],
    ["\ud800broken", "broken"],
  ])("%j is shown as %j", (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it("is the same when it is cleaned again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => visibleText(visibleText(text)) === visibleText(text)),
    );
  });
});

describe("letters", () => {
  it("keeps a Bengali conjunct with its vowel sign together", () => {
    expect(letters("শ্রীময়ী")).toEqual(["শ্রী", "ম", "য়ী"]);
  });
});

describe("a masked name", () => {
  it.each([
    ["Asha Sen", "A••• S••"],
    ["আশা সেন", "আ• সে•"],
    ["শ্রীময়ী ক্ষমা", "শ্রী•• ক্ষ•"],
    ["S. K. Sen", "S• K• S••"],
    ["K", "K•"],
    ["+91 98300", "••• •••••"],
    ["asha@example.org", "a••••••"],
    ["One two three four five six", "O•• t•• t•••• f•••"],
    ["\u202e", ""],
  ])("of %j is %j", (name, masked) => {
    expect(maskedName(name)).toBe(masked);
  });

  it("shows first letters and dots only, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (name) => {
        const words = maskedName(name).split(" ");
        expect(words.length).toBeLessThanOrEqual(4);
        for (const word of words.filter((each) => each !== "")) expect(word).toMatch(/^(\p{L}.*?)?•{1,6}$/u);
        for (const word of words) expect(letters(word.replace(/•+$/, "")).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
