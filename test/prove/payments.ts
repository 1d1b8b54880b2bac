import fc from "fast-check";
import { liveLikeTheModel, lives } from "./payment-lives.ts";
import type { Proof } from "./proof.ts";

/** Lives of two bills and the money that is told of them agree with a small model after everything that happens. */
export const payments: Proof = {
  name: "payments",
  share: 0.05,
  inTestsAlready: true,
  async prove({ ms, seed }) {
    const { numRuns, failed, counterexample, errorInstance } = await fc.check(
      fc.asyncProperty(lives, liveLikeTheModel),
      {
        seed,
        numRuns: 100_000,
        interruptAfterTimeLimit: ms,
        markInterruptAsFailure: false,
      },
    );
    const told = `${JSON.stringify(counterexample)}: ${errorInstance instanceof Error ? errorInstance.message : ""}`;
    return {
      head: ["seed", "lives", "that differ from the model"],
      rows: [[String(seed), numRuns, failed ? 1 : 0]],
      missed: failed ? [`seed ${seed}: ${told}`] : [],
    };
  },
};
