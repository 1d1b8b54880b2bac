import { bn } from "./bn.ts";
import { en } from "./en.ts";
import type { PageTexts } from "./page-texts.ts";

const languages: Readonly<Record<string, PageTexts>> = { en, bn };

/** The texts of a language (`bn-IN` is met by `bn`); English where there are none. */
export const textsFor = (language: string): PageTexts =>
  languages[language] ?? languages[language.split("-")[0] ?? ""] ?? en;

/** The first language of an `Accept-Language` header that there are texts in; English where there is none. */
export function acceptedTexts(header: string | undefined): PageTexts {
  const wanted = (header ?? "").slice(0, 200).split(",", 10);
  const known = wanted
    .map((entry) => entry.trim().slice(0, 2).toLowerCase())
    .find((language) => Object.hasOwn(languages, language));
  return textsFor(known ?? "en");
}
