import { describe, expect, it } from "vitest";
import { anOrder, gatewayCalls } from "./gateway-calls.ts";

const inReais = { value: 12_990, currency: "BRL" };

async function paid() {
  const calls = gatewayCalls();
  const { paymentId } = await calls.gateways.pay("mercado-pago", anOrder({ amount: inReais }));
  const headers = { authorization: `Bearer ${calls.accounts["mercado-pago"].accessToken}` };
  const ask = (path: string) => calls.answerTo({ method: "GET", path: `/mercado-pago/v1/payments/${path}`, headers });
  return { ...calls, paymentId, ask, read: () => ask(paymentId) };
}

describe("the played Mercado Pago", () => {
  it("tells of a payment by its id alone", async () => {
    const { webhooks, paymentId } = await paid();
    expect(webhooks).toMatchObject([
      { gateway: "mercado-pago", biller: "example-power", query: { "data.id": paymentId, type: "payment" } },
    ]);
    expect(JSON.parse(webhooks[0]?.body ?? "")).toMatchObject({
      action: "payment.created",
      type: "payment",
      data: { id: paymentId },
    });
    expect(webhooks[0]?.body).not.toContain("129");
  });

  it("says what it was to whoever has the token, in decimal numbers", async () => {
    const { read, paymentId, answerTo, others } = await paid();
    expect((await read()).json).toMatchObject({
      id: Number(paymentId),
      status: "approved",
      status_detail: "accredited",
      transaction_amount: 129.9,
      transaction_amount_refunded: 0,
      currency_id: "BRL",
      external_reference: "EP-1",
      payment_method_id: "pix",
    });
    const headers = { authorization: `Bearer ${others["mercado-pago"].accessToken}` };
    const path = `/mercado-pago/v1/payments/${paymentId}`;
    expect((await answerTo({ method: "GET", path, headers })).status).toBe(404);
    expect((await answerTo({ method: "GET", path })).status).toBe(401);
  });

  it("holds a payment that is pending until it is approved, and one that was rejected", async () => {
    const { gateways, webhooks, ask } = await paid();
    const pending = await gateways.pay("mercado-pago", anOrder({ amount: inReais, outcome: "pending" }));
    expect((await ask(pending.paymentId)).json).toMatchObject({ status: "in_process", date_approved: null });
    await gateways.pay("mercado-pago", anOrder({ amount: inReais, paymentId: pending.paymentId }));
    expect((await ask(pending.paymentId)).json).toMatchObject({ status: "approved" });
    expect(JSON.parse(webhooks.at(-1)?.body ?? "")).toMatchObject({ action: "payment.updated" });
    const failed = await gateways.pay("mercado-pago", anOrder({ amount: inReais, outcome: "failed" }));
    expect((await ask(failed.paymentId)).json).toMatchObject({ status: "rejected" });
  });

  it("gives money back in parts, and no more than there is", async () => {
    const { gateways, paymentId, read } = await paid();
    await gateways.refund(paymentId, 5_000);
    expect((await read()).json).toMatchObject({ status: "approved", transaction_amount_refunded: 50 });
    await expect(gateways.refund(paymentId, 7_991)).rejects.toThrow("amount");
    await gateways.refund(paymentId);
    expect((await read()).json).toMatchObject({ status: "refunded", transaction_amount_refunded: 129.9 });
  });

  it("finds payments by span, page by page", async () => {
    const { gateways, clock, ask, paymentId } = await paid();
    const begin = new Date(clock.now() - 1_000).toISOString();
    clock.advance(3_600_000);
    const end = new Date(clock.now() - 1_000).toISOString();
    const later = await gateways.pay("mercado-pago", anOrder({ amount: inReais }));
    const span = `begin_date=${begin}&end_date=${end}`;
    const first = await ask(`search?range=date_created&${span}&sort=id&criteria=asc`);
    expect(first.json).toMatchObject({ paging: { total: 1 }, results: [{ id: Number(paymentId) }] });
    const second = await ask("search?sort=date_created&criteria=asc&limit=1&offset=1");
    expect(second.json).toMatchObject({ paging: { total: 2, limit: 1 }, results: [{ id: Number(later.paymentId) }] });
  });
});
