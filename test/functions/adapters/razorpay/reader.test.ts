import { createHmac } from "node:crypto";
import fc from "fast-check";
import Razorpay from "razorpay";
import { describe, expect, it } from "vitest";
import { razorpayWebhookReader } from "../../../../functions/adapters/razorpay/reader.ts";
import { verifyRazorpay } from "../../../../functions/adapters/razorpay/verify.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import { PaymentTold } from "../../../../functions/domain/payment.ts";

const biller = "example-power" as BillerId;
const [oldSecret, secret] = ["test_webhook_secret", "test_webhook_secret_2"];
const read = razorpayWebhookReader({ secrets: { razorpay: async (id) => (id === biller ? [oldSecret, secret] : []) } });

const hexOf = (key: string, body: string): string => createHmac("sha256", key).update(body).digest("hex");
function told(event: unknown, { by = secret, to = biller }: { by?: string; to?: BillerId } = {}) {
  const text = typeof event === "string" ? event : JSON.stringify(event);
  return read({
    biller: to,
    body: Buffer.from(text),
    headers: { "x-razorpay-signature": hexOf(by, text) },
    query: {},
  });
}

const payment = {
  id: "pay_Qf0000000000001",
  entity: "payment",
  amount: 124_900,
  currency: "INR",
  status: "captured",
  captured: true,
  order_id: "order_Qf0000000000001",
  method: "upi",
  vpa: "asha@okexample",
  acquirer_data: { rrn: "636512345678" },
  contact: "+919830012345",
  email: null,
  amount_refunded: 0,
  refund_status: null,
  notes: [],
  created_at: 1_795_003_590,
};
const link = {
  id: "plink_Qf0000000000001",
  reference_id: "17Yq2AbCdEfGh.1",
  order_id: "order_Qf0000000000001",
  notes: { billId: "BILL-2026-11-0001" },
};
const order = { id: "order_Qf0000000000001", receipt: "17Yq2AbCdEfGh.1", notes: [] };
const refund = { id: "rfnd_Qf0000000000001", payment_id: payment.id, amount: 10_000, status: "processed" };

const event = (name: string, entities: Readonly<Record<string, unknown>>): object => ({
  entity: "event",
  event: name,
  payload: Object.fromEntries(Object.entries(entities).map(([kind, entity]) => [kind, { entity }])),
});

const paid = {
  biller,
  billId: "BILL-2026-11-0001",
  references: ["razorpay:order_Qf0000000000001", "razorpay:plink_Qf0000000000001", "rrn:636512345678"],
  paymentId: "pay_Qf0000000000001",
  amount: { value: 124_900, currency: "INR" },
  rail: "razorpay-upi",
  paidAt: "2026-11-18T12:06:30.000Z",
  source: "razorpay",
};

describe("a webhook of Razorpay", () => {
  it("is genuine as the example is, and as Razorpay's own library says", () => {
    const body = '{"entity":"event","event":"payment_link.paid"}';
    const signature = "c600833a3d34a6f0894ac53879874bbb8d6997ebc67d595fbb9501db9d575ee3";
    expect(verifyRazorpay(Buffer.from(body), signature, [oldSecret])).toBe("genuine");
    expect(Razorpay.validateWebhookSignature(body, signature, oldSecret)).toBe(true);
  });

  it("is taken and refused as by Razorpay's own library, whatever was signed or shown", () => {
    const shown = fc.oneof(fc.constant("own"), fc.constant("other"), fc.string(), fc.string({ unit: "binary" }));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), shown, (body, how) => {
        const signature = how === "own" ? hexOf(secret, body) : how === "other" ? hexOf(oldSecret, body) : how;
        const genuine = verifyRazorpay(Buffer.from(body), signature, [secret]) === "genuine";
        expect(genuine).toBe(Razorpay.validateWebhookSignature(body, signature, secret));
      }),
    );
  });

  it("is genuine by either of two live secrets, and by none of a biller that has no account", async () => {
    const captured = event("payment.captured", { payment });
    expect((await told(captured, { by: oldSecret })).outcome).toBe("genuine");
    expect((await told(captured, { by: secret })).outcome).toBe("genuine");
    const refused = { outcome: "refused", reason: "signature-wrong" };
    expect(await told(captured, { by: "test_webhook_secret_3" })).toEqual(refused);
    expect(await told(captured, { to: "nobody" as BillerId })).toEqual(refused);
  });

  it.each([
    ["no signature", undefined, "header-missing"],
    ["an empty one", "", "header-missing"],
    ["two", `${"a".repeat(64)}, ${"a".repeat(64)}`, "header-malformed"],
    ["one in upper case", hexOf(secret, "{}").toUpperCase(), "header-malformed"],
    ["one of another body", hexOf(secret, "{ }"), "signature-wrong"],
  ])("with %s is refused before its body is read", async (_, signature, reason) => {
    const call = { biller, body: Buffer.from("{}"), headers: { "x-razorpay-signature": signature }, query: {} };
    expect(await read(call)).toEqual({ outcome: "refused", reason });
  });

  it("tells of a paid link: the payment under its own id, the bill from the notes, and every other name", async () => {
    const reading = await told(event("payment_link.paid", { payment_link: link, order, payment }));
    expect(reading).toEqual({
      outcome: "genuine",
      deliveries: [],
      payments: [{ type: "payment.succeeded", payment: paid }],
      skipped: 0,
    });
    expect(PaymentTold.safeParse(paid).success).toBe(true);
  });

  it.each([
    ["payment_link.partially_paid", {}, "payment.succeeded"],
    ["payment.captured", {}, "payment.succeeded"],
    ["order.paid", {}, "payment.succeeded"],
    ["payment.authorized", { status: "authorized" }, "payment.pending"],
    ["payment.pending", { status: "pending" }, "payment.pending"],
    ["payment.failed", { status: "failed" }, "payment.failed"],
  ])("called %s tells what the payment's state says", async (name, changes, type) => {
    const reading = await told(event(name, { payment: { ...payment, ...changes } }));
    expect(reading).toMatchObject({ payments: [{ type, payment: { paymentId: payment.id } }] });
  });

  it("tells of a refund by the total of the payment's refunds, beside the payment itself", async () => {
    const refunded = { ...payment, amount_refunded: 30_000 };
    expect(await told(event("refund.processed", { payment: refunded, refund }))).toMatchObject({
      payments: [
        { type: "payment.succeeded", payment: { paymentId: payment.id } },
        { type: "payment.refunded", payment: { refundedTotal: { value: 30_000, currency: "INR" } } },
      ],
    });
  });

  it.each([
    ["an empty list", []],
    ["nothing", null],
    ["an empty object", {}],
    ["a bill id that is none", { billId: "a bill" }],
  ])("whose notes are %s names the bill by our own reference", async (_, notes) => {
    const reading = await told(event("payment_link.paid", { payment_link: { ...link, notes }, payment }));
    expect(reading).toMatchObject({ payments: [{ payment: { code: "17Yq2AbCdEfGh" } }] });
    expect(reading).not.toHaveProperty(["payments", 0, "payment", "billId"]);
  });

  it("that names another biller's bill names none of this one's", async () => {
    const foreign = { ...link, notes: { biller: "example-water", billId: "BILL-2026-11-0001" } };
    const reading = await told(event("payment_link.paid", { payment_link: foreign, payment }));
    expect(reading).toMatchObject({ payments: [{ payment: { biller, paymentId: payment.id } }] });
    expect(reading).not.toHaveProperty(["payments", 0, "payment", "billId"]);
    expect(reading).not.toHaveProperty(["payments", 0, "payment", "code"]);
  });

  it.each([
    ["the refund", { refund }, payment.id],
    ["the link", { payment_link: link }, link.id],
    ["the order", { order }, order.id],
  ])("that leaves the payment out has it asked about by %s", async (_, entities, reference) => {
    expect(await told(event("refund.processed", entities))).toMatchObject({
      outcome: "genuine",
      payments: [],
      lookUps: [{ biller, gateway: "razorpay", reference }],
      skipped: 0,
    });
  });

  it.each(["payment_link.cancelled", "payment_link.expired", "refund.created", "toString", "invoice.paid"])(
    "called %s concerns nobody here, and is counted",
    async (name) => {
      const skipped = { outcome: "genuine", deliveries: [], payments: [], skipped: 1 };
      expect(await told(event(name, { payment }))).toEqual(skipped);
    },
  );

  it.each([
    ["no JSON", "{", "body"],
    ["no event", "[]", "body"],
    ["no payment nor a name of one", event("order.paid", { order: { id: "order" } }), "payload.payment"],
    [
      "a payment without its id",
      event("payment.captured", { payment: { ...payment, id: "x" } }),
      "payload.payment.entity",
    ],
    [
      "rupees in a fraction",
      event("payment.captured", { payment: { ...payment, amount: 0.5 } }),
      "payload.payment.entity",
    ],
  ])("that holds %s is genuine but malformed", async (_, body, path) => {
    expect(await told(body)).toMatchObject({ outcome: "malformed", fields: [{ path }] });
  });
});
