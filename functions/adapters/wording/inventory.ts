import { languages, versions } from "./generated/inventory.ts";
import { isMessage, type MessageName } from "./messages.ts";

/** A language of the built-in catalogues. */
export type Language = (typeof languages)[number];

const known = (tag: string): Language | undefined => languages.find((language) => language === tag);

/**
 * The first wanted language that there is wording in, region and script ignored where only the bare language has it (`bn-IN` is met by
 * `bn`); `en` when there is none. Ask it, with the customer's and the biller's language, before amounts and dates are formatted.
 */
export function languageFor(...wanted: readonly (string | undefined)[]): Language {
  for (const tag of wanted) {
    const found = known(tag ?? "") ?? known((tag ?? "").split(/[-_]/)[0]?.toLowerCase() ?? "");
    if (found !== undefined) return found;
  }
  return "en";
}

/** Whether a message has built-in wording: on every channel and in every language alike, which the catalogues are checked for. */
export const hasBuiltinWording = (message: string): boolean => isMessage(message);

/** The languages with built-in wording of their own. */
export const builtinLanguages: readonly Language[] = languages;

/** The name a rendering is recorded under, such as `builtin/issued.bn@1`. */
export const builtinTemplate = (message: MessageName, language: Language): string =>
  `builtin/${message}.${language}@${versions[message][language]}`;
