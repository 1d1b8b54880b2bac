import { afterEach, describe, expect, it, vi } from "vitest";
import { aContext, aRequest, logOf } from "../../support/lambda-calls.ts";

/** The handler as Lambda starts it; nothing here comes as far as AWS. */
async function answerOf(name: "put-offer" | "get-offer", request: Parameters<typeof aRequest>[0]) {
  for (const [variable, value] of Object.entries({ TABLE_NAME: "duebell-test", LANES: "1" }))
    vi.stubEnv(variable, value);
  vi.resetModules();
  const handlers = {
    "put-offer": () => import("../../../functions/handlers/put-offer.ts"),
    "get-offer": () => import("../../../functions/handlers/get-offer.ts"),
  };
  const { handler } = await handlers[name]();
  let answer: Awaited<ReturnType<typeof handler>> | undefined;
  await logOf(async () => {
    answer = await handler(aRequest(request), aContext);
  });
  return { status: answer?.statusCode, body: JSON.parse(answer?.body ?? "{}") as unknown };
}

const path = { biller: "example-power", offer: "first-three" };
const offer = { title: "₹35 back", kind: "cashback", amount: { value: 3_500, currency: "INR" } };

describe("the handlers of offers", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  it.each([
    ["cap", { ...offer, cap: { value: 100, currency: "INR" } }],
    ["budget.amount.currency", { ...offer, budget: { amount: { value: 100, currency: "USD" } } }],
    ["prize", { ...offer, prize: "a car" }],
    ["title", { ...offer, title: undefined }],
  ])("refuse an offer with a wrong %s, and name the field", async (field, settings) => {
    const answer = await answerOf("put-offer", { pathParameters: path, body: JSON.stringify(settings) });
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid-input", errors: [{ path: field }] } });
  });

  it.each(["put-offer", "get-offer"] as const)("refuse an id that is none (%s)", async (name) => {
    const request = { pathParameters: { ...path, offer: "First Three" }, body: JSON.stringify(offer) };
    expect(await answerOf(name, request)).toMatchObject({ status: 400, body: { errors: [{ path: "offer" }] } });
  });

  it("refuse a biller that is none, asked for all its offers", async () => {
    const answer = await answerOf("get-offer", { pathParameters: { biller: "no biller" } });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: "biller" }] } });
  });
});
