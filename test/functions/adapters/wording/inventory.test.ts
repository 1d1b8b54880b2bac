import { describe, expect, it } from "vitest";
import { languageFor, wordingInventory } from "../../../../functions/adapters/wording/inventory.ts";

describe("the inventory of wording", () => {
  it("has every language that has a catalogue", () => {
    expect(wordingInventory.languages()).toEqual(["bn", "en"]);
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

  it("knows its own messages in any language, since each falls back, and no other message", () => {
    expect(wordingInventory.has("due-soon", "sms", "fr")).toBe(true);
    expect(wordingInventory.has("final-notice", "sms", "en")).toBe(false);
    expect(wordingInventory.has("constructor", "email", "en")).toBe(false);
  });
});
