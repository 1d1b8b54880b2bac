import { fromEpochMilliseconds, toZonedDateTimeISO } from "temporal-polyfill/fns/Instant";
import { create as plainDateTime, toZonedDateTime } from "temporal-polyfill/fns/PlainDateTime";
import * as z from "zod/mini";

/** A moment as milliseconds since 1970-01-01T00:00:00Z. */
export type Moment = number;

export const minuteMs = 60_000;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;

function isCalendarDate(text: string): boolean {
  const at = datePattern.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return (
    !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) && text >= "1970-01-01" && text <= "2199-12-31"
  );
}

/** A calendar date without a zone, `YYYY-MM-DD`, 1970 to 2199; such dates compare as text. */
export const LocalDate = z
  .string()
  .check(z.refine(isCalendarDate, "must be a calendar date, YYYY-MM-DD"))
  .brand<"LocalDate">();
export type LocalDate = z.output<typeof LocalDate>;

/** A time of day without a zone, `HH:MM`. */
export const LocalTime = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, HH:MM"))
  .brand<"LocalTime">();
export type LocalTime = z.output<typeof LocalTime>;

const zones = new Map<string, boolean>();

function isTimeZone(zone: string): boolean {
  let good = zones.get(zone);
  if (good === undefined) {
    try {
      good =
        zone.includes("/") || zone === "UTC" ? new Intl.DateTimeFormat("en", { timeZone: zone }) !== undefined : false;
    } catch {
      good = false;
    }
    if (zones.size < 1_000) zones.set(zone, good);
  }
  return good;
}

/** An IANA time zone by its region name, such as `Asia/Kolkata`, or `UTC`. */
export const TimeZone = z
  .string()
  .check(z.refine(isTimeZone, "must be an IANA time zone, such as Asia/Kolkata"))
  .brand<"TimeZone">();
export type TimeZone = z.output<typeof TimeZone>;

/** Text of an instant with its zone offset, read as a Moment. */
export const Instant = z.pipe(
  z.iso
    .datetime({ offset: true, error: "must be a time with its zone, such as 2026-11-15T04:00:00Z" })
    .check(z.refine((text) => text >= "1970" && text < "2199-12-31", "must be between 1970 and 2199")),
  z.transform((text) => Date.parse(text)),
);

/** The instant as ISO 8601 text in UTC. */
export const toIso = (at: Moment): string => new Date(at).toISOString();

const numbersOf = (date: LocalDate): [number, number, number] => {
  const [year, month, day] = date.split("-");
  return [Number(year), Number(month), Number(day)];
};

const two = (n: number): string => String(n).padStart(2, "0");

/** The date `days` later (earlier when negative). */
export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10) as LocalDate;

/** The earlier of two dates. */
export const earliest = (a: LocalDate, b: LocalDate): LocalDate => [a, b].sort()[0] ?? a;

const weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** A day of the week as settings write it. */
export const Weekday = z.enum(weekdayNames);
export type Weekday = z.output<typeof Weekday>;

/** The day of the week of a date. */
export const weekdayOf = (date: LocalDate): Weekday =>
  weekdayNames[new Date(`${date}T00:00:00Z`).getUTCDay()] as Weekday;

/** The Monday of the week a date lies in. */
export const mondayOf = (date: LocalDate): LocalDate =>
  addDays(date, -((weekdayNames.indexOf(weekdayOf(date)) + 6) % 7));

/**
 * The moment the clocks of `zone` show `date` and `time`. In a spring gap the time is moved on by the gap, in an autumn fold the
 * first of the two is taken (Temporal's `compatible` rule).
 */
export function momentOf(date: LocalDate, time: LocalTime, zone: TimeZone): Moment {
  const [hour, minute] = time.split(":");
  const zoned = toZonedDateTime(plainDateTime(...numbersOf(date), Number(hour), Number(minute)), zone);
  return zoned.epochMilliseconds;
}

type Local = { readonly date: LocalDate; readonly time: LocalTime };

/** The newest answer of `localOf`: whatever is judged, is judged several times at one moment in one zone. */
let newest: { readonly at: Moment; readonly zone: TimeZone; readonly local: Local } | undefined;

/** The date and time of day the clocks of `zone` show at a moment. */
export function localOf(at: Moment, zone: TimeZone): Local {
  if (newest?.at === at && newest.zone === zone) return newest.local;
  const zoned = toZonedDateTimeISO(fromEpochMilliseconds(at), zone);
  const local = {
    date: `${String(zoned.year).padStart(4, "0")}-${two(zoned.month)}-${two(zoned.day)}` as LocalDate,
    time: `${two(zoned.hour)}:${two(zoned.minute)}` as LocalTime,
  };
  newest = { at, zone, local };
  return local;
}
