// JavaScript counts the byte-order mark as white space, but it is not seen.
const spaces = /(?:(?!\ufeff)\s|\u0085)+/g;
const unseen = /(?![\u200c\u200d])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
const strayJoiners = /(?<![\u0900-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0900-\u0dff])/gu;
const joiners = "\u200c\u200d";
const viramas = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d\u0dca";
const letters = new RegExp(`.(?:[${viramas}][${joiners}]?\\p{L}|[\\p{M}${joiners}])*`, "gsu");
const ellipsis = "...";

/**
 * A value made safe for one line of any channel: no control, bidirectional, zero-width or other unseen character (joiners stay between
 * Indic letters, whose spelling needs them), white space collapsed, NFC, at most `maxLength` UTF-16 units with `...` where it was cut.
 */
export function cleanValue(value: string, maxLength: number): string {
  const oneLine = value.replace(spaces, " ").replace(unseen, "").replace(strayJoiners, "");
  const text = oneLine.replace(/ +/g, " ").trim().normalize("NFC");
  return text.length <= maxLength ? text : cut(text, maxLength);
}

/** Ends after a whole written letter: an Indic letter without its vowel sign, or half a conjunct, would be another letter. */
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
