import { languages, versions } from "./generated/inventory.ts";
import { isMessage, type Message } from "./messages.ts";
import type { WordingInventory } from "./wording.ts";

/** A language of the built-in catalogues. */
export type Language = (typeof languages)[number];

const known = (tag: string): Language | undefined => languages.find((language) => language === tag);

/** The first wanted language that has a catalogue, region and script ignored where only the bare language has one; `en` when none does. */
export function languageFor(...wanted: readonly (string | undefined)[]): Language {
  for (const tag of wanted) {
    const found = known(tag ?? "") ?? known((tag ?? "").split(/[-_]/)[0]?.toLowerCase() ?? "");
    if (found !== undefined) return found;
  }
  return "en";
}

/** Which wording there is, without the texts: all that settings need to be checked against. */
export const wordingInventory: WordingInventory = {
  has: (message) => isMessage(message),
  languages: () => languages,
  languageFor,
};

/** The name a rendering is recorded under, such as `builtin/issued.bn@1`. */
export const templateName = (message: Message, language: Language): string =>
  `builtin/${message}.${language}@${versions[message][language]}`;
