const unseen =
  /(?![\u200c\u200d])[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2028\u2029\ufff9-\ufffb]/gu;
const strayJoiners = /(?<![\u0900-\u0dff])[\u200c\u200d]|[\u200c\u200d](?![\u0900-\u0dff])/gu;

/**
 * The text as a reader sees it, on one line and NFC: no control, direction, zero-width or other unseen character. Joiners stay between
 * Indic letters, whose spelling needs them.
 */
export function visibleText(text: string): string {
  const seen = text
    .replace(/(?:[^\S\ufeff]|\u0085)+/g, " ")
    .replace(unseen, "")
    .replace(strayJoiners, "");
  return seen.replace(/ +/g, " ").trim().normalize("NFC");
}

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one letter each: a Bengali letter with its vowel sign and conjuncts is one. */
export function letters(text: string): string[] {
  segmenter ??= new Intl.Segmenter("und", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

const mostWords = 4;
const mostDots = 6;

/**
 * A name its owner recognizes and others cannot read: `Asha Sen` is `A••• S••`. Only first letters are kept, of four words at most; a word
 * that starts with anything else is all dots.
 */
export function maskedName(name: string): string {
  const words = visibleText(name)
    .split(" ")
    .filter((word) => word !== "");
  return words
    .slice(0, mostWords)
    .map((word) => {
      const [first = "", ...rest] = letters(word);
      const shown = /^\p{L}/u.test(first) ? first : "";
      const hidden = rest.length + (shown ? 0 : 1);
      return shown + "•".repeat(Math.min(mostDots, Math.max(1, hidden)));
    })
    .join(" ");
}
