import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { Plan, Verdict } from "./fault-plan.ts";

/** What to do with the plans: until when, whether the traces are wanted, and who hears of each verdict. */
export type Playing = {
  /** The machine's time at which no further plan is begun. */
  readonly until?: number;
  readonly wantsTraces?: boolean;
  readonly onVerdict: (plan: Plan, verdict: Verdict) => void;
};

export type FaultPool = {
  /** Plays the plans on all processors; how many were played, and whether that was all of them. */
  play(plans: Iterator<Plan>, playing: Playing): Promise<{ readonly played: number; readonly isAll: boolean }>;
  end(): Promise<void>;
};

const batchSize = 40;

/** One worker per processor, each with everything the harness needs loaded once. */
export function faultPool(size = availableParallelism()): FaultPool {
  const workers = Array.from({ length: size }, () => new Worker(new URL("./fault-worker.ts", import.meta.url)));

  async function playOn(worker: Worker, plans: Iterator<Plan>, playing: Playing): Promise<number> {
    let played = 0;
    const { until = Number.POSITIVE_INFINITY, wantsTraces = false } = playing;
    while (Date.now() < until) {
      const batch = nextOf(plans, batchSize);
      if (batch.length === 0) break;
      worker.postMessage({ plans: batch, wantsTraces });
      const [verdicts] = (await once(worker, "message")) as [readonly Verdict[]];
      for (const [n, plan] of batch.entries()) {
        const verdict = verdicts[n];
        if (verdict) playing.onVerdict(plan, verdict);
      }
      played += batch.length;
    }
    return played;
  }

  return {
    async play(plans, playing) {
      const counts = await Promise.all(workers.map((worker) => playOn(worker, plans, playing)));
      return { played: counts.reduce((sum, n) => sum + n, 0), isAll: nextOf(plans, 1).length === 0 };
    },
    end: async () => void (await Promise.all(workers.map((worker) => worker.terminate()))),
  };
}

function nextOf(plans: Iterator<Plan>, most: number): Plan[] {
  const batch: Plan[] = [];
  while (batch.length < most) {
    const { value, done } = plans.next();
    if (done) break;
    batch.push(value);
  }
  return batch;
}
