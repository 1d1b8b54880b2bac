import type { LocalDate } from "./local-time.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** A date for a person, such as `30 Nov 2026`, digits always Latin. */
export function formatDate(date: LocalDate, locale: string): string {
  let format = formats.get(locale);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric", numberingSystem: "latn", timeZone: "UTC" });
    formats.set(locale, format);
  }
  return format.format(new Date(`${date}T00:00:00Z`));
}
