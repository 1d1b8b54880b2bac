import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { livesLikeTheModel } from "../../prove/bill-commands.ts";
import { carelessSenders } from "../../prove/careless-senders.ts";

// More runs are in `npm run prove`.
const mostMs = 10_000;

describe("a bill and its notifications", () => {
  it("are what a small model says, whatever is done to them in whatever order", async () => {
    await fc.assert(livesLikeTheModel(), { numRuns: 300, interruptAfterTimeLimit: mostMs });
  });
});

describe("the model", () => {
  it.each(["outside the window", "hop too soon"] as const)(
    "notices a sender whose messages go out %s",
    async (name) => {
      const { failed } = await fc.check(livesLikeTheModel(carelessSenders[name]), { numRuns: 200, endOnFailure: true });
      expect(failed).toBe(true);
    },
  );
});
