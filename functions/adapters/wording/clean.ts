import { visibleText } from "../../domain/visible-text.ts";

const joiners = "\u200c\u200d";
const viramas = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d\u0dca";
const letters = new RegExp(`.(?:[${viramas}][${joiners}]?\\p{L}|[\\p{M}${joiners}])*`, "gsu");
const ellipsis = "...";

/**
 * A value made safe for one line of any channel: nothing unseen, white space collapsed, NFC, at most `maxLength` UTF-16 units with `...`
 * where it was cut.
 */
export function cleanValue(value: string, maxLength: number): string {
  const text = visibleText(value);
  return text.length <= maxLength ? text : cut(text, maxLength);
}

/**
 * Ends after a whole written letter: an Indic letter without its vowel sign, or half a conjunct, would be another letter. (Intl.Segmenter
 * knows letters too, but building the first one takes longer than importing all the wording.)
 */
function cut(text: string, maxLength: number): string {
  let kept = "";
  for (const [letter] of text.matchAll(letters)) {
    if (kept.length + letter.length + ellipsis.length > maxLength) break;
    kept += letter;
  }
  return `${kept.replace(/[ \u200c\u200d]+$/, "")}${ellipsis}`.slice(0, maxLength);
}

/** An http(s) URL that may stand in a text and in an attribute: ASCII without space, quote, angle bracket or back-slash, at most 2,000. */
export const isPlainUrl = (value: string): boolean =>
  /^https?:\/\/[A-Za-z0-9[][\w.~:/?#[\]@!$&()*+,;=%-]{2,1990}$/.test(value);
