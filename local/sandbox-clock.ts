import * as z from "zod";
import { checked, refuse } from "./sandbox-input.ts";

const ClockMove = z.strictObject({
  now: z.string("must be a time").optional(),
  advance: z.string("must be a duration").optional(),
});

const duration = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const unitMilliseconds = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000];
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds in milliseconds; NaN for any other text. */
export function durationMilliseconds(text: string): number {
  const parts = duration.exec(text)?.slice(1) ?? [];
  if (parts.length === 0) return Number.NaN;
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (unitMilliseconds[index] ?? 0), 0);
}

/** The moment that `{"now": …}` or `{"advance": …}` asks for; throws `invalid-input` naming the field, backward too. */
export function targetOf(body: unknown, now: number): number {
  const move = checked(ClockMove, body);
  if ((move.now === undefined) === (move.advance === undefined))
    throw refuse("now", "or advance must be given, not both");
  if (move.advance !== undefined) {
    const milliseconds = durationMilliseconds(move.advance);
    if (Number.isNaN(milliseconds))
      throw refuse("advance", "must be an ISO 8601 duration of days or less, such as P3D or PT4H");
    return now + milliseconds;
  }
  const target = time.test(move.now ?? "") ? Date.parse(move.now ?? "") : Number.NaN;
  if (Number.isNaN(target)) throw refuse("now", "must be an ISO 8601 time with zone, such as 2026-11-15T04:30:00Z");
  if (target < now) throw refuse("now", "must not be in the past: the clock only moves forward");
  return target;
}
