import fc from "fast-check";
import { describe, it } from "vitest";
import { liveLikeTheModel, lives } from "../../prove/payment-lives.ts";

// fast-check names the seed where a life fails; `npm run prove` lives more of them.
const runs = 2_000;

describe("bills and the money that is told of them", () => {
  it("are what a small model says, whatever is told in whatever order, by whatever name, and breaks off wherever", async () => {
    await fc.assert(fc.asyncProperty(lives, liveLikeTheModel), { numRuns: runs });
  });
});
