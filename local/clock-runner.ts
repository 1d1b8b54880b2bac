import type { Activity } from "./activity.ts";
import type { Agenda } from "./agenda.ts";
import type { VirtualClock } from "./clock.ts";
import type { DueMoments } from "./due-moments.ts";
import type { Scheduler } from "./scheduler.ts";
import { turns } from "./turns.ts";

/** What the runner moves through time. */
export interface ClockRunnerOptions {
  readonly clock: VirtualClock;
  readonly activity: Activity;
  readonly scheduler: Scheduler;
  /** Retries and messages that become visible again. */
  readonly agenda: Agenda;
  /** What the carriers are still to report. */
  readonly reports: Agenda;
  readonly due: DueMoments;
}

/** Moves the clock with the effect of every tick between, from due moment to due moment. */
export interface ClockRunner {
  /**
   * Moves to `target` (milliseconds since 1970, or a function of what the clock shows when the move's turn has come) and on by
   * the few seconds until no report is pending; throws a `RangeError` if it is in the past.
   */
  readonly moveTo: (target: number | ((now: number) => number)) => Promise<void>;
  /** Resolves when no message is visible or in flight and no carrier report is pending; for the reports the clock moves on by seconds. */
  readonly settle: () => Promise<void>;
  /** Does what has come due by now; called again and again while the clock runs at real speed. */
  readonly tick: () => void;
  /** Ends what moves, wherever it stands; later moves end at once. */
  readonly stop: () => Promise<void>;
}

const minute = 60_000;
const hourMinutes = 60;

/** How far in the past a target may lie by the time its turn has come: the clock runs on while others are asked. */
const tolerance = 1000;

async function nextMoment({ due, scheduler, agenda, reports }: ClockRunnerOptions, sweptTo: number): Promise<number> {
  const first = await due.firstFrom(sweptTo);
  // What was left lying is for the rarer schedules to find.
  const slow = (await due.leftBefore(sweptTo)) ? scheduler.next(1) : undefined;
  // What runs by the day does not wait for anything to be due.
  const daily = scheduler.next(hourMinutes);
  const swept = first === undefined ? undefined : first + minute;
  return Math.min(...[swept, slow, daily, agenda.next(), reports.next()].map((at) => at ?? Infinity));
}

/** A runner; calls that come while it moves wait their turn. */
export function clockRunner(options: ClockRunnerOptions): ClockRunner {
  const { clock, activity, scheduler, agenda, reports } = options;
  const turn = turns();
  let stopped = false;
  let sweptTo = Math.floor(clock.now() / minute) * minute;

  const startDue = (): boolean => [agenda, reports].map((list) => list.startDue(clock.now())).includes(true);
  const startSchedules = (): void => {
    const now = clock.now();
    if (scheduler.startDue(now)) sweptTo = Math.floor(now / minute) * minute;
  };
  const drain = async (): Promise<void> => {
    do await activity.quiet();
    while (!stopped && startDue());
  };
  const settle = async (): Promise<void> => {
    await drain();
    for (let next = reports.next(); next !== undefined && !stopped; next = reports.next()) {
      if (next > clock.now()) clock.set(next);
      await drain();
    }
  };
  const moveTo = async (target: number): Promise<void> => {
    if (target < clock.now() - tolerance) throw new RangeError("the clock only moves forward");
    startSchedules();
    await drain();
    for (let next = 0; next < target && !stopped; ) {
      next = Math.min(target, await nextMoment(options, sweptTo));
      if (next > clock.now()) clock.set(next);
      startDue();
      startSchedules();
      await drain();
    }
    await settle();
  };
  return {
    settle: () => turn.take(settle),
    moveTo: (target) => turn.take(() => moveTo(typeof target === "number" ? target : target(clock.now()))),
    tick: () => {
      if (turn.busy() || stopped) return;
      startDue();
      startSchedules();
    },
    stop: () => {
      stopped = true;
      return turn.take(activity.quiet);
    },
  };
}
