import { parentPort } from "node:worker_threads";
import { type Plan, play, type Verdict } from "./fault-plan.ts";

/** Several plans at once, so that telling costs little beside playing. */
export type Batch = { readonly plans: readonly Plan[]; readonly wantsTraces: boolean };

// Thousands of Lambdas die here as errors: nobody reads their stacks.
Error.stackTraceLimit = 4;

parentPort?.on("message", async ({ plans, wantsTraces }: Batch) => {
  const verdicts: Verdict[] = [];
  for (const plan of plans) {
    const verdict = await play(plan);
    verdicts.push(wantsTraces ? verdict : { ...verdict, trace: [] });
  }
  parentPort?.postMessage(verdicts);
});
