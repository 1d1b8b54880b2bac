import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { gatewaySecrets } from "../../support/gateway-world.ts";
import { issueMorning } from "../../support/memory-clock.ts";
import { basicHeader, gatewayCalls, pressing } from "./gateway-calls.ts";

const { keyId, keySecret } = gatewaySecrets.razorpay;
const headers = basicHeader(keyId, keySecret);
const soon = issueMorning / 1_000 + 20 * 60;

/** In the shape of Razorpay's documentation of Payment Links. */
const order = {
  amount: 124_900,
  currency: "INR",
  accept_partial: false,
  expire_by: soon,
  reference_id: "1PkT9dQx2mVaR.1",
  description: "Electricity, November 2026",
  notify: { sms: false, email: false },
  reminder_enable: false,
  notes: { biller: "example-power", billId: "EP-2026-11-10023" },
  callback_url: "https://pay.example.org/EXPOWR/1PkT9dQx2mVaR",
  callback_method: "get",
};

const creation = (overrides: object = {}) => ({
  path: "/razorpay/v1/payment_links",
  headers,
  body: { ...order, ...overrides },
});

async function withLink() {
  const calls = gatewayCalls();
  const { json: link } = await calls.answerTo(creation());
  const id = String(link["id"]);
  const read = async () => {
    const { json } = await calls.answerTo({ method: "GET", path: `/razorpay/v1/payment_links/${id}`, headers });
    return json;
  };
  return { ...calls, link, id, page: `/razorpay/pay/${id}`, read };
}

describe("the played Razorpay", () => {
  it("makes a Payment Link in Razorpay's shape", async () => {
    const { link } = await withLink();
    const { callback_method: _method, ...echoed } = order;
    expect(link).toMatchObject({ ...echoed, status: "created", amount_paid: 0, order_id: null, payments: null });
    expect(link["id"]).toMatch(/^plink_/);
    expect(link["short_url"]).toBe(`http://127.0.0.1:4100/sandbox/gateways/razorpay/pay/${link["id"]}`);
  });

  it("takes a reference once in an account, in Razorpay's words", async () => {
    const { answerTo, others } = await withLink();
    expect(await answerTo(creation({ amount: 200 }))).toMatchObject({
      status: 400,
      json: {
        error: {
          code: "BAD_REQUEST_ERROR",
          description: "payment link creation with reference ID already attempted",
          source: "business",
          step: "payment_initiation",
          reason: "input_validation_failed",
          metadata: {},
        },
      },
    });
    const elsewhere = basicHeader(others.razorpay.keyId, others.razorpay.keySecret);
    expect(await answerTo({ ...creation(), headers: elsewhere })).toMatchObject({ status: 200 });
  });

  it.each([
    ["less than a rupee", { amount: 99 }],
    ["a fraction of a paisa", { amount: 100.5 }],
    ["dollars", { currency: "USD" }],
    ["an end in less than fifteen minutes", { expire_by: issueMorning / 1_000 + 899 }],
    ["a reference of 41 characters", { reference_id: "r".repeat(41) }],
  ])("refuses %s", async (_, overrides) => {
    expect(await gatewayCalls().answerTo(creation(overrides))).toMatchObject({
      status: 400,
      json: { error: { code: "BAD_REQUEST_ERROR" } },
    });
  });

  it("lets in nobody without a key", async () => {
    const { answerTo } = gatewayCalls();
    for (const bad of [{}, basicHeader(keyId, "wrong"), { authorization: "Bearer x" }]) {
      expect(await answerTo({ ...creation(), headers: bad })).toMatchObject({ status: 401 });
    }
  });

  it("finds links by their reference, of one's own account only", async () => {
    const { answerTo, others, link } = await withLink();
    await answerTo(creation({ reference_id: "another.1" }));
    const search = { method: "GET", path: `/razorpay/v1/payment_links?reference_id=${order.reference_id}` };
    expect((await answerTo({ ...search, headers })).json).toEqual({ payment_links: [link] });
    const elsewhere = basicHeader(others.razorpay.keyId, others.razorpay.keySecret);
    expect((await answerTo({ ...search, headers: elsewhere })).json).toEqual({ payment_links: [] });
  });

  it("sends a payer back with the signature that the key verifies", async () => {
    const { answerTo, page, payments, id, read } = await withLink();
    expect(String((await answerTo({ method: "GET", path: page })).body)).toContain('value="pay"');
    const { status, headers: answered } = await answerTo(pressing(page, "pay"));
    expect(status).toBe(303);
    const query = new URL(String(answered["location"])).searchParams;
    const paymentId = query.get("razorpay_payment_id");
    const signed = `${id}|${order.reference_id}|paid|${paymentId}`;
    expect(query.get("razorpay_signature")).toBe(createHmac("sha256", keySecret).update(signed).digest("hex"));
    expect(payments).toEqual([
      {
        gateway: "razorpay",
        biller: "example-power",
        billId: "EP-2026-11-10023",
        paymentId,
        amount: { value: 124_900, currency: "INR" },
      },
    ]);
    expect(await read()).toMatchObject({ status: "paid", amount_paid: 124_900 });
  });

  it("takes no payment for a link that is canceled, expired or paid, and no cancel either", async () => {
    const { answerTo, page, payments, id, clock, read } = await withLink();
    const cancel = { path: `/razorpay/v1/payment_links/${id}/cancel`, headers };
    expect((await answerTo(cancel)).json).toMatchObject({ status: "cancelled", cancelled_at: issueMorning / 1_000 });
    expect(await answerTo(cancel)).toMatchObject({ status: 400 });
    await answerTo(pressing(page, "pay"));
    const { json: second } = await answerTo(creation({ reference_id: "1PkT9dQx2mVaR.2" }));
    clock.advance(20 * 60_000);
    await answerTo(pressing(`/razorpay/pay/${second["id"]}`, "pay"));
    expect(payments).toEqual([]);
    expect(String((await answerTo({ method: "GET", path: page })).body)).not.toContain('value="pay"');
    expect(await read()).toMatchObject({ status: "cancelled" });
  });

  it("shows what others wrote as text", async () => {
    const { answerTo } = gatewayCalls();
    const { json } = await answerTo(creation({ description: '<script>alert("x")</script>' }));
    const { body } = await answerTo({ method: "GET", path: `/razorpay/pay/${json["id"]}` });
    expect(body).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
    expect(body).not.toContain("<script");
  });
});
