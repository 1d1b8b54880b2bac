import type { Schedule } from "./deployment-events.ts";
import type { Statement } from "./iam/policy.ts";
import type { Deliver } from "./target-delivery.ts";

/** EventBridge Scheduler, a double of our own: the schedules of the stacks, at fixed rates and times of the day, UTC. */
export interface Scheduler {
  /** Starts every schedule whose time has come, once, however many of its times have passed. */
  readonly startDue: (now: number) => boolean;
  /** The next moment at which a schedule is due; with `slower`, only the ones rarer than every so many minutes count. */
  readonly next: (slower?: number) => number | undefined;
}

/** A scheduler whose first times are the first ones after `now`. */
export function scheduler(
  schedules: readonly Schedule[],
  roles: ReadonlyMap<string, readonly Statement[]>,
  { now, deliver }: { readonly now: number; readonly deliver: Deliver },
): Scheduler {
  const following = ({ everyMinutes, fromMinute = 0 }: Schedule, after: number): number => {
    const [every, from] = [everyMinutes * 60_000, fromMinute * 60_000];
    return (Math.floor((after - from) / every) + 1) * every + from;
  };
  const due = new Map(schedules.map((schedule) => [schedule, following(schedule, now)]));
  return {
    startDue: (at) => {
      const ready = schedules.filter((schedule) => (due.get(schedule) ?? Infinity) <= at);
      for (const schedule of ready) {
        due.set(schedule, following(schedule, at));
        const role = roles.get(schedule.roleArn) ?? [];
        deliver(schedule.target, {}, { principal: "scheduler.amazonaws.com", arn: schedule.arn, role });
      }
      return ready.length > 0;
    },
    next: (slower = 0) => {
      const times = schedules
        .filter(({ everyMinutes }) => everyMinutes > slower)
        .map((one) => due.get(one) ?? Infinity);
      return times.length === 0 ? undefined : Math.min(...times);
    },
  };
}
