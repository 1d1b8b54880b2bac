import { describe, expect, it } from "vitest";
import { invalidInput } from "../../../functions/domain/errors.ts";
import { logSubscriptionHandler } from "../../../functions/middleware/log-subscription.ts";
import { aContext, logOf } from "../../support/lambda-calls.ts";

const event = { awslogs: { data: "aGVsbG8=" } };

describe("what a log group's subscription starts", () => {
  it("is given the event, and its counts are logged and measured", async () => {
    const seen: unknown[] = [];
    const handler = logSubscriptionHandler(async (told) => {
      seen.push(told);
      return { queued: 2, "not-json": 1 };
    });
    const lines = await logOf(() => handler(event, aContext));
    expect(seen).toEqual([event]);
    expect(lines.find((line) => "_aws" in line)).toMatchObject({ queued: 2, "not-json": 1 });
    expect(lines.at(-1)).toMatchObject({ level: "info", queued: 2, "not-json": 1 });
  });

  it("fails aloud, so that the event is tried again and then kept, and logs no data", async () => {
    const handler = logSubscriptionHandler(async () => {
      throw invalidInput("This is no event.");
    });
    const lines = await logOf(async () => {
      await expect(handler(event, aContext)).rejects.toMatchObject({ code: "invalid-input" });
    });
    expect(lines).toMatchObject([{ level: "error", code: "invalid-input" }]);
    expect(JSON.stringify(lines)).not.toContain("aGVsbG8");
  });
});
