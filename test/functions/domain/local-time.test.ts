import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  Instant,
  LocalDate,
  LocalTime,
  localOf,
  momentOf,
  mondayOf,
  TimeZone,
  toIso,
  weekdayOf,
} from "../../../functions/domain/local-time.ts";
import { refusals } from "./refusals.ts";

const at = (date: string, time: string, zone: string): string =>
  toIso(momentOf(LocalDate.parse(date), LocalTime.parse(time), TimeZone.parse(zone)));
const shown = (iso: string, zone: string): string => {
  const { date, time } = localOf(Date.parse(iso), TimeZone.parse(zone));
  return `${date} ${time}`;
};

describe("a calendar date", () => {
  it.each(["1970-01-01", "2024-02-29", "2026-11-30", "2000-02-29", "2199-12-31"])("may be %s", (text) => {
    expect(refusals(LocalDate, text)).toEqual([]);
  });

  it.each([
    "",
    "2026-2-3",
    "2026-02-29",
    "2100-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "1969-12-31",
    "2200-01-01",
    "20261130",
    "2026-11-30T00:00:00Z",
    "٢٠٢٦-١١-٣٠",
    " 2026-11-30",
    "+02026-11-30",
  ])("may not be %j", (text) => {
    expect(refusals(LocalDate, text)).toEqual([": must be a calendar date, YYYY-MM-DD"]);
  });

  it("moves by days over months, years and leap days, and back again", () => {
    expect(addDays("2024-02-28" as LocalDate, 1)).toBe("2024-02-29");
    expect(addDays("2026-12-31" as LocalDate, 1)).toBe("2027-01-01");
    expect(addDays("2026-03-01" as LocalDate, -1)).toBe("2026-02-28");
    const someDate = fc.integer({ min: 366, max: 80_000 }).map((days) => addDays("1970-01-01" as LocalDate, days));
    fc.assert(
      fc.property(someDate, fc.integer({ min: -366, max: 366 }), (date, days) => {
        const moved = addDays(date, days);
        expect(addDays(moved, -days)).toBe(date);
        expect(moved > date).toBe(days > 0);
      }),
    );
  });

  it("falls on a day of the week, which comes again after seven days", () => {
    expect(
      ["2026-11-15", "2026-11-16", "2026-11-21", "2024-02-29"].map((date) => weekdayOf(date as LocalDate)),
    ).toEqual(["sun", "mon", "sat", "thu"]);
    expect(weekdayOf(addDays("2026-11-15" as LocalDate, 700))).toBe("sun");
  });
});

describe("a time of day", () => {
  it("goes from 00:00 to 23:59", () => {
    for (const text of ["00:00", "09:30", "19:59", "23:59"]) expect(refusals(LocalTime, text)).toEqual([]);
    for (const text of ["24:00", "9:30", "09:60", "0930", "09:30:00", "", "-1:00", "09:30 ", "०९:३०"]) {
      expect(refusals(LocalTime, text)).toEqual([": must be a time of day, HH:MM"]);
    }
  });
});

describe("a time zone", () => {
  it("is a region's name or UTC", () => {
    for (const zone of ["Asia/Kolkata", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+5"]) {
      expect(refusals(TimeZone, zone)).toEqual([]);
    }
    for (const zone of ["IST", "EST", "+05:30", "Asia/Atlantis", "Asia/", "", "../etc/passwd", "GMT"]) {
      expect(refusals(TimeZone, zone)).toEqual([": must be an IANA time zone, such as Asia/Kolkata"]);
    }
  });

  it("may be any that the platform knows", () => {
    for (const zone of Intl.supportedValuesOf("timeZone")) expect(refusals(TimeZone, zone)).toEqual([]);
  });
});

describe("an instant", () => {
  it.each([
    ["2026-11-15T04:00:00Z", "2026-11-15T04:00:00.000Z"],
    ["2026-11-15T09:30:00+05:30", "2026-11-15T04:00:00.000Z"],
    ["2026-11-15T04:00:00.250Z", "2026-11-15T04:00:00.250Z"],
    ["2026-11-14T23:00:00-05:00", "2026-11-15T04:00:00.000Z"],
  ])("is read from %s", (text, iso) => {
    expect(toIso(Instant.parse(text))).toBe(iso);
  });

  it.each([
    "2026-11-15",
    "2026-11-15T04:00:00",
    "2026-02-30T04:00:00Z",
    "2026-11-15T25:00:00Z",
    "2026-11-15 04:00:00Z",
    "1763179200000",
    "",
  ])("is not read from %j", (text) => {
    expect(refusals(Instant, text)).toContain(": must be a time with its zone, such as 2026-11-15T04:00:00Z");
  });
});

describe("an instant out of all time", () => {
  it.each(["1969-12-31T23:59:59Z", "2199-12-31T00:00:00Z", "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z"])(
    "is refused: %s",
    (text) => {
      expect(refusals(Instant, text)).toEqual([": must be between 1970 and 2199"]);
    },
  );
});

describe("the Monday of a week", () => {
  it.each([
    ["2026-11-16", "2026-11-16"],
    ["2026-11-18", "2026-11-16"],
    ["2026-11-22", "2026-11-16"],
    ["2026-11-23", "2026-11-23"],
    ["2027-01-01", "2026-12-28"],
    ["2024-03-03", "2024-02-26"],
  ])("of %s is %s", (date, monday) => {
    expect(mondayOf(date as LocalDate)).toBe(monday);
  });
});

describe("a local time", () => {
  it.each([
    ["2026-11-15", "10:00", "Asia/Kolkata", "2026-11-15T04:30:00.000Z"],
    ["2026-11-15", "00:00", "Pacific/Kiritimati", "2026-11-14T10:00:00.000Z"],
    ["2026-11-15", "10:00", "Asia/Kathmandu", "2026-11-15T04:15:00.000Z"],
    ["2026-07-01", "10:00", "America/Sao_Paulo", "2026-07-01T13:00:00.000Z"],
    ["2024-02-29", "09:00", "Asia/Singapore", "2024-02-29T01:00:00.000Z"],
  ])("%s %s in %s is %s", (date, time, zone, iso) => {
    expect(at(date, time, zone)).toBe(iso);
    expect(shown(iso, zone)).toBe(`${date} ${time}`);
  });

  it("that a spring gap skips is moved on by the gap", () => {
    expect(at("2026-03-08", "02:00", "America/New_York")).toBe("2026-03-08T07:00:00.000Z");
    expect(at("2026-03-08", "02:30", "America/New_York")).toBe("2026-03-08T07:30:00.000Z");
    expect(shown("2026-03-08T07:30:00Z", "America/New_York")).toBe("2026-03-08 03:30");
    expect(shown(at("2026-10-04", "02:15", "Australia/Lord_Howe"), "Australia/Lord_Howe")).toBe("2026-10-04 02:45");
    expect(shown(at("2018-11-04", "00:00", "America/Sao_Paulo"), "America/Sao_Paulo")).toBe("2018-11-04 01:00");
  });

  it("that an autumn fold shows twice is the first of the two", () => {
    expect(at("2026-11-01", "01:30", "America/New_York")).toBe("2026-11-01T05:30:00.000Z");
    expect(shown("2026-11-01T05:30:00Z", "America/New_York")).toBe("2026-11-01 01:30");
    expect(shown("2026-11-01T06:30:00Z", "America/New_York")).toBe("2026-11-01 01:30");
  });

  it("on a date that a zone never had is that time of the next day", () => {
    expect(shown(at("2011-12-30", "10:00", "Pacific/Apia"), "Pacific/Apia")).toBe("2011-12-31 10:00");
  });
});
