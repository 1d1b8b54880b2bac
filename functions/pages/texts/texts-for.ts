import { bn } from "./bn.ts";
import { en } from "./en.ts";
import type { PageTexts } from "./page-texts.ts";

const languages = new Map([bn, en].map((texts) => [texts.language, texts]));

/** The texts of a language (`bn-IN` is met by `bn`); English where there are none. */
export const textsFor = (language: string): PageTexts => languages.get(language.split("-")[0] ?? "") ?? en;

/** The first language of an `Accept-Language` header that there are texts in; English where there is none. */
export function acceptedTexts(header = ""): PageTexts {
  const wanted = header.slice(0, 200).split(",", 10);
  const tags = wanted.map((entry) => entry.split(/[-;]/, 1)[0]?.trim().toLowerCase() ?? "");
  return textsFor(tags.find((tag) => languages.has(tag)) ?? en.language);
}
