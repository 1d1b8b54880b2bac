import type { LocalDate, LocalTime } from "../domain/local-time.ts";
import { formatMoney, localeOf, type Money } from "../domain/money.ts";

/** Amounts, dates and times as one language writes them. */
export type Format = {
  readonly money: (amount: Money) => string;
  readonly date: (date: LocalDate) => string;
  readonly dates: (from: LocalDate, until: LocalDate) => string;
  readonly time: (at: { readonly date: LocalDate; readonly time: LocalTime }) => string;
};

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string): Intl.DateTimeFormat {
  let format = dateFormats.get(locale);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, {
      day: "numeric",
      month: "long",
      year: "numeric",
      timeZone: "UTC",
      numberingSystem: "latn",
    });
    dateFormats.set(locale, format);
  }
  return format;
}

/** Formats for a language and the bill's currency; digits are Latin. A comma between a month's name and its year is left out. */
export function formatFor(language: string, currency: string): Format {
  const dates = dateFormat(localeOf(language, currency));
  const plain = (text: string): string => text.replace(/(?<=[^\d\s]), (?=\d{4})/gu, " ");
  const date = (day: LocalDate): string => plain(dates.format(Date.parse(day)));
  return {
    money: (amount) => formatMoney(amount, language),
    date,
    dates: (from, until) => plain(dates.formatRange(Date.parse(from), Date.parse(until))),
    time: (at) => `${date(at.date)}, ${at.time}`,
  };
}
