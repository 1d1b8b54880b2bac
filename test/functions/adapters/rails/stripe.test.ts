import { describe, expect, it } from "vitest";
import { stripeRail } from "../../../../functions/adapters/rails/stripe.ts";
import type { CurrencyCode } from "../../../../functions/domain/money.ts";
import type { CreatedCheckout } from "../../../../functions/ports.ts";
import { aRailAttempt } from "../../../support/attempts.ts";
import { aBill } from "../../../support/builders.ts";
import { meansFor } from "../../../support/gateway-world.ts";
import { issueMorning } from "../../../support/memory-clock.ts";
import { answering, type Behavior, loopback, resetting, type SeenRequest } from "../loopback.ts";
import { itAsksForOneCheckout } from "./gateway-faults.ts";

const code = aBill().code;
const inDollars = { value: 8_540, currency: "SGD" as CurrencyCode };
const attempt = {
  ...aRailAttempt({ bill: aBill({ amountDue: inDollars }), amount: inDollars }),
  n: 3,
  startedAt: issueMorning,
};

/** In the shape of Stripe's reference of the Checkout Session. */
const aSession = (overrides: object = {}) => ({
  id: "cs_test_a1B2",
  object: "checkout.session",
  amount_total: 8_540,
  cancel_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
  client_reference_id: "EP-2026-11-10023",
  created: 1_795_003_600,
  currency: "sgd",
  expires_at: 1_795_006_000,
  livemode: false,
  metadata: { biller: "example-power", billId: "EP-2026-11-10023" },
  mode: "payment",
  payment_intent: null,
  payment_status: "unpaid",
  status: "open",
  success_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
  url: "https://checkout.stripe.com/c/pay/cs_test_a1B2#fidkdWxOYHwnPyd1",
  ...overrides,
});

const session = (overrides?: object): Behavior => answering(200, JSON.stringify(aSession(overrides)));
const failed = (status: number, error: object, isReplay = false): Behavior =>
  answering(status, JSON.stringify({ error }), isReplay ? { "idempotent-replayed": "true" } : {});

/** What the rail makes of these answers, as if they came from Stripe itself. */
async function madeOf(...behaviors: readonly Behavior[]): Promise<CreatedCheckout & { readonly seen: SeenRequest[] }> {
  await using server = await loopback(...behaviors);
  const means = meansFor(server.url);
  const rail = stripeRail({
    ...means,
    stripeBaseUrl: "https://api.stripe.com/v1",
    ask: (request) => means.ask({ ...request, url: request.url.replace("https://api.stripe.com", server.url) }),
  });
  if (rail.kind !== "gateway") throw new TypeError("it asks no gateway");
  return { ...(await rail.create(attempt)), seen: [...server.seen] };
}

describe("stripeRail", () => {
  it("asks for a session in Stripe's words, without a word about the customer", async () => {
    const { seen } = await madeOf(session());
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", path: "/v1/checkout/sessions" });
    expect(seen[0]?.headers).toMatchObject({
      authorization: "Bearer sk_test_0000000000000001",
      "content-type": "application/x-www-form-urlencoded",
      "idempotency-key": `${code}.3`,
      "stripe-version": "2026-10-28.endive",
    });
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      mode: "payment",
      "line_items[0][quantity]": "1",
      "line_items[0][price_data][currency]": "sgd",
      "line_items[0][price_data][unit_amount]": "8540",
      "line_items[0][price_data][product_data][name]": "Electricity, November 2026",
      client_reference_id: "EP-2026-11-10023",
      "metadata[biller]": "example-power",
      "metadata[billId]": "EP-2026-11-10023",
      "payment_intent_data[metadata][biller]": "example-power",
      "payment_intent_data[metadata][billId]": "EP-2026-11-10023",
      expires_at: String(issueMorning / 1_000 + 2_400),
      success_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
      cancel_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
    });
    expect(seen[0]?.body).not.toMatch(/Asha|9830012345|asha%40/);
  });

  it("sends the payer to the session's URL", async () => {
    expect(await madeOf(session())).toMatchObject({
      outcome: "created",
      providerReference: "cs_test_a1B2",
      started: { outcome: "open", link: "https://checkout.stripe.com/c/pay/cs_test_a1B2#fidkdWxOYHwnPyd1" },
      expiresAt: 1_795_006_000_000,
    });
  });

  it.each<[string, Behavior]>([
    ["another request with its key is under way", failed(409, { type: "idempotency_error", code: "lock_timeout" })],
    ["its answer is lost", resetting],
  ])("repeats the very same request when %s", async (_, behavior) => {
    const { seen, ...made } = await madeOf(behavior, behavior, session());
    expect(made).toMatchObject({ outcome: "created" });
    expect(seen.map(({ headers }) => headers["idempotency-key"])).toEqual([`${code}.3`, `${code}.3`, `${code}.3`]);
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  });

  it.each<[string, Behavior, string]>([
    ["the key was used with other parameters", failed(400, { type: "idempotency_error" }), "refused-idempotency_error"],
    ["the first answer to the key was a fault", failed(500, { type: "api_error" }, true), "provider-fault"],
    [
      "the first answer to the key was a refusal",
      failed(402, { type: "card_error", code: "amount_too_small" }, true),
      "refused-amount_too_small",
    ],
    ["the session is for another amount", session({ amount_total: 8_541 }), "reference-used"],
    ["the session is in another currency", session({ currency: "usd" }), "reference-used"],
    ["the session is not open", session({ status: "expired" }), "reference-used"],
  ])("goes on to the next name when %s", async (_, behavior, reason) => {
    expect(await madeOf(behavior)).toMatchObject({ outcome: "unavailable", reason, spent: true });
  });

  it.each<[string, Behavior, string]>([
    ["a bad key", failed(401, { type: "invalid_request_error" }), "unauthorized"],
    ["too many requests", failed(429, { type: "invalid_request_error", code: "rate_limit" }), "throttled"],
    [
      "an amount too small",
      failed(400, { type: "invalid_request_error", code: "amount_too_small" }),
      "refused-amount_too_small",
    ],
    ["a fault of its own", failed(500, { type: "api_error" }), "provider-fault"],
    ["words in place of a code", failed(400, { type: "Asha Sen" }), "refused"],
    ["a session without a URL", session({ url: null }), "malformed-answer"],
    ["a URL elsewhere", session({ url: "https://checkout.stripe.com.example.com/x" }), "unexpected-link"],
    ["a URL without TLS", session({ url: "http://checkout.stripe.com/x" }), "unexpected-link"],
  ])("is unavailable on %s, under the same name", async (_, behavior, reason) => {
    const { seen: _seen, ...made } = await madeOf(behavior);
    expect(made).toEqual({ outcome: "unavailable", reason });
  });

  it("offers what Stripe can charge to the last unit, in a form that leads only to Stripe", async () => {
    const rail = stripeRail();
    expect(rail.offer(attempt)).toMatchObject({ rail: "stripe", formTargets: ["https://checkout.stripe.com"] });
    const fils = { value: 5_124, currency: "KWD" as CurrencyCode };
    expect(rail.offer({ ...attempt, bill: aBill({ amountDue: fils }) })).toBeUndefined();
    const made = await (rail.kind === "gateway" && stripeRail(meansFor("http://127.0.0.1:1")));
    const refused = made && made.kind === "gateway" && (await made.create({ ...attempt, amount: fils }));
    expect(refused).toEqual({ outcome: "unavailable", reason: "amount-not-representable" });
  });

  itAsksForOneCheckout({
    make: stripeRail,
    attempt,
    acceptance: JSON.stringify(aSession()),
    nameOf: ({ headers }) => String(headers["idempotency-key"]),
  });
});
