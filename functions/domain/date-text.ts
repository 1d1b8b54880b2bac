import type { LocalDate } from "./local-time.ts";

/** Bengali shortens months to forms that read badly; it writes them out. */
const longMonths: ReadonlySet<string> = new Set(["bn"]);

const formats = new Map<string, Intl.DateTimeFormat>();

/** A date for a person, digits always Latin: `30 Nov 2026`, or `30/11/2026` where every character costs. */
export function formatDate(date: LocalDate, locale: string, style: "words" | "numbers" = "words"): string {
  const key = `${locale}|${style}`;
  let format = formats.get(key);
  if (!format) {
    const words = longMonths.has(locale.slice(0, 2)) ? "long" : "short";
    const [day, month] = style === "words" ? (["numeric", words] as const) : (["2-digit", "2-digit"] as const);
    format = new Intl.DateTimeFormat(locale, {
      day,
      month,
      year: "numeric",
      numberingSystem: "latn",
      calendar: "gregory",
      timeZone: "UTC",
    });
    formats.set(key, format);
  }
  return format.format(new Date(`${date}T00:00:00Z`));
}
