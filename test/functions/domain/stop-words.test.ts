import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wishIn } from "../../../functions/domain/stop-words.ts";

describe("the words that end messages", () => {
  it.each([
    ["STOP"],
    ["stop"],
    [" Stop. "],
    ["Stop!!!"],
    ["STOP 🛑"],
    ["*STOP*"],
    ["“stop”"],
    ["ＳＴＯＰ"],
    ["st\u200bop"],
    ["opt-out"],
    ["Opt  out"],
    ["UNSUBSCRIBE"],
    ["END"],
    ["CANCEL"],
    ["बंद करो"],
    ["बंद करें।"],
    ["BAND KARO"],
    ["Band karo!"],
    ["বন্ধ করুন"],
    ["বন্ধ।"],
    ["நிறுத்து"],
    ["நிறுத்தவும்."],
    ["PARAR"],
    ["Sair"],
    ["Cancelar"],
    ["Cancelar inscrição"],
    ["CANCELAR INSCRICAO"],
    ["baja"],
    ["cancelar suscripción"],
    ["berhenti"],
    ["退订"],
  ])("are known in many languages and spellings: %s", (text) => {
    expect(wishIn(text)).toBe("stop");
  });

  it.each([["START"], ["unstop"], ["शुरू करो"], ["shuru karo"], ["শুরু করুন"], ["தொடங்கு"], ["Começar"], ["reanudar"]])(
    "have counterparts that begin them again: %s",
    (text) => {
      expect(wishIn(text)).toBe("resume");
    },
  );

  it.each([
    [""],
    ["   "],
    ["🛑"],
    ["Please do not stop"],
    ["stop the autopay"],
    ["I will pay at the bus stop"],
    ["cancel my bill"],
    ["stopp"],
    ["s t o p"],
    ["no"],
    ["para"],
    ["बंद मत करो"],
    ["paid"],
    ["constructor"],
    ["__proto__"],
  ])("count only as the whole answer: %s", (text) => {
    expect(wishIn(text)).toBeUndefined();
  });

  it("that may mean the question itself count typed, but not from a button", () => {
    for (const text of ["Cancel", "Cancelar"]) {
      expect([wishIn(text, "typed"), wishIn(text, "tapped")]).toEqual(["stop", undefined]);
    }
    expect([wishIn("Unsubscribe", "tapped"), wishIn("Start", "tapped")]).toEqual(["stop", "resume"]);
  });

  it("are looked for in any text without an error, and never in a sentence", () => {
    const anyText = fc.array(fc.nat({ max: 0xffff }), { maxLength: 120 }).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(anyText, (text) => {
        expect(wishIn(`we would rather ${text}`)).toBeUndefined();
        expect([undefined, "stop", "resume"]).toContain(wishIn(text));
      }),
    );
  });

  it("stay what they are with anything around them that is no letter, mark or digit", () => {
    const around = fc.string({ unit: fc.constantFrom(" ", ".", "!", "\n", "…", "।", "“", "🙏", "-", "\u200d") });
    fc.assert(
      fc.property(around, around, fc.constantFrom("STOP", "বন্ধ করুন", "बंद करो", "நிறுத்து"), (before, after, word) => {
        fc.pre(before.length + after.length < 60);
        expect(wishIn(before + word + after)).toBe("stop");
      }),
    );
  });
});
