import { describe, expect, it } from "vitest";
import { gatewaySecrets } from "../../support/gateway-world.ts";
import { issueMorning } from "../../support/memory-clock.ts";
import { anOrder, basicHeader, bodiesOf, gatewayCalls, pressing } from "./gateway-calls.ts";

const headers = basicHeader(gatewaySecrets.razorpay.keyId, gatewaySecrets.razorpay.keySecret);

const link = {
  amount: 124_900,
  currency: "INR",
  expire_by: issueMorning / 1_000 + 1_200,
  reference_id: "1PkT9dQx2mVaR.1",
  notes: { biller: "example-power", billId: "EP-1" },
  callback_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
};

function played() {
  const calls = gatewayCalls();
  const ask = (path: string) => calls.answerTo({ method: "GET", path: `/razorpay/v1/${path}`, headers });
  const withLink = async () =>
    String((await calls.answerTo({ path: "/razorpay/v1/payment_links", headers, body: link })).json["id"]);
  return { ...calls, ask, withLink };
}

describe("what the played Razorpay tells of payments", () => {
  it("tells of a paid link with its order and payment, which have the link's notes", async () => {
    const { webhooks, withLink, answerTo, ask } = played();
    const id = await withLink();
    await answerTo(pressing(`/razorpay/pay/${id}`, "pay"));
    const [first, captured, order] = bodiesOf(webhooks);
    expect(first).toMatchObject({
      entity: "event",
      event: "payment_link.paid",
      contains: ["payment_link", "order", "payment"],
      payload: {
        payment_link: { entity: { id, status: "paid", amount_paid: 124_900, notes: link.notes } },
        order: { entity: { receipt: "1PkT9dQx2mVaR.1", status: "paid", amount_due: 0, notes: link.notes } },
        payment: { entity: { status: "captured", captured: true, amount: 124_900, notes: link.notes } },
      },
    });
    expect([captured, order]).toMatchObject([{ event: "payment.captured" }, { event: "order.paid" }]);
    expect(new Set(webhooks.map((webhook) => webhook.id)).size).toBe(3);
    const { json } = await ask(`payment_links/${id}`);
    const { json: paid } = await ask(`orders/${json["order_id"]}/payments`);
    expect(paid).toMatchObject({ entity: "collection", count: 1 });
    const [{ id: paymentId }] = paid["items"] as readonly [{ id: string }];
    expect((await ask(`payment_links?payment_id=${paymentId}`)).json).toMatchObject({ payment_links: [{ id }] });
  });

  it("pays the open link of a bill where no page is opened, and an order of its own where there is none", async () => {
    const { webhooks, withLink, gateways, ask } = played();
    const id = await withLink();
    await gateways.pay("razorpay", anOrder());
    expect((await ask(`payment_links/${id}`)).json).toMatchObject({ status: "paid" });
    await gateways.pay("razorpay", anOrder());
    expect(bodiesOf(webhooks).slice(3)).toMatchObject([
      { event: "payment.captured", payload: { payment: { entity: { notes: link.notes } } } },
      { event: "order.paid", payload: { order: { entity: { receipt: "EP-1" } } } },
    ]);
  });

  it("captures a payment that had failed, and pays its link with it", async () => {
    const { webhooks, withLink, gateways, ask } = played();
    const id = await withLink();
    const { paymentId } = await gateways.pay("razorpay", anOrder({ outcome: "failed" }));
    expect(bodiesOf(webhooks)).toMatchObject([
      { event: "payment.failed", payload: { payment: { entity: { id: paymentId, status: "failed" } } } },
    ]);
    expect((await ask(`payment_links/${id}`)).json).toMatchObject({ status: "created" });
    await gateways.pay("razorpay", anOrder({ paymentId }));
    expect(bodiesOf(webhooks)[1]).toMatchObject({
      event: "payment_link.paid",
      payload: { payment: { entity: { id: paymentId, status: "captured", error_code: null } } },
    });
    expect((await ask(`payment_links/${id}`)).json).toMatchObject({ status: "paid" });
    await expect(gateways.pay("razorpay", anOrder({ paymentId }))).rejects.toThrow("still open");
  });

  it("holds a payment that is only authorized as pending", async () => {
    const { webhooks, gateways, ask } = played();
    const { paymentId } = await gateways.pay("razorpay", anOrder({ outcome: "pending" }));
    expect(bodiesOf(webhooks)).toMatchObject([{ event: "payment.authorized" }]);
    expect((await ask(`payments/${paymentId}`)).json).toMatchObject({ status: "authorized", captured: false });
  });

  it("gives money back in parts, and tells of each with what is given back by then", async () => {
    const { webhooks, gateways, ask } = played();
    const { paymentId } = await gateways.pay("razorpay", anOrder());
    await gateways.refund(paymentId, 24_900);
    await gateways.refund(paymentId);
    const [, , part, rest] = bodiesOf(webhooks);
    expect([part, rest]).toMatchObject([
      {
        event: "refund.processed",
        contains: ["refund", "payment"],
        payload: {
          refund: { entity: { amount: 24_900, payment_id: paymentId } },
          payment: { entity: { amount_refunded: 24_900, refund_status: "partial", status: "captured" } },
        },
      },
      { payload: { payment: { entity: { amount_refunded: 124_900, refund_status: "full", status: "refunded" } } } },
    ]);
    await expect(gateways.refund(paymentId)).rejects.toThrow("amount");
    expect((await ask("refunds")).json).toMatchObject({ count: 2 });
    expect((await ask(`payments/${paymentId}/refunds`)).json).toMatchObject({ count: 2 });
  });

  it("lists payments by span and page, the newest first, and to their own account only", async () => {
    const { gateways, clock, ask, answerTo, others } = played();
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      ids.push((await gateways.pay("razorpay", anOrder())).paymentId);
      clock.advance(60_000);
    }
    const from = issueMorning / 1_000;
    const { json } = await ask(`payments?from=${from}&to=${from + 60}&count=1&skip=1`);
    expect(json).toMatchObject({ entity: "collection", count: 1, items: [{ id: ids[0] }] });
    expect((await ask(`payments?from=${from}&to=${from + 60}&count=100`)).json).toMatchObject({ count: 2 });
    const elsewhere = basicHeader(others.razorpay.keyId, others.razorpay.keySecret);
    expect((await answerTo({ method: "GET", path: "/razorpay/v1/payments", headers: elsewhere })).json).toMatchObject({
      count: 0,
    });
    const foreign = { method: "GET", path: `/razorpay/v1/payments/${ids[0]}`, headers: elsewhere };
    expect((await answerTo(foreign)).status).toBe(400);
  });
});
