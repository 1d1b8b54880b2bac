import * as z from "zod";
import { momentOfText } from "./iso-time.ts";
import { checked, refuse } from "./sandbox-input.ts";

const ClockMove = z.strictObject({
  now: z.string("must be a time").optional(),
  advance: z.string("must be a duration").optional(),
});

const duration = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const unitMilliseconds = [604_800_000, 86_400_000, 3_600_000, 60_000, 1000];

/** Beyond it nothing is due, and times no longer sort and sign as ours do. */
const tooLate = Date.UTC(2200, 0, 1);

/** An ISO 8601 duration of weeks, days, hours, minutes and seconds in milliseconds; NaN for any other text. */
export function durationMilliseconds(text: string): number {
  const parts = duration.exec(text)?.slice(1) ?? [];
  if (parts.length === 0) return Number.NaN;
  return parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (unitMilliseconds[index] ?? 0), 0);
}

function early(target: number, field: string): number {
  if (target < tooLate) return target;
  throw refuse(field, "must not lead beyond the year 2199");
}

/** Where a move leads, in milliseconds since 1970, as seen when its turn has come; throws `invalid-input` where that is too late. */
export type Target = (now: number) => number;

/** The move that `{"now": …}` or `{"advance": …}` asks for; throws `invalid-input` naming the field, backward and beyond 2199 too. */
export function moveAsked(body: unknown, now: number): Target {
  const move = checked(ClockMove, body);
  if ((move.now === undefined) === (move.advance === undefined))
    throw refuse("now", "or advance must be given, not both");
  if (move.advance !== undefined) {
    const milliseconds = durationMilliseconds(move.advance);
    if (Number.isNaN(milliseconds))
      throw refuse("advance", "must be an ISO 8601 duration of days or less, such as P3D or PT4H");
    const target: Target = (then) => early(then + milliseconds, "advance");
    target(now);
    return target;
  }
  const moment = momentOfText(move.now ?? "");
  if (Number.isNaN(moment))
    throw refuse("now", "must be an ISO 8601 time with zone on a day that exists, such as 2026-11-15T04:30:00Z");
  if (moment < now) throw refuse("now", "must not be in the past: the clock only moves forward");
  early(moment, "now");
  return () => moment;
}
