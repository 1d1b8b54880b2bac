import type { Moment } from "../../functions/domain/local-time.ts";
import type { Clock } from "../../functions/ports.ts";

/** A clock that stands still until it is told to move. */
export type ControlledClock = Clock & {
  set(now: Moment): void;
  advance(ms: number): void;
};

/** The morning on which the bill of `aBill()` is issued: 15 November 2026, 10:00 in Kolkata. */
export const issueMorning: Moment = Date.parse("2026-11-15T10:00:00+05:30");

/** A clock that shows `start`. */
export function controlledClock(start: Moment = issueMorning): ControlledClock {
  let now = start;
  return {
    now: () => now,
    set: (moment) => {
      now = moment;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}
