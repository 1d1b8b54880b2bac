import { describe, expect, it } from "vitest";
import {
  addDays,
  type LocalDate,
  type LocalTime,
  localOf,
  type Moment,
  minuteMs,
  momentOf,
  type TimeZone,
} from "../../../functions/domain/local-time.ts";
import { moveIntoWindow, type SendWindow } from "../../../functions/domain/send-window.ts";
import { shortHash } from "../../../functions/domain/short-hash.ts";
import { type ClockChange, type Clocks, changesBetween, clocksOf, shownAt } from "./clock-changes.ts";

const isFull = process.env["FULL_TIME"] === "1";
const zones = [...Intl.supportedValuesOf("timeZone"), "UTC"];
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** All changes of a zone's clocks from 1990 to 2040; in the short run those of two years, other years for each zone. */
function changesOf(clocks: Clocks): readonly ClockChange[] {
  if (isFull) return changesBetween(clocks, Date.UTC(1990, 0, 1), Date.UTC(2040, 11, 31));
  const first = Number.parseInt(shortHash(clocks.zone), 36) % 50;
  return [first, (first + 17) % 50].flatMap((year) =>
    changesBetween(clocks, Date.UTC(1990 + year, 0, 1), Date.UTC(1991 + year, 0, 1)),
  );
}

let found: readonly (readonly [Clocks, readonly ClockChange[]])[] | undefined;

/** Every zone with its changes, found once. */
function allChanges(): readonly (readonly [Clocks, readonly ClockChange[]])[] {
  found ??= zones.map(clocksOf).map((clocks) => [clocks, changesOf(clocks)] as const);
  return found;
}

/** The moment a local time ought to be, from the offsets before and after the change that it is next to. */
function expectedMoment(local: number, { at, before, after }: ClockChange): Moment {
  const first = local - before;
  return first < at || local < at + after ? first : local - after;
}

/** Local times around a change, as milliseconds: just before, within and just after the gap or the fold. */
function timesAround({ at, before, after }: ClockChange): readonly number[] {
  const [low, high] = [at + Math.min(before, after), at + Math.max(before, after)];
  const middle = Math.floor((low + high) / 2 / minuteMs) * minuteMs;
  return [low - minuteMs, low, middle, high - minuteMs, high, high + minuteMs];
}

const windowsAround = (change: ClockChange): readonly SendWindow[] => {
  const edge = (ms: number): LocalTime => shownAt(ms, 0).time;
  const [, low = 0, middle = 0, last = 0, high = 0] = timesAround(change);
  const tight = [
    [low - 30 * minuteMs, middle],
    [middle, high + 30 * minuteMs],
    [low - 30 * minuteMs, high + 30 * minuteMs],
    [low, last],
  ].map(([start = 0, end = 0]) => ({ start: edge(start), end: edge(end) }));
  const usual = { start: "09:00", end: "20:00" } as SendWindow;
  return [usual, { start: "00:00", end: "23:59" } as SendWindow, ...tight].filter(({ start, end }) => start < end);
};

describe(`local times around ${isFull ? "every change" : "changes"} of clocks in every zone, 1990 to 2040`, () => {
  it("each come exactly once: moved on by a gap, the first of a fold", { timeout: 1_800_000 }, () => {
    let count = 0;
    for (const [{ zone }, changes] of allChanges()) {
      for (const change of changes) {
        count++;
        for (const local of timesAround(change)) {
          const { date, time } = shownAt(local, 0);
          expect([zone, date, time, momentOf(date, time, zone as TimeZone)]).toEqual([
            zone,
            date,
            time,
            expectedMoment(local, change),
          ]);
        }
      }
    }
    expect(count).toBeGreaterThan(isFull ? 10_000 : 400);
  });

  it("come day after day in order, one each day", { timeout: 1_800_000 }, () => {
    for (const [{ zone }, changes] of allChanges()) {
      for (const change of changes) {
        const { date, time } = shownAt(change.at, Math.max(change.before, change.after));
        const days = [-2, -1, 0, 1, 2].map((days) => addDays(date, days));
        const moments = days.map((day) => momentOf(day, time, zone as TimeZone));
        const gaps = moments.slice(1).map((moment, n) => moment - (moments[n] ?? 0));
        const shift = Math.abs(change.after - change.before);
        for (const gap of gaps) expect(Math.abs(gap - dayMs)).toBeLessThanOrEqual(shift);
        expect(gaps.reduce((sum, gap) => sum + gap, 0)).toBe(4 * dayMs - (change.after - change.before));
      }
    }
  });

  it("are told as the clocks show them, to the minute", { timeout: 1_800_000 }, () => {
    for (const [clocks, changes] of allChanges()) {
      const { zone } = clocks;
      for (const { at } of changes) {
        for (const moment of [at - minuteMs, at - 1, at, at + minuteMs, at + 90 * minuteMs]) {
          expect([zone, localOf(moment, zone as TimeZone)]).toEqual([zone, shownAt(moment, clocks.offsetAt(moment))]);
        }
      }
    }
  });

  it("are never outside the send window, and never deferred for longer than the window is closed", {
    timeout: 1_800_000,
  }, () => {
    for (const [clocks, changes] of allChanges()) {
      for (const change of isFull ? changes : changes.slice(0, 2)) {
        for (const window of windowsAround(change)) checkWindow(clocks, change, window);
      }
    }
  });
});

function checkWindow(clocks: Clocks, change: ClockChange, window: SendWindow): void {
  const isOpen = (at: Moment): boolean => {
    const { time } = shownAt(at, at < change.at ? change.before : change.after);
    return window.start <= time && time < window.end;
  };
  let last = 0;
  for (const hours of isFull ? [-30, -1.25, -0.25, 0, 0.4, 1.1, 30] : [-1.25, 0, 0.4, 30]) {
    const at = change.at + hours * hourMs;
    const moved = moveIntoWindow(at, window, clocks.zone as TimeZone);
    const seen = [clocks.zone, window, at, moved];
    expect([...seen, isOpen(moved), isOpen(moved + minuteMs - 1)]).toEqual([...seen, true, true]);
    expect([...seen, moved >= at, moved - at <= 3 * dayMs, moved >= last]).toEqual([...seen, true, true, true]);
    last = moved;
  }
}

describe("a window in a zone that skips a whole day", () => {
  const apia = "Pacific/Apia" as TimeZone;
  const shown = (at: Moment): LocalDate => localOf(at, apia).date;

  it("is not opened on the day after by the weekday of the day that was skipped", () => {
    const fridays = { start: "09:00", end: "20:00", days: ["fri"] } as SendWindow;
    const moved = moveIntoWindow(Date.parse("2011-12-30T02:00:00Z"), fridays, apia);
    expect(shown(Date.parse("2011-12-30T02:00:00Z"))).toBe("2011-12-29");
    expect(shown(moved)).toBe("2012-01-06");
  });
});
