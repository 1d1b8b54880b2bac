import { type Moment, minuteMs } from "../../functions/domain/local-time.ts";
import type { ControlledClock } from "./memory-clock.ts";

/** Something that is handed to a Lambda until it is done, or was handed out `most` times; `receives` counts this time too. */
type Job = {
  visibleAt: Moment;
  receives: number;
  readonly most: number;
  readonly work: (receives: number) => Promise<unknown>;
};

const visibilityMs = 3 * minuteMs;

/** Queues as SQS works them off: what fails is hidden for three minutes, and gone when it failed too often. */
export function jobBoard(clock: ControlledClock, invoke: (work: () => Promise<unknown>) => Promise<boolean>) {
  const jobs = new Set<Job>();

  async function run(job: Job): Promise<void> {
    job.receives += 1;
    const done = await invoke(() => job.work(job.receives));
    if (done || job.receives === job.most) jobs.delete(job);
    else job.visibleAt = clock.now() + visibilityMs;
  }

  return {
    later(ms: number, work: Job["work"], most = 5): void {
      jobs.add({ visibleAt: clock.now() + ms, receives: 0, most, work });
    },
    /** Works on all that is visible at once, as the Lambdas of several queues do. */
    async runVisible(): Promise<void> {
      await Promise.all([...jobs].filter(({ visibleAt }) => visibleAt <= clock.now()).map(run));
    },
    /** When the next job is visible; Infinity when there is none. */
    next: (): Moment => Math.min(...[...jobs].map(({ visibleAt }) => visibleAt)),
  };
}
