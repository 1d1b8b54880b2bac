import { afterEach, describe, expect, it, vi } from "vitest";
import { aContext, logOf } from "../../support/lambda-calls.ts";
import { aLogEvent, asSubscription } from "../../support/sms-logs.ts";

const variables = { TABLE_NAME: "duebell-test", LANES: "1", LINK_KEYS_SECRET: "link-keys", BUS_NAME: "duebell-test" };

/** The handler as Lambda starts it; nothing here comes as far as AWS. */
async function started() {
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.resetModules();
  return (await import("../../../functions/handlers/record-open.ts")).handler;
}

describe("record-open", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ["a control message", asSubscription({ messageType: "CONTROL_MESSAGE", logEvents: [] }), { "control-message": 1 }],
    ["lines that are no opens", aLogEvent("START", { event: "open-payment-link.answered" }), { "not-an-open": 2 }],
  ])("counts nothing for %s", async (_, event, counts) => {
    const handler = await started();
    const lines = await logOf(() => handler(event, aContext));
    expect(lines.at(-1)).toMatchObject({ level: "info", counted: 0, "no-bill": 0, ...counts });
  });

  it("fails aloud at what is no event of a subscription, so that it is kept", async () => {
    const handler = await started();
    await logOf(async () => {
      await expect(handler({ awslogs: { data: "bm90IGd6aXA=" } }, aContext)).rejects.toMatchObject({
        code: "invalid-input",
      });
    });
  });
});
