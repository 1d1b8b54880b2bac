import { describe, expect, it } from "vitest";
import { en } from "../../../functions/pages/texts/en.ts";
import { textsFor } from "../../../functions/pages/texts/texts-for.ts";
import { pageLanguages } from "./page-languages.ts";

type Said = { readonly key: string; readonly text: string; readonly holes: number };

/** Every sentence with its name; a sentence with holes is filled with marks that are found again. */
function saidBy(texts: unknown, key = ""): Said[] {
  if (typeof texts === "string") return [{ key, text: texts, holes: 0 }];
  if (typeof texts === "function") {
    const bounds = { least: "«1»", most: "«2»" };
    const isFault = key.includes(".faults.");
    const text: string = isFault ? texts(bounds) : texts("«1»", "«2»");
    return [{ key, text, holes: isFault ? 0 : texts.length }];
  }
  return Object.entries(texts ?? {}).flatMap(([name, value]) => saidBy(value, `${key}.${name}`));
}

const others = pageLanguages.filter((language) => language !== "en");
/** Latin letters a text in another script may hold: what stands on the buttons and screens of the apps themselves. */
const names =
  /\b(?:UPI|QR|PIN|OTP|PDF|SMS|WhatsApp|Pix|PayNow|ClickPay|Razorpay|Stripe|ltr|UEN|Safari|Bharat BillPay|rail|answer)\b/g;

describe("the texts of the public pages", () => {
  it.each(others)("say in %s everything that English says, filled with the same facts", (language) => {
    const texts = textsFor(language);
    expect(texts.language).toBe(language);
    const [own, english] = [saidBy(texts), saidBy(en)];
    expect(own.map(({ key, holes }) => `${key} ${holes}`).toSorted()).toEqual(
      english.map(({ key, holes }) => `${key} ${holes}`).toSorted(),
    );
    for (const { key, text } of own) {
      const filled = english.find((each) => each.key === key)?.text ?? "";
      expect(text.match(/«\d»/g)?.toSorted(), key).toEqual(filled.match(/«\d»/g)?.toSorted());
    }
  });

  it.each(pageLanguages)("in %s are whole, trimmed, and with Latin digits", (language) => {
    for (const { key, text } of saidBy(textsFor(language))) {
      expect(text, key).toMatch(/\S/);
      expect(text, key).toBe(text.trim().normalize("NFC"));
      expect(text, key).not.toMatch(/(?!\d)\p{Nd}|undefined| {2}/u);
    }
  });

  it.each([
    ["bn", "Bengali"],
    ["hi", "Devanagari"],
    ["ta", "Tamil"],
  ])("in %s are in %s letters but for the names of things", (language, script) => {
    const letters = new RegExp(`[\\p{Script=${script}}\\p{sc=Common}\\p{sc=Inherited}]`, "gu");
    for (const { key, text } of saidBy(textsFor(language)).filter(({ key: name }) => name !== ".language"))
      expect(text.replace(names, "").replace(letters, ""), key).toBe("");
  });

  it("are never the same as in English, but for what has no translation", () => {
    for (const language of ["bn", "hi", "ta"]) {
      const same = saidBy(textsFor(language)).filter(({ key, text }) =>
        saidBy(en).some((each) => each.key === key && each.text === text),
      );
      expect(
        same.map(({ text }) => text.replace(/«\d»/g, "")).filter((text) => text.replace(names, "").trim()),
      ).toEqual([]);
    }
  });

  it.each([
    ["pt-BR", "pt-BR"],
    ["es-MX", "es-MX"],
    ["hi-IN", "hi-IN"],
    ["fr-FR", "en"],
    ["constructor", "en"],
  ])("are met for %s in %s", (asked, language) => {
    expect(textsFor(asked).language).toBe(language);
  });
});
