import { afterEach, describe, expect, it, vi } from "vitest";
import { aContext, aRequest, logOf } from "../../support/lambda-calls.ts";

const variables = { TABLE_NAME: "duebell-test", LANES: "1", LINK_KEYS_SECRET: "link-keys", BUS_NAME: "duebell-test" };

/** The handler as Lambda starts it; nothing here comes as far as AWS. */
async function started(name: "put-suppression" | "remove-suppression") {
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.resetModules();
  const handlers = {
    "put-suppression": () => import("../../../functions/handlers/put-suppression.ts"),
    "remove-suppression": () => import("../../../functions/handlers/remove-suppression.ts"),
  };
  return (await handlers[name]()).handler;
}

describe.each(["put-suppression", "remove-suppression"] as const)("%s", (name) => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ["address", { channel: "sms", address: "98300 77777", reason: "asked" }],
    ["address", { channel: "email", address: "+919830077777", reason: "asked" }],
    ["channel", { channel: "pigeon", address: "+919830077777", reason: "asked" }],
    ["channel", { address: "+919830077777" }],
    ["since", { channel: "sms", address: "+919830077777", reason: "asked", since: "2026-11-15" }],
  ])("refuses a request with a wrong %s, names the field, and repeats no address", async (path, request) => {
    const handler = await started(name);
    const event = aRequest({ pathParameters: { biller: "example-power" }, body: JSON.stringify(request) });
    const answers: Awaited<ReturnType<typeof handler>>[] = [];
    const lines = await logOf(async () => answers.push(await handler(event, aContext)));
    expect(answers[0]?.statusCode).toBe(400);
    expect(JSON.parse(answers[0]?.body ?? "")).toMatchObject({ code: "invalid-input", errors: [{ path }] });
    expect(JSON.stringify([answers, lines])).not.toMatch(/98300 ?77777/);
  });

  it("refuses a body that is not JSON", async () => {
    const handler = await started(name);
    const event = aRequest({ pathParameters: { biller: "example-power" }, body: "+919830077777" });
    const answers: Awaited<ReturnType<typeof handler>>[] = [];
    await logOf(async () => answers.push(await handler({ ...event, body: "{ +919830077777" }, aContext)));
    expect(answers[0]?.statusCode).toBe(400);
    expect(answers[0]?.body).not.toContain("9830077777");
  });
});
