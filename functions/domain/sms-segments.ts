/** How one SMS travels: 7-bit GSM alphabet, or 16-bit units as soon as one character is outside it. */
type SmsEncoding = "GSM-7" | "UCS-2";

/** What an SMS text costs: `units` are septets (GSM-7) or UTF-16 units (UCS-2); `outsideGsm7` names each character that forces UCS-2, once. */
export type SmsSegments = {
  readonly encoding: SmsEncoding;
  readonly units: number;
  readonly segments: number;
  readonly outsideGsm7: readonly string[];
};

const latin = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const basic = new Set(`${latin}@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà`);
const extension = new Set("\f^{}\\[~]|€");

const capacity = {
  "GSM-7": { alone: 160, joined: 153 },
  "UCS-2": { alone: 70, joined: 67 },
} as const;

const septets = (character: string): number => (extension.has(character) ? 2 : 1);
const isGsm7 = (character: string): boolean => basic.has(character) || extension.has(character);

/**
 * Counts the segments (billed parts) of an SMS after 3GPP TS 23.038 and 23.040: 160 septets alone or 153 per joined part,
 * 70 UTF-16 units alone or 67 per joined part; extension characters count two, and no part ends inside a character.
 */
export function smsSegments(text: string): SmsSegments {
  const outsideGsm7 = [...new Set(text)].filter((character) => !isGsm7(character));
  const encoding: SmsEncoding = outsideGsm7.length === 0 ? "GSM-7" : "UCS-2";
  const widths = [...text].map((character) => (encoding === "GSM-7" ? septets(character) : character.length));
  const units = widths.reduce((sum, width) => sum + width, 0);
  const { alone, joined } = capacity[encoding];
  return { encoding, units, segments: units <= alone ? Math.min(units, 1) : partsOf(widths, joined), outsideGsm7 };
}

function partsOf(widths: readonly number[], joined: number): number {
  let parts = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > joined) {
      parts += 1;
      used = 0;
    }
    used += width;
  }
  return parts;
}

const plainForms: readonly (readonly [RegExp, string])[] = [
  [/[\u2018\u2019\u201a\u201b\u2032]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u2033]/g, '"'],
  [/[\u2010-\u2015\u2212\u2022\u00b7]/g, "-"],
  [/\u2026/g, "..."],
  [/[\u00a0\u2000-\u200a\u202f]/g, " "],
  [/₹ ?/g, "Rs "],
];

/**
 * The text with typographic characters (curly quotes, dashes, bullets, `…`, `₹`, odd spaces) in the plain form GSM-7 has for them;
 * worth doing only where nothing else in the SMS forces UCS-2, since plain forms can be longer.
 */
export const plainSmsText = (text: string): string =>
  plainForms.reduce((changed, [pattern, form]) => changed.replace(pattern, form), text);

const beyondGsm7: ReadonlySet<string> = new Set([
  "as",
  "bn",
  "gu",
  "hi",
  "kn",
  "ml",
  "mr",
  "ne",
  "or",
  "pa",
  "ta",
  "te",
  "ur",
]);

/** Whether the language's own script is outside GSM-7, so that plain symbols in its SMS would save nothing. */
export const isBeyondGsm7 = (language: string): boolean => beyondGsm7.has(language.split("-")[0] ?? "");
