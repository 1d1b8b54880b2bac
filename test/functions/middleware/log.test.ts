import { describe, expect, it } from "vitest";
import { notFound, providerError } from "../../../functions/domain/errors.ts";
import { countOutcomes, errorIds, log, logEach } from "../../../functions/middleware/log.ts";
import { logOf } from "../../support/lambda-calls.ts";

const personal = "asha@example.org +919830012345 1aB2cD3eF4gH5";

describe("a log line", () => {
  it("is one JSON object with level, event, time and ids", async () => {
    const lines = await logOf(async () => log("info", "sent", { messageId: "m-1", count: 2, left: undefined }));
    expect(lines).toEqual([
      { level: "info", event: "duebell.sent", at: expect.stringMatching(/^\d{4}-.*Z$/), messageId: "m-1", count: 2 },
    ]);
  });
});

describe("a line for each", () => {
  it("is one for each that there is, under the name that it is counted by", async () => {
    const counted: string[] = [];
    const lines = await logOf(async () => counted.push(...logEach("live-failed", [{ biller: "a" }, undefined])));
    expect(lines).toEqual([{ level: "warn", event: "duebell.live-failed", at: expect.any(String), biller: "a" }]);
    expect(counted).toEqual(["live-failed"]);
  });
});

describe("what is logged of an error", () => {
  it("of ours is its code and message", () => {
    expect(errorIds(notFound("There is no bill EP-1."))).toMatchObject({
      error: "DuebellError",
      code: "not-found",
      message: "There is no bill EP-1.",
      where: expect.stringContaining("log.test.ts"),
    });
  });

  it("of a cause that is not ours is its class alone", () => {
    const said = errorIds(providerError("DynamoDB failed", new RangeError(personal)));
    expect(said).toMatchObject({ code: "provider-error", cause: "RangeError" });
    expect(JSON.stringify(said)).not.toMatch(/asha|98300|1aB2/);
  });

  it.each([
    ["its message", new Error(personal)],
    ["its message of several lines", new Error(`odd:\n    at ${personal}\n    at ${personal}`)],
    ["its own fields", Object.assign(new TypeError(personal), { code: personal, retryable: true, input: personal })],
    ["a thrown text", personal],
    ["a thrown object", { message: personal }],
  ])("that is not ours holds nothing of %s", (_what, error) => {
    const said = errorIds(error);
    expect(JSON.stringify(said)).not.toMatch(/asha|98300|1aB2/);
    expect(said["error"]).toMatch(/^(Error|TypeError|string|object)$/);
  });

  it("says where it arose, in four places at most", () => {
    const { where } = errorIds(new Error("odd"));
    expect(String(where).split(" < ").length).toBeLessThanOrEqual(4);
    expect(where).toContain("log.test.ts");
  });
});

describe("outcomes", () => {
  it("are counted as metrics of their service in the embedded metric format", async () => {
    const lines = await logOf(async () => countOutcomes({ accepted: 2, stale: 1 }));
    expect(lines).toMatchObject([
      {
        service: "duebell",
        accepted: 2,
        stale: 1,
        _aws: {
          Timestamp: expect.any(Number),
          CloudWatchMetrics: [
            {
              Namespace: "Duebell",
              Dimensions: [["service"]],
              Metrics: [
                { Name: "accepted", Unit: "Count" },
                { Name: "stale", Unit: "Count" },
              ],
            },
          ],
        },
      },
    ]);
  });

  it("that did not happen write no line", async () => {
    expect(await logOf(async () => countOutcomes({}))).toEqual([]);
  });
});
