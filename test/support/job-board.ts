import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import type { ControlledClock } from "./memory-clock.ts";

/** Something that is handed to a Lambda until it is done, or was handed out `most` times; `receives` counts this time too. */
type Job = {
  visibleAt: Moment;
  receives: number;
  isRunning: boolean;
  readonly most: number;
  readonly work: (receives: number) => Promise<unknown>;
};

const visibilityMs = 3 * minuteMs;

/** Queues as SQS works them off: what fails is hidden for three minutes, and gone when it failed too often. */
export function jobBoard(clock: ControlledClock, invoke: (work: () => Promise<unknown>) => Promise<boolean>) {
  const jobs = new Set<Job>();
  let dead = 0;

  async function run(job: Job): Promise<void> {
    job.receives += 1;
    job.isRunning = true;
    const done = await invoke(() => job.work(job.receives));
    job.isRunning = false;
    if (!done && job.receives === job.most) dead += 1;
    if (done || job.receives === job.most) jobs.delete(job);
    else job.visibleAt = clock.now() + visibilityMs;
  }

  const visible = (): Job[] => [...jobs].filter(({ visibleAt, isRunning }) => visibleAt <= clock.now() && !isRunning);

  return {
    /** How many were handed out too often. */
    dead: (): number => dead,
    later(ms: number, work: Job["work"], most = 5): void {
      jobs.add({ visibleAt: clock.now() + ms, receives: 0, isRunning: false, most, work });
    },
    /** Works on all that is visible at once, as the Lambdas of several queues do. */
    async runVisible(): Promise<void> {
      await Promise.all(visible().map(run));
    },
    /** Works on all that is visible one after the other, what came last first. */
    async runNewestFirst(): Promise<void> {
      for (const job of visible().toReversed()) await run(job);
    },
    /** When the next job is visible; Infinity when there is none. */
    next: (): Moment => Math.min(...[...jobs].filter(({ isRunning }) => !isRunning).map(({ visibleAt }) => visibleAt)),
  };
}
