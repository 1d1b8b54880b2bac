import { describe, expect, it } from "vitest";
import { gatewaySecrets } from "../../support/gateway-world.ts";
import { issueMorning } from "../../support/memory-clock.ts";
import { gatewayCalls, pressing } from "./gateway-calls.ts";

const authorization = `Bearer ${gatewaySecrets.stripe.secretKey}`;
const price = "line_items[0][price_data]";

const order = {
  mode: "payment",
  "line_items[0][quantity]": "1",
  [`${price}[currency]`]: "sgd",
  [`${price}[unit_amount]`]: "8540",
  [`${price}[product_data][name]`]: "Electricity, November 2026",
  client_reference_id: "SG-BILL-2026-11-0001",
  "metadata[billId]": "SG-BILL-2026-11-0001",
  expires_at: String(issueMorning / 1_000 + 1_800),
  success_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR?paid",
  cancel_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
};

const creation = (overrides: Record<string, string> = {}, key?: string) => ({
  path: "/stripe/v1/checkout/sessions",
  headers: { authorization, ...(key !== undefined && { "idempotency-key": key }) },
  body: new URLSearchParams({ ...order, ...overrides }),
});

describe("the played Stripe", () => {
  it("makes a session in Stripe's shape", async () => {
    const { json } = await gatewayCalls().answerTo(creation());
    expect(json).toMatchObject({
      object: "checkout.session",
      mode: "payment",
      status: "open",
      payment_status: "unpaid",
      amount_total: 8_540,
      currency: "sgd",
      client_reference_id: "SG-BILL-2026-11-0001",
    });
    expect(json["url"]).toBe(`http://127.0.0.1:4100/sandbox/gateways/stripe/pay/${json["id"]}`);
  });

  it("answers a key again as it did first, and refuses it with other parameters", async () => {
    const { answerTo, clock } = gatewayCalls();
    const first = await answerTo(creation({}, "code.1"));
    const again = await answerTo(creation({}, "code.1"));
    expect(again.json).toEqual(first.json);
    expect(again.headers["idempotent-replayed"]).toBe("true");
    expect(first.headers["idempotent-replayed"]).toBeUndefined();
    expect(await answerTo(creation({ [`${price}[unit_amount]`]: "8541" }, "code.1"))).toMatchObject({
      status: 400,
      json: { error: { type: "idempotency_error" } },
    });
    clock.advance(24 * 3_600_000);
    const later = String(clock.now() / 1_000 + 1_800);
    expect((await answerTo(creation({ expires_at: later }, "code.1"))).json["id"]).not.toBe(first.json["id"]);
  });

  it("keeps a fault of its own under the key, but no refusal", async () => {
    const { answerTo, gateways } = gatewayCalls();
    expect((await answerTo(creation({ mode: "" }, "code.1"))).status).toBe(400);
    expect((await answerTo(creation({}, "code.1"))).status).toBe(200);
    gateways.setMode("stripe", { mode: "fail" });
    expect((await answerTo(creation({}, "code.2"))).status).toBe(500);
    gateways.setMode("stripe", { mode: "ok" });
    const again = await answerTo(creation({}, "code.2"));
    expect([again.status, again.headers["idempotent-replayed"]]).toEqual([500, "true"]);
  });

  it.each([
    ["no currency", { [`${price}[currency]`]: "" }],
    ["a currency in capitals", { [`${price}[currency]`]: "SGD" }],
    ["an amount that is no integer", { [`${price}[unit_amount]`]: "85.40" }],
    ["a fraction of a króna", { [`${price}[currency]`]: "isk", [`${price}[unit_amount]`]: "4010" }],
    ["a single fils", { [`${price}[currency]`]: "kwd", [`${price}[unit_amount]`]: "5124" }],
    ["a name that is too long", { [`${price}[product_data][name]`]: "n".repeat(251) }],
    ["an end in less than thirty minutes", { expires_at: String(issueMorning / 1_000 + 1_799) }],
    ["an end in more than a day", { expires_at: String(issueMorning / 1_000 + 86_401) }],
  ])("refuses %s", async (_, overrides) => {
    expect(await gatewayCalls().answerTo(creation(overrides))).toMatchObject({
      status: 400,
      json: { error: { type: "invalid_request_error" } },
    });
  });

  it("lets in nobody without a key, and nobody to another's sessions", async () => {
    const { answerTo, others } = gatewayCalls();
    expect(await answerTo({ ...creation(), headers: {} })).toMatchObject({ status: 401 });
    const { json } = await answerTo(creation());
    const elsewhere = { authorization: `Bearer ${others.stripe.secretKey}` };
    const path = `/stripe/v1/checkout/sessions/${json["id"]}`;
    expect((await answerTo({ method: "GET", path, headers: elsewhere })).status).toBe(404);
    expect((await answerTo({ method: "GET", path, headers: { authorization } })).json).toEqual(json);
  });

  it("sends a payer who paid to one address and one who did not to the other", async () => {
    const { answerTo, payments } = gatewayCalls();
    const { json } = await answerTo(creation());
    const page = `/stripe/pay/${json["id"]}`;
    expect(String((await answerTo({ method: "GET", path: page })).body)).toContain("85.40");
    expect((await answerTo(pressing(page, "cancel"))).headers["location"]).toBe(order.cancel_url);
    expect((await answerTo(pressing(page, "pay"))).headers["location"]).toBe(order.success_url);
    expect((await answerTo(pressing(page, "pay"))).headers["location"]).toBe(order.cancel_url);
    expect(payments).toMatchObject([
      { gateway: "stripe", billId: "SG-BILL-2026-11-0001", amount: { value: 8_540, currency: "SGD" } },
    ]);
  });

  it("expires a session when it is asked to, and by itself", async () => {
    const { answerTo, payments, clock } = gatewayCalls();
    const { json: one } = await answerTo(creation());
    const { json: other } = await answerTo(creation());
    const expire = { path: `/stripe/v1/checkout/sessions/${one["id"]}/expire`, headers: { authorization } };
    expect((await answerTo(expire)).json).toMatchObject({ status: "expired", url: null });
    expect((await answerTo(expire)).status).toBe(400);
    clock.advance(1_800_000);
    for (const made of [one, other]) await answerTo(pressing(`/stripe/pay/${made["id"]}`, "pay"));
    expect(payments).toEqual([]);
  });
});
