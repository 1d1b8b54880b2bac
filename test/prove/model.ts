import fc from "fast-check";
import { livesLikeTheModel } from "./bill-commands.ts";
import type { Proof } from "./proof.ts";

/** Lives of a bill, each of up to forty things done to it in any order, agree with a small model after every one of them. */
export const model: Proof = {
  name: "model",
  share: 0.1,
  async prove({ quick, ms, seed }) {
    const result = await fc.check(livesLikeTheModel(), {
      seed,
      numRuns: quick ? 2_000 : 100_000,
      interruptAfterTimeLimit: ms,
      markInterruptAsFailure: false,
    });
    const { numRuns, failed, counterexample, errorInstance } = result;
    const told = `${String(counterexample?.[0])}: ${errorInstance instanceof Error ? errorInstance.message : ""}`;
    return {
      head: ["seed", "lives", "that differ from the model"],
      rows: [[String(seed), numRuns, failed ? 1 : 0]],
      missed: failed ? [`seed ${seed}: ${told}`] : [],
    };
  },
};
