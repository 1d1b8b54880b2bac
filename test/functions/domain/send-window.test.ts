import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type LocalDate, minuteMs, type TimeZone, weekdayOf } from "../../../functions/domain/local-time.ts";
import { intersection, isWindowOpen, moveIntoWindow, SendWindow } from "../../../functions/domain/send-window.ts";
import { refusals } from "./refusals.ts";

const kolkata = "Asia/Kolkata" as TimeZone;
const at = (text: string): number => Date.parse(`${text.replace(" ", "T")}:00+05:30`);
const office = SendWindow.parse({ start: "09:00", end: "20:00" });
const weekdays = SendWindow.parse({ ...office, days: ["mon", "tue", "wed", "thu", "fri"], holidays: ["2026-11-16"] });

describe("a send window", () => {
  it.each([
    ["the middle of the day stays", office, "2026-11-15 12:34", "2026-11-15 12:34"],
    ["the opening minute stays", office, "2026-11-15 09:00", "2026-11-15 09:00"],
    ["the early morning waits for the opening", office, "2026-11-15 08:59", "2026-11-15 09:00"],
    ["the last minute but one stays", office, "2026-11-15 19:59", "2026-11-15 19:59"],
    ["the end is the next day's", office, "2026-11-15 20:00", "2026-11-16 09:00"],
    ["the night waits for the morning", office, "2026-11-15 23:59", "2026-11-16 09:00"],
    ["midnight waits for the same day's morning", office, "2026-11-16 00:00", "2026-11-16 09:00"],
    ["a Saturday waits over Sunday and a Monday holiday", weekdays, "2026-11-14 10:00", "2026-11-17 09:00"],
    ["a Friday evening does too", weekdays, "2026-11-13 20:00", "2026-11-17 09:00"],
    ["no window leaves the night as it is", undefined, "2026-11-15 03:00", "2026-11-15 03:00"],
  ])("%s", (_case, window, from, to) => {
    expect(moveIntoWindow(at(from), window, kolkata)).toBe(at(to));
    expect(isWindowOpen(at(from), window, kolkata)).toBe(from === to);
  });

  it("keeps a minute at its end free, so that nothing leaves after it", () => {
    const lastStart = at("2026-11-15 19:59");
    expect(isWindowOpen(lastStart, office, kolkata)).toBe(true);
    expect(isWindowOpen(lastStart + 1, office, kolkata)).toBe(false);
    expect(moveIntoWindow(lastStart + 1, office, kolkata)).toBe(at("2026-11-16 09:00"));
  });

  it("goes by the customer's clock: the same moment is open in one zone and closed in another", () => {
    const moment = at("2026-11-15 10:00");
    expect(isWindowOpen(moment, office, kolkata)).toBe(true);
    expect(isWindowOpen(moment, office, "Europe/London" as TimeZone)).toBe(false);
    expect(moveIntoWindow(moment, office, "Europe/London" as TimeZone)).toBe(Date.parse("2026-11-15T09:00:00Z"));
  });

  it("opens again after years when every one of its weekdays is a holiday", () => {
    const holidays = Array.from({ length: 366 }, (_, week) => addDays("2026-11-16" as LocalDate, 7 * week));
    const window = SendWindow.parse({ start: "09:00", end: "20:00", days: ["mon"], holidays });
    const opens = addDays("2026-11-16" as LocalDate, 7 * 366);
    expect(moveIntoWindow(at("2026-11-15 12:00"), window, kolkata)).toBe(at(`${opens} 09:00`));
  });

  it("answers the first open moment at or after any other, whatever its days and holidays", () => {
    const times = fc
      .integer({ min: 0, max: 1_424 })
      .chain((start) =>
        fc.integer({ min: start + 15, max: 1_439 }).map((end) => ({ start: clock(start), end: clock(end) })),
      );
    const days = fc.uniqueArray(fc.constantFrom("mon", "tue", "wed", "thu", "fri", "sat", "sun"), { minLength: 1 });
    const holidays = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 10 });
    const from = fc.integer({ min: at("2026-11-15 00:00"), max: at("2026-12-10 00:00") });
    fc.assert(
      fc.property(times, days, holidays, from, (time, days, holidays, moment) => {
        const dates = holidays.map((n) => addDays("2026-11-15" as LocalDate, n));
        const window = SendWindow.parse({ ...time, days, holidays: dates });
        const isOpen = (t: number): boolean => {
          const text = new Date(t + 330 * minuteMs).toISOString();
          const date = text.slice(0, 10) as LocalDate;
          const isDay = window.days?.includes(weekdayOf(date)) && !dates.includes(date);
          return isDay === true && text.slice(11, 16) >= window.start && text.slice(11, 16) < window.end;
        };
        const moved = moveIntoWindow(moment, window, kolkata);
        expect(moved >= moment && isOpen(moved) && isOpen(moved + minuteMs - 1)).toBe(true);
        expect(isWindowOpen(moved, window, kolkata)).toBe(true);
        // Nothing before it was open for a minute.
        for (let t = moment; t < moved; t += 13 * minuteMs) expect(isOpen(t) && isOpen(t + minuteMs - 1)).toBe(false);
      }),
    );
  });
});

describe("what two windows both allow", () => {
  it("is open exactly when both of them are", () => {
    const half = fc.integer({ min: 0, max: 47 });
    const days = fc.option(fc.uniqueArray(fc.constantFrom("mon", "wed", "sat", "sun"), { minLength: 1 }));
    const holidays = fc.subarray(["2026-11-16", "2026-11-18", "2026-11-21"]);
    const window = fc
      .tuple(half, half, days, holidays)
      .filter(([a, b]) => a !== b)
      .map(([a, b, days, holidays]) =>
        SendWindow.parse({
          start: clock(30 * Math.min(a, b)),
          end: clock(30 * Math.max(a, b)),
          ...(days && { days }),
          holidays,
        }),
      );
    const moment = fc.integer({ min: at("2026-11-15 00:00"), max: at("2026-11-24 00:00") });
    fc.assert(
      fc.property(window, window, moment, (a, b, moment) => {
        const both = intersection(a, b);
        const isBoth = isWindowOpen(moment, a, kolkata) && isWindowOpen(moment, b, kolkata);
        expect(both !== undefined && isWindowOpen(moment, both, kolkata)).toBe(isBoth);
        expect(both && SendWindow.parse(both)).toEqual(both);
        const turned = intersection(b, a);
        expect(turned !== undefined && isWindowOpen(moment, turned, kolkata)).toBe(isBoth);
      }),
    );
  });

  it("is nothing where less than a quarter of an hour is left, or no day", () => {
    const evening = SendWindow.parse({ start: "19:46", end: "22:00" });
    expect(intersection(office, evening)).toBeUndefined();
    expect(intersection(weekdays, { ...office, days: ["sun"] })).toBeUndefined();
  });

  it("opens again after more holidays than one window may name", () => {
    const sundays = (from: string) =>
      SendWindow.parse({
        ...office,
        days: ["sun"],
        holidays: Array.from({ length: 366 }, (_, n) => addDays(from as LocalDate, 7 * n)),
      });
    const [first, second] = [sundays("2026-11-15"), sundays(addDays("2026-11-15" as LocalDate, 7 * 366))];
    const opens = addDays("2026-11-15" as LocalDate, 7 * 732);
    const both = intersection(first, second);
    expect(moveIntoWindow(at("2026-11-15 12:00"), both, kolkata)).toBe(at(`${opens} 09:00`));
  });
});

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

describe("the settings of a send window", () => {
  it("name the field that is wrong", () => {
    expect(refusals(SendWindow, { start: "20:00", end: "09:00" })).toEqual([
      "end: must be at least 15 minutes after start",
    ]);
    expect(refusals(SendWindow, { start: "09:00", end: "09:14" })).toEqual([
      "end: must be at least 15 minutes after start",
    ]);
    expect(refusals(SendWindow, { start: "09:00", end: "09:15" })).toEqual([]);
    expect(refusals(SendWindow, { start: "9:00", end: "24:00" })).toEqual([
      "end: must be a time of day, HH:MM",
      "start: must be a time of day, HH:MM",
    ]);
    expect(refusals(SendWindow, { ...office, days: [] })).toEqual(["days: must name at least one day"]);
    expect(refusals(SendWindow, { ...office, holidays: ["2026-11-31"] })).toEqual([
      "holidays.0: must be a calendar date, YYYY-MM-DD",
    ]);
  });
});
