import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mailbox } from "../../../../functions/adapters/ses/mailbox.ts";

/** What a mail program shows of encoded words: adjacent ones are joined without the space between them (RFC 2047, section 6.2). */
const shown = (words: string): string =>
  words
    .split(" ")
    .map((word) => Buffer.from(word.slice("=?UTF-8?B?".length, -"?=".length), "base64").toString())
    .join("");

describe("the sender's mailbox", () => {
  it.each([
    ["bills@mail.example.com", "bills@mail.example.com"],
    ["Example Power <bills@mail.example.com>", "Example Power <bills@mail.example.com>"],
    ["\u2028 <bills@mail.example.com>", "=?UTF-8?B?4oCo?= <bills@mail.example.com>"],
    ['"Example Power" <bills@mail.example.com>', "Example Power <bills@mail.example.com>"],
    ["Power, Example & Co. <bills@mail.example.com>", '"Power, Example & Co." <bills@mail.example.com>'],
    ['Power "Plus" <bills@mail.example.com>', '"Power \\"Plus\\"" <bills@mail.example.com>'],
  ])("of the setting %s is %s", (setting, expected) => {
    expect(mailbox(setting)).toBe(expected);
  });

  it("keeps a name of any script, in encoded words of at most 75 characters", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 100 })
      .filter((text) => /[^\x20-\x7e]/.test(text) && !/[<>"\p{Cc}]/u.test(text));
    fc.assert(
      fc.property(name, (text) => {
        const [, words = ""] =
          /^(.*) <bills@mail\.example\.com>$/.exec(mailbox(`${text} <bills@mail.example.com>`)) ?? [];
        expect(words).toMatch(/^[\x21-\x7e]+( [\x21-\x7e]+)*$/);
        expect(Math.max(...words.split(" ").map((word) => word.length))).toBeLessThanOrEqual(75);
        expect(shown(words)).toBe(text.toWellFormed());
      }),
    );
  });
});
