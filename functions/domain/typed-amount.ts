import { type CurrencyCode, exponentOf, fromDecimal, localeOf, type Money, toDecimal } from "./money.ts";

const zeros = [0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66];

/** Reads the Indic decimal digits that phone keyboards give as Latin ones. */
function latinDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const point = digit.codePointAt(0) ?? 0;
    const zero = zeros.find((start) => point >= start && point < start + 10);
    return zero === undefined ? digit : String(point - zero);
  });
}

/** How people write a currency where no locale's data says so. */
const customary: Readonly<Record<string, readonly string[]>> = { INR: ["rs.", "rs"], SGD: ["s$"] };

/** Every way the currency itself may stand beside an amount, in lower case, the longest first. */
function signsOf(currency: string, locale: string): readonly string[] {
  const shown = (["symbol", "narrowSymbol"] as const).flatMap((currencyDisplay) =>
    new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay })
      .formatToParts(1)
      .filter(({ type }) => type === "currency")
      .map(({ value }) => value.toLowerCase()),
  );
  return [currency.toLowerCase(), ...(customary[currency] ?? []), ...shown].toSorted((a, b) => b.length - a.length);
}

/** Takes the currency off either end: another currency's sign stays, and makes the text unreadable. */
function withoutSign(text: string, signs: readonly string[]): string {
  const sign = signs.find((known) => text.startsWith(known));
  if (sign !== undefined) return text.slice(sign.length);
  const last = signs.find((known) => text.endsWith(known));
  return last === undefined ? text : text.slice(0, -last.length);
}

/** Groups of three, or as in India of two before the last three. */
const grouped = { ",": /^\d{1,3}(,\d{3})+$|^\d{1,2}(,\d{2})*,\d{3}$/, ".": /^\d{1,3}(\.\d{3})+$/ } as const;

type Mark = keyof typeof grouped;

const otherMark = (mark: Mark): Mark => (mark === "," ? "." : ",");

const decimalMarkOf = (locale: string): Mark =>
  new Intl.NumberFormat(locale).formatToParts(1.5).some(({ type, value }) => type === "decimal" && value === ",")
    ? ","
    : ".";

/** Plain decimal text for digits with marks; undefined where no reading, or more than one, makes sense. */
function decimalOf(digits: string, decimalMark: Mark, places: number): string | undefined {
  const used = ([",", "."] as const).filter((mark) => digits.includes(mark));
  if (used.length === 0) return digits;
  const last: Mark = digits.lastIndexOf(",") > digits.lastIndexOf(".") ? "," : ".";
  const end = digits.lastIndexOf(last);
  const [whole, fraction] = [digits.slice(0, end), digits.slice(end + 1)];
  if (used.length === 2) return ungrouped(whole, otherMark(last), fraction);
  const isGrouped = grouped[last].test(digits);
  if (isGrouped && (last !== decimalMark || whole.includes(last))) return digits.replaceAll(last, "");
  return whole.includes(last) || fraction.length > places ? undefined : `${whole}.${fraction}`;
}

const ungrouped = (whole: string, mark: Mark, fraction: string): string | undefined =>
  grouped[mark].test(whole) ? `${whole.replaceAll(mark, "")}.${fraction}` : undefined;

/** As many characters as a payment code has room for, in any standard there is. */
const mostCharacters = 13;

/**
 * Reads an amount as people write it: `1,249.50`, `₹ 1,24,900`, `R$ 1.249,50`, Bengali digits. Plain text with all decimals of the currency
 * is what pages fill fields with, whatever the language: `1.249` Kuwaiti dinars. Else a single comma or point before three digits is what
 * the language makes of it, and unreadable where that makes no amount: `1.249` rupees are 1249 in Portuguese and nothing in English.
 */
export function readAmount(text: string, currency: CurrencyCode, language: string): Money | "missing" | "malformed" {
  const plain = fromDecimal(text, currency);
  const amount = plain && toDecimal(plain) === text ? plain : typedAmount(text, currency, language);
  return typeof amount === "string" || toDecimal(amount).length <= mostCharacters ? amount : "malformed";
}

function typedAmount(text: string, currency: CurrencyCode, language: string): Money | "missing" | "malformed" {
  const locale = localeOf(language, currency);
  const tight = latinDigits(text.slice(0, 40))
    .toLowerCase()
    .replace(/[\s'’]/g, "");
  const digits = withoutSign(
    tight,
    signsOf(currency, locale).map((sign) => sign.replace(/\s/g, "")),
  );
  if (digits === "") return "missing";
  if (!/^\d[\d.,]*$/.test(digits)) return "malformed";
  const decimal = decimalOf(digits, decimalMarkOf(locale), exponentOf(currency));
  return (decimal === undefined ? undefined : fromDecimal(decimal.replace(/\.$/, ""), currency)) ?? "malformed";
}
