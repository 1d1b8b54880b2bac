import { describe, expect, it } from "vitest";
import { LaneTick } from "../../../functions/messages.ts";
import { scheduledHandler } from "../../../functions/middleware/scheduled.ts";
import { aContext, logOf } from "../../support/lambda-calls.ts";

describe("what a schedule starts", () => {
  it("is told its input and when the Lambda ends, and its counts are logged", async () => {
    const seen: { input: unknown; deadline: number }[] = [];
    const handler = scheduledHandler(async (input, deadline) => {
      seen.push({ input, deadline });
      return { lane: "3", outcome: "done", queued: 7 };
    });
    const before = Date.now();
    const lines = await logOf(() => handler({ lane: "3" }, aContext));
    expect(seen).toMatchObject([{ input: { lane: "3" } }]);
    expect(seen[0]?.deadline).toBeGreaterThanOrEqual(before + 30_000);
    expect(lines.find((line) => "_aws" in line)).toMatchObject({ queued: 7 });
    expect(lines.at(-1)).toMatchObject({ level: "info", lane: "3", outcome: "done", queued: 7 });
  });

  it("fails aloud, so that the schedule's alarm sees it, and logs no data", async () => {
    const handler = scheduledHandler(async () => {
      throw new Error("odd: +919830012345");
    });
    const lines = await logOf(async () => {
      await expect(handler({}, aContext)).rejects.toThrow("odd");
    });
    expect(lines).toMatchObject([{ level: "error", error: "Error" }]);
    expect(JSON.stringify(lines)).not.toContain("9830012345");
  });

  it("does not run for an input that names no lane", async () => {
    const handler = scheduledHandler(async (input) => ({ lane: LaneTick.parse(input).lane }));
    await logOf(async () => {
      for (const input of [undefined, {}, { lane: 3 }, { lane: "all" }]) {
        await expect(handler(input, aContext)).rejects.toThrow();
      }
    });
  });
});
