import { describe, expect, it } from "vitest";
import { formatDate } from "../../../functions/domain/date-text.ts";
import type { LocalDate } from "../../../functions/domain/local-time.ts";

const date = "2026-11-30" as LocalDate;

describe("a date for a person", () => {
  it.each([
    ["en-IN", "30 Nov 2026"],
    ["bn-IN", "30 নভেম্বর, 2026"],
    ["hi-IN", "30 नव॰ 2026"],
    ["pt-BR", "30 de nov. de 2026"],
    ["es", "30 nov 2026"],
  ])("is written in %s as %s", (locale, text) => {
    expect(formatDate(date, locale)).toBe(text);
  });

  it("has Latin digits and the common calendar in every language", () => {
    for (const locale of ["bn", "hi", "ta", "ar", "ar-SA", "fa", "th", "mr", "ne", "my"]) {
      expect(formatDate(date, locale)).toMatch(/30.*2026|2026.*30/);
      expect(formatDate(date, locale)).not.toMatch(/(?![0-9])\p{Nd}/u);
    }
  });

  it("is the day that was named, whatever zone the machine is in", () => {
    expect(formatDate("2026-01-01" as LocalDate, "en-GB")).toBe("1 Jan 2026");
    expect(formatDate("2024-02-29" as LocalDate, "en-GB")).toBe("29 Feb 2024");
    expect(formatDate("2026-12-31" as LocalDate, "en-GB")).toBe("31 Dec 2026");
  });
});
