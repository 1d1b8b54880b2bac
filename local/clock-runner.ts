import type { Activity } from "./activity.ts";
import type { Agenda } from "./agenda.ts";
import type { VirtualClock } from "./clock.ts";
import type { DueMoments } from "./due-moments.ts";
import type { Scheduler } from "./scheduler.ts";

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
  /** Moves to `target` (milliseconds since 1970) and on by the few seconds until no report is pending; throws a `RangeError` if it is in the past. */
  readonly moveTo: (target: number) => Promise<void>;
  /** Resolves when no message is visible or in flight and no carrier report is pending; for the reports the clock moves on by seconds. */
  readonly settle: () => Promise<void>;
  /** Does what has come due by now; called again and again while the clock runs at real speed. */
  readonly tick: () => void;
}

const minute = 60_000;

/** A runner; calls that come while it moves wait their turn. */
export function clockRunner({ clock, activity, scheduler, agenda, reports, due }: ClockRunnerOptions): ClockRunner {
  let turn: Promise<unknown> = Promise.resolve();
  let moving = 0;
  let sweptTo = Math.floor(clock.now() / minute) * minute;

  const exclusively = <T>(work: () => Promise<T>): Promise<T> => {
    moving += 1;
    const mine = turn.then(work, work).finally(() => {
      moving -= 1;
    });
    turn = mine.catch(() => undefined);
    return mine;
  };
  const startDue = (): boolean => {
    const now = clock.now();
    const [retried, reported] = [agenda.startDue(now), reports.startDue(now)];
    return retried || reported;
  };
  const drain = async (): Promise<void> => {
    do await activity.quiet();
    while (startDue());
  };
  const stop = async (): Promise<void> => {
    const now = clock.now();
    startDue();
    if (scheduler.startDue(now)) sweptTo = Math.floor(now / minute) * minute;
    await drain();
  };
  const settleReports = async (): Promise<void> => {
    await drain();
    for (let next = reports.next(); next !== undefined; next = reports.next()) {
      if (next > clock.now()) clock.set(next);
      await drain();
    }
  };
  const nextMoment = async (): Promise<number> => {
    const first = await due.firstFrom(sweptTo);
    // What was left lying is for the rarer schedules to find.
    const slow = (await due.leftBefore(sweptTo)) ? scheduler.next(1) : undefined;
    return Math.min(
      first === undefined ? Infinity : first + minute,
      slow ?? Infinity,
      agenda.next() ?? Infinity,
      reports.next() ?? Infinity,
    );
  };
  return {
    settle: () => exclusively(settleReports),
    moveTo: (target) =>
      exclusively(async () => {
        if (target < clock.now()) throw new RangeError("the clock only moves forward");
        await drain();
        for (let next = 0; next < target; ) {
          next = Math.min(target, await nextMoment());
          if (next > clock.now()) clock.set(next);
          await stop();
        }
        await settleReports();
      }),
    tick: () => {
      if (moving > 0) return;
      startDue();
      if (scheduler.startDue(clock.now())) sweptTo = Math.floor(clock.now() / minute) * minute;
    },
  };
}
