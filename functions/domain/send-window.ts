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

/** When a customer may be messaged, in the customer's own zone: from `start` up to but not including `end`. */
export const SendWindow = z
  .strictObject({
    start: LocalTime,
    end: LocalTime,
    days: z.exactOptional(z.array(Weekday).check(z.minLength(1, "must name at least one day"), z.maxLength(7))),
    holidays: z.exactOptional(z.array(LocalDate).check(z.maxLength(366))),
  })
  .check(z.refine(({ start, end }) => start < end, { path: ["end"], message: "must be later than start" }));
export type SendWindow = z.output<typeof SendWindow>;

/** The last minute of a window is not used: a message claimed in it could leave after the end. */
const marginMs = minuteMs;

function isOpenOn(window: SendWindow, date: LocalDate): boolean {
  return (window.days?.includes(weekdayOf(date)) ?? true) && !window.holidays?.includes(date);
}

/** The first moment at or after `at` with the window open for a minute at least; `at` itself without a window. */
export function moveIntoWindow(at: Moment, window: SendWindow | undefined, zone: TimeZone): Moment {
  if (!window) return at;
  const first = localOf(at, zone).date;
  for (let days = 0; days <= 800; days++) {
    const date = addDays(first, days);
    if (!isOpenOn(window, date)) continue;
    const opens = momentOf(date, window.start, zone);
    const closes = momentOf(date, window.end, zone) - marginMs;
    const candidate = Math.max(at, opens);
    if (candidate <= closes) return candidate;
  }
  throw new RangeError("the send window never opens");
}

/** Whether a message may be sent at `at`. */
export const isWindowOpen = (at: Moment, window: SendWindow | undefined, zone: TimeZone): boolean =>
  moveIntoWindow(at, window, zone) === at;
