import { describe, expect, it } from "vitest";
import { builtinLanguages, hasBuiltinWording, languageFor } from "../../../../functions/adapters/wording/inventory.ts";

describe("the inventory of wording", () => {
  it("has every language that has a catalogue", () => {
    expect(builtinLanguages).toEqual(["bn", "en"]);
  });

  it.each([
    [["bn"], "bn"],
    [["bn-IN"], "bn"],
    [["BN_IN"], "bn"],
    [["fr", "bn"], "bn"],
    [[undefined, "bn-BD"], "bn"],
    [["fr", "de"], "en"],
    [["constructor", "__proto__"], "en"],
    [[], "en"],
  ])("writes to a customer and biller of %j in %s", (wanted, language) => {
    expect(languageFor(...wanted)).toBe(language);
  });

  it("knows its own messages and no other", () => {
    expect(hasBuiltinWording("due-soon")).toBe(true);
    expect(hasBuiltinWording("final-notice")).toBe(false);
    expect(hasBuiltinWording("constructor")).toBe(false);
  });
});
