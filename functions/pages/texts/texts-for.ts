import { bn } from "./bn.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { hi } from "./hi.ts";
import type { PageTexts } from "./page-texts.ts";
import { pt } from "./pt.ts";
import { ta } from "./ta.ts";

const languages = new Map([bn, en, es, hi, pt, ta].map((texts) => [texts.language, texts]));

/** The texts of a language; those of `bn` for `bn-IN`, as that region writes amounts and dates; English where there are none. */
export function textsFor(language: string): PageTexts {
  const texts = languages.get(language.split("-")[0] ?? "");
  if (!texts) return en;
  return texts.language === language ? texts : { ...texts, language };
}

/** The first language of an `Accept-Language` header that there are texts in; English where there is none. */
export function acceptedTexts(header = ""): PageTexts {
  const wanted = header.slice(0, 200).split(",", 10);
  const tags = wanted.map((entry) => entry.split(/[-;]/, 1)[0]?.trim().toLowerCase() ?? "");
  return textsFor(tags.find((tag) => languages.has(tag)) ?? en.language);
}
