import * as z from "zod/mini";
import {
  addDays,
  LocalDate,
  LocalTime,
  localOf,
  type Moment,
  minuteMs,
  momentOf,
  type TimeZone,
  Weekday,
  weekdayOf,
} from "./local-time.ts";

/** What is due in a minute is sent in one of the next: a shorter window could close each day before that. */
const shortestMinutes = 15;

const minutesOf = (time: LocalTime): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** When a customer may be messaged, in the customer's own zone: from `start` up to but not including `end`. */
export const SendWindow = z
  .strictObject({
    start: LocalTime,
    end: LocalTime,
    days: z.exactOptional(z.array(Weekday).check(z.minLength(1, "must name at least one day"), z.maxLength(7))),
    holidays: z.exactOptional(z.array(LocalDate).check(z.maxLength(366))),
  })
  .check(
    z.refine(({ start, end }) => !(minutesOf(end) - minutesOf(start) < shortestMinutes), {
      path: ["end"],
      message: `must be at least ${shortestMinutes} minutes after start`,
    }),
  );
export type SendWindow = z.output<typeof SendWindow>;

/** The last minute of a window is not used: a message claimed in it could leave after the end. */
const marginMs = minuteMs;

function isOpenOn(window: SendWindow, date: LocalDate): boolean {
  return (window.days?.includes(weekdayOf(date)) ?? true) && !window.holidays?.includes(date);
}

/** All holidays of a window, were they all on its only weekday, close it for less than this. */
const longestClosedDays = ({ holidays }: SendWindow): number => ((holidays?.length ?? 0) + 1) * 7 + 7;

/** The first moment at or after `at` with the window open for a minute at least; `at` itself without a window. */
export function moveIntoWindow(at: Moment, window: SendWindow | undefined, zone: TimeZone): Moment {
  if (!window) return at;
  const first = localOf(at, zone).date;
  for (let days = 0, most = longestClosedDays(window); days <= most; days++) {
    const date = addDays(first, days);
    const open = isOpenOn(window, date) ? firstOpen(at, window, { date, zone }) : undefined;
    if (open !== undefined) return open;
  }
  throw new RangeError("the send window never opens");
}

type LocalDay = { readonly date: LocalDate; readonly zone: TimeZone };

/** The first open moment of a day's window from `at` on; undefined when none is left, or the clocks skip them all. */
function firstOpen(at: Moment, window: SendWindow, day: LocalDay): Moment | undefined {
  const opens = momentOf(day.date, window.start, day.zone);
  const ends = momentOf(day.date, window.end, day.zone);
  const last = ends - marginMs;
  const lengthMs = (minutesOf(window.end) - minutesOf(window.start)) * minuteMs;
  let candidate = Math.max(at, opens);
  if (candidate > last) return undefined;
  const shown = localOf(ends, day.zone);
  const isRegular = ends - opens === lengthMs && shown.date === day.date && shown.time === window.end;
  if (isRegular) return candidate;
  while (candidate <= last && !isShown(candidate, window, day))
    candidate = (Math.floor(candidate / minuteMs) + 1) * minuteMs;
  return candidate <= last ? candidate : undefined;
}

/** Whether the clocks show a time of the day's window from `at` on for a minute: by a change of clocks they may jump out of it. */
const isShown = (at: Moment, window: SendWindow, { date, zone }: LocalDay): boolean =>
  [at, at + marginMs - 1].every((moment) => {
    const shown = localOf(moment, zone);
    return shown.date === date && window.start <= shown.time && shown.time < window.end;
  });

/** What two windows both allow; undefined where that is no day, or less of a day than a window must have. */
export function intersection(a: SendWindow, b: SendWindow): SendWindow | undefined {
  const [, start = a.start] = [a.start, b.start].toSorted();
  const [end = a.end] = [a.end, b.end].toSorted();
  const days = a.days && b.days ? a.days.filter((day) => b.days?.includes(day)) : (a.days ?? b.days);
  if (minutesOf(end) - minutesOf(start) < shortestMinutes || days?.length === 0) return undefined;
  const holidays = [...new Set([...(a.holidays ?? []), ...(b.holidays ?? [])])];
  return { start, end, ...(days && { days }), ...(holidays.length > 0 && { holidays }) };
}

/** Whether a message may be sent at `at`. */
export const isWindowOpen = (at: Moment, window: SendWindow | undefined, zone: TimeZone): boolean =>
  moveIntoWindow(at, window, zone) === at;
