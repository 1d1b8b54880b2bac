import * as z from "zod/mini";

/** Decimal places of the currencies that do not have two (ISO 4217, list one, 2025). */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
};

let known: ReadonlySet<string> | undefined;

/** An ISO 4217 code that this runtime can format. */
export const CurrencyCode = z
  .string()
  .check(
    z.refine((code) => {
      known ??= new Set(Intl.supportedValuesOf("currency"));
      return known.has(code);
    }, "must be an ISO 4217 currency code, such as INR"),
  )
  .brand<"CurrencyCode">();
export type CurrencyCode = z.output<typeof CurrencyCode>;

/** The largest amount taken, in minor units: far above any bill, far below where integers lose exactness when added. */
const largestValue = 1_000_000_000_000;

/** An amount in integer minor units (paise, cents) of its currency, zero or more. */
export const Money = z.strictObject({
  value: z
    .int("must be a whole number of minor units")
    .check(z.minimum(0, "must not be negative"), z.maximum(largestValue, "is too large")),
  currency: CurrencyCode,
});
export type Money = z.output<typeof Money>;

/** How many decimal places the currency has. */
export const exponentOf = (currency: string): number => exponents[currency] ?? 2;

/** An amount of `value` minor units. */
export const money = (value: number, currency: CurrencyCode): Money => ({ value, currency });

/** The amount in major units as exact decimal text: `{124900, INR}` is `1249.00`. */
export function toDecimal(amount: Money): string {
  const places = exponentOf(amount.currency);
  const digits = String(amount.value).padStart(places + 1, "0");
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** Reads major units (`1249`, `1249.5`, `1249.50`); undefined when it is no plain decimal, has too many places or is too large. */
export function fromDecimal(text: string, currency: CurrencyCode): Money | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,4}))?$/.exec(text);
  const places = exponentOf(currency);
  const fraction = match?.[2] ?? "";
  if (!match || fraction.length > places) return undefined;
  const value = Number(`${match[1]}${fraction.padEnd(places, "0")}`);
  return value <= largestValue ? { value, currency } : undefined;
}

const homeRegion: Readonly<Record<string, string>> = { INR: "IN", BRL: "BR", SGD: "SG" };

/** The locale amounts and dates are written in: the customer's language with the region where the currency is at home. */
export const localeOf = (language: string, currency: string): string =>
  language.includes("-") || !homeRegion[currency] ? language : `${language}-${homeRegion[currency]}`;

const formats = new Map<string, Intl.NumberFormat>();

function formatFor(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale}|${currency}`;
  let format = formats.get(key);
  if (!format) {
    const places = exponentOf(currency);
    format = new Intl.NumberFormat(locale, {
      style: "currency",
      currency,
      numberingSystem: "latn",
      minimumFractionDigits: places,
      maximumFractionDigits: places,
    });
    formats.set(key, format);
  }
  return format;
}

/** Symbols outside the GSM 7-bit alphabet, as an SMS writes them instead: one such character more than halves a segment. */
const smsSymbols: Readonly<Record<string, string>> = { INR: "Rs " };

/** Digits and marks as they are, but for the narrow spaces and quotes that some languages group thousands with. */
const smsMark = (mark: string): string => (/^[\d.,]+$/.test(mark) ? mark : " ");

/** The amount for a person, digits always Latin; `sms` keeps to characters every SMS segment can hold at full length. */
export function formatMoney(amount: Money, language: string, style: "page" | "sms" = "page"): string {
  const format = formatFor(localeOf(language, amount.currency), amount.currency);
  const decimal = toDecimal(amount) as Intl.StringNumericLiteral;
  if (style === "page") return format.format(decimal);
  const parts = format.formatToParts(decimal);
  const digits = parts.filter(({ type }) => type !== "currency" && type !== "literal").map(({ value }) => value);
  return `${smsSymbols[amount.currency] ?? `${amount.currency} `}${digits.map(smsMark).join("")}`;
}
