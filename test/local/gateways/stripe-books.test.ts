import { describe, expect, it } from "vitest";
import { gatewaySecrets } from "../../support/gateway-world.ts";
import { issueMorning } from "../../support/memory-clock.ts";
import { anOrder, bodiesOf, gatewayCalls, pressing } from "./gateway-calls.ts";

const headers = { authorization: `Bearer ${gatewaySecrets.stripe.secretKey}` };
const price = "line_items[0][price_data]";
const inDollars = { value: 8_540, currency: "SGD" };

const session = {
  mode: "payment",
  "line_items[0][quantity]": "1",
  [`${price}[currency]`]: "sgd",
  [`${price}[unit_amount]`]: "8540",
  [`${price}[product_data][name]`]: "Electricity, November 2026",
  client_reference_id: "EP-1",
  "metadata[billId]": "EP-1",
  "payment_intent_data[metadata][biller]": "example-power",
  "payment_intent_data[metadata][billId]": "EP-1",
  expires_at: String(issueMorning / 1_000 + 1_800),
  success_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR?paid",
  cancel_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
};

function played() {
  const calls = gatewayCalls();
  const ask = (path: string) => calls.answerTo({ method: "GET", path: `/stripe/v1/${path}`, headers });
  const withSession = async () => {
    const body = new URLSearchParams(session);
    return String((await calls.answerTo({ path: "/stripe/v1/checkout/sessions", headers, body })).json["id"]);
  };
  return { ...calls, ask, withSession };
}

const types = (bodies: readonly unknown[]): readonly unknown[] =>
  bodies.map((body) => (body as { type: unknown }).type);

describe("what the played Stripe tells of payments", () => {
  it("tells of a completed session, its charge and its intent, which has the metadata meant for it", async () => {
    const { webhooks, withSession, answerTo } = played();
    const id = await withSession();
    await answerTo(pressing(`/stripe/pay/${id}`, "pay"));
    const bodies = bodiesOf(webhooks);
    expect(types(bodies)).toEqual(["checkout.session.completed", "charge.succeeded", "payment_intent.succeeded"]);
    const [completed, charge, intent] = bodies;
    expect(completed).toMatchObject({
      object: "event",
      livemode: false,
      data: {
        object: { id, status: "complete", payment_status: "paid", payment_intent: expect.stringMatching(/^pi_/) },
      },
    });
    expect(charge).toMatchObject({ data: { object: { object: "charge", amount: 8_540, amount_refunded: 0 } } });
    expect(intent).toMatchObject({
      data: {
        object: {
          object: "payment_intent",
          status: "succeeded",
          amount_received: 8_540,
          metadata: { biller: "example-power", billId: "EP-1" },
          latest_charge: expect.stringMatching(/^ch_/),
        },
      },
    });
  });

  it("completes a session unpaid where the money is on its way, and says later what came of it", async () => {
    const { webhooks, withSession, gateways, ask } = played();
    const id = await withSession();
    const { paymentId } = await gateways.pay("stripe", anOrder({ amount: inDollars, outcome: "pending" }));
    expect((await ask(`checkout/sessions/${id}`)).json).toMatchObject({ status: "complete", payment_status: "unpaid" });
    await gateways.pay("stripe", anOrder({ amount: inDollars, paymentId }));
    expect((await ask(`checkout/sessions/${id}`)).json).toMatchObject({ payment_status: "paid" });
    expect(types(bodiesOf(webhooks))).toEqual([
      "checkout.session.completed",
      "payment_intent.processing",
      "checkout.session.async_payment_succeeded",
      "charge.succeeded",
      "payment_intent.succeeded",
    ]);
  });

  it("leaves a session open when a card is declined, and takes the next one under the same intent", async () => {
    const { webhooks, withSession, gateways, ask } = played();
    const id = await withSession();
    const { paymentId } = await gateways.pay("stripe", anOrder({ amount: inDollars, outcome: "failed" }));
    expect(bodiesOf(webhooks)).toMatchObject([
      { type: "payment_intent.payment_failed", data: { object: { last_payment_error: { code: "card_declined" } } } },
    ]);
    expect((await ask(`checkout/sessions/${id}`)).json).toMatchObject({ status: "open" });
    expect(await gateways.pay("stripe", anOrder({ amount: inDollars }))).toMatchObject({ paymentId });
  });

  it("takes a payment without a session, and refuses an amount it cannot charge", async () => {
    const { webhooks, gateways } = played();
    await gateways.pay("stripe", anOrder({ amount: { value: 1_249, currency: "JPY" } }));
    expect(bodiesOf(webhooks)[1]).toMatchObject({ data: { object: { amount: 1_249, currency: "jpy" } } });
    const inFils = { value: 1_001, currency: "KWD" };
    await expect(gateways.pay("stripe", anOrder({ amount: inFils }))).rejects.toThrow("amount");
  });

  it("gives money back in parts, and tells of the charge with all that was given back", async () => {
    const { webhooks, gateways, ask } = played();
    const { paymentId } = await gateways.pay("stripe", anOrder({ amount: inDollars }));
    await gateways.refund(paymentId, 540);
    await gateways.refund(paymentId);
    await expect(gateways.refund(paymentId)).rejects.toThrow("amount");
    const { json } = await ask(`payment_intents/${paymentId}`);
    expect((await ask(`charges/${json["latest_charge"]}`)).json).toMatchObject({ refunded: true });
    expect((await ask(`refunds?created[gte]=${issueMorning / 1_000}&limit=100`)).json).toMatchObject({
      has_more: false,
      data: [{ payment_intent: paymentId }, { payment_intent: paymentId }],
    });
    expect(bodiesOf(webhooks).slice(2)).toMatchObject([
      { type: "charge.refunded", data: { object: { amount_refunded: 540, refunded: false } } },
      { type: "charge.refunded", data: { object: { amount_refunded: 8_540, refunded: true } } },
    ]);
  });

  it("lists intents by span, the newest first, from page to page, with their charges where that is asked", async () => {
    const { gateways, clock, ask } = played();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      ids.push((await gateways.pay("stripe", anOrder({ amount: inDollars }))).paymentId);
      clock.advance(60_000);
    }
    const from = issueMorning / 1_000;
    const span = `created[gte]=${from}&created[lt]=${from + 120}&limit=1`;
    expect((await ask(`payment_intents?${span}`)).json).toMatchObject({ has_more: true, data: [{ id: ids[1] }] });
    const next = await ask(`payment_intents?${span}&starting_after=${ids[1]}&expand[]=data.latest_charge`);
    expect(next.json).toMatchObject({ has_more: false, data: [{ id: ids[0], latest_charge: { object: "charge" } }] });
    expect((await ask(`payment_intents/${ids[2]}?expand[]=latest_charge`)).json).toMatchObject({
      latest_charge: { amount: 8_540 },
    });
    expect((await ask("payment_intents/pi_none")).status).toBe(404);
    expect((await ask("invoices/in_none")).status).toBe(404);
  });
});
