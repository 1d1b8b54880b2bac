import { afterEach, describe, expect, it, vi } from "vitest";
import { aContext, aRequest, logOf } from "../../support/lambda-calls.ts";

const queue = "http://127.0.0.1:9/queue";
const variables = {
  ...{ TABLE_NAME: "duebell-test", LANES: "1", BUS_NAME: "duebell-test", IMPORT_BUCKET: "duebell-test" },
  ...{ LINK_KEYS_SECRET: "link-keys", LINK_BASE_URL: "https://pay.example.com" },
  ...{ SMS_QUEUE_URL: queue, EMAIL_QUEUE_URL: queue, WHATSAPP_QUEUE_URL: queue },
};

const handlers = {
  "get-proposals": () => import("../../../functions/handlers/get-proposals.ts"),
  "decide-proposal": () => import("../../../functions/handlers/decide-proposal.ts"),
  "start-import": () => import("../../../functions/handlers/start-import.ts"),
};

/** What a handler answers to a request that it refuses; nothing here comes as far as AWS. */
async function answered(name: keyof typeof handlers, request: Parameters<typeof aRequest>[0]) {
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.resetModules();
  const { handler } = await handlers[name]();
  const answers: Awaited<ReturnType<typeof handler>>[] = [];
  await logOf(async () => answers.push(await handler(aRequest(request), aContext)));
  const [{ statusCode, body } = { statusCode: 0, body: "" }] = answers;
  return { status: statusCode, ...(JSON.parse(body) as { readonly errors?: readonly { readonly path: string }[] }) };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a request about proposals that is not valid", () => {
  it.each([
    ["limit", { limit: "0" }],
    ["limit", { limit: "101" }],
    ["limit", { limit: "many" }],
    ["limit", { limit: "1.5" }],
  ])("is refused with a wrong %s: %o", async (path, queryStringParameters) => {
    const request = { httpMethod: "GET", pathParameters: { biller: "example-power" }, queryStringParameters };
    const errors = [{ path, message: "must be a whole number from 1 to 100" }];
    expect(await answered("get-proposals", request)).toMatchObject({ status: 400, errors });
  });

  it.each([
    ["decision", { decision: "keep" }],
    ["decision", {}],
    ["billId", { decision: "apply", billId: "../x" }],
    ["amount", { decision: "apply", amount: 5 }],
  ])("is refused with a wrong %s: %o", async (path, decision) => {
    const pathParameters = { biller: "example-power", proposal: "unmatched.1a2b" };
    const request = { httpMethod: "POST", pathParameters, body: JSON.stringify(decision) };
    expect(await answered("decide-proposal", request)).toMatchObject({ status: 400, errors: [{ path }] });
  });

  it("names the decisions there are", async () => {
    const pathParameters = { biller: "example-power", proposal: "unmatched.1a2b" };
    const request = { httpMethod: "POST", pathParameters, body: JSON.stringify({ decision: "keep" }) };
    const errors = [{ path: "decision", message: "must be one of refund, credit, apply, dismiss" }];
    expect(await answered("decide-proposal", request)).toMatchObject({ errors });
  });

  it("is refused for what cannot be the id of a proposal", async () => {
    const pathParameters = { biller: "example-power", proposal: "UNMATCHED#1" };
    const request = { httpMethod: "POST", pathParameters, body: JSON.stringify({ decision: "dismiss" }) };
    expect(await answered("decide-proposal", request)).toMatchObject({ status: 400, errors: [{ path: "proposal" }] });
  });
});

describe("a request for an import that is not valid", () => {
  it.each([
    ["format", { format: "xlsx" }],
    ["of", { format: "csv", of: "payments" }],
    ["offer", { format: "csv", of: "coupons", offer: "Free Tea" }],
  ])("is refused with a wrong %s", async (path, body) => {
    const request = { httpMethod: "POST", pathParameters: { biller: "example-power" }, body: JSON.stringify(body) };
    expect(await answered("start-import", request)).toMatchObject({ status: 400, errors: [{ path }] });
  });
});
