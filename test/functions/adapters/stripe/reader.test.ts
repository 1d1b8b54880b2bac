import fc from "fast-check";
import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { stripeWebhookReader } from "../../../../functions/adapters/stripe/reader.ts";
import { verifyStripe } from "../../../../functions/adapters/stripe/verify.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import { PaymentTold } from "../../../../functions/domain/payment.ts";

const biller = "example-power" as BillerId;
const [oldSecret, secret] = ["whsec_test_secret", "whsec_test_secret_2"];
const now = 1_764_000_000_000;
const read = stripeWebhookReader({
  secrets: { stripe: async (id) => (id === biller ? [oldSecret, secret] : []) },
  clock: { now: () => now },
});

const headerFor = (payload: string, key = secret, at = now): string =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret: key, timestamp: Math.floor(at / 1_000) });
function told(event: unknown, { by = secret, to = biller }: { by?: string; to?: BillerId } = {}) {
  const text = typeof event === "string" ? event : JSON.stringify(event);
  return read({ biller: to, body: Buffer.from(text), headers: { "stripe-signature": headerFor(text, by) }, query: {} });
}

const session = {
  id: "cs_test_a1B2",
  object: "checkout.session",
  status: "complete",
  payment_status: "paid",
  amount_total: 8_540,
  currency: "sgd",
  client_reference_id: "SG-BILL-2026-11-0001",
  payment_intent: "pi_3Q0000000000001",
  customer_details: { email: "lim@example.com" },
  metadata: { biller, billId: "SG-BILL-2026-11-0001" },
};
const intent = {
  id: "pi_3Q0000000000001",
  object: "payment_intent",
  status: "succeeded",
  amount: 8_540,
  amount_received: 8_540,
  currency: "sgd",
  created: 1_763_999_000,
  latest_charge: "ch_3Q0000000000001",
  payment_method_types: ["card"],
  metadata: { billId: "SG-BILL-2026-11-0001" },
};
const charge = {
  id: "ch_3Q0000000000001",
  object: "charge",
  status: "succeeded",
  amount: 8_540,
  amount_captured: 8_540,
  amount_refunded: 2_000,
  currency: "sgd",
  created: 1_763_999_500,
  payment_intent: intent.id,
  payment_method_details: { type: "paynow" },
  metadata: { billId: "SG-BILL-2026-11-0001" },
};
const invoice = {
  id: "in_1Q1",
  object: "invoice",
  status: "paid",
  amount_paid: 8_540,
  currency: "sgd",
  created: 1,
  metadata: {},
};
const event = (type: string, object: unknown, more: object = {}): object => ({
  ...{ id: "evt_1Q0000000000001", object: "event", created: 1_763_999_999, livemode: false },
  ...more,
  type,
  data: { object },
});

describe("a webhook of Stripe", () => {
  const example = '{"id":"evt_test","object":"event"}';
  const signature = "9e48da99fd729b9aa321fa9bd2067e770f3ac8d5c73da3d1ce305b3434687bb4";
  const verdict = (header: string | undefined, at = now) =>
    verifyStripe(Buffer.from(example), header, { secrets: [oldSecret], now: at });

  it("is genuine as the example is", () => {
    expect(verdict(`t=1764000000,v1=${signature}`)).toBe("genuine");
  });

  it("is taken where Stripe's own library signed it, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (payload) => {
        const header = headerFor(payload);
        expect(verifyStripe(Buffer.from(payload), header, { secrets: [secret], now })).toBe("genuine");
      }),
    );
  });

  it("is refused wherever Stripe's own library refuses it", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "t=1764000000",
        "t=1764000001",
        "t=",
        "v1=",
        "v0=",
        `v1=${signature}`,
        `v0=${signature}`,
        "v1",
        " ",
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const header = pieces.join(",");
        const theirs = (): boolean => {
          try {
            Stripe.webhooks.constructEvent(example, header, oldSecret, 300, undefined, now);
            return true;
          } catch {
            return false;
          }
        };
        if (verdict(header) === "genuine") expect(theirs()).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is genuine by any of its signatures of version 1, and by none of version 0 or behind the tenth", () => {
    const wrong = "0".repeat(64);
    expect(verdict(`t=1764000000,v1=${wrong},v1=${signature},v0=${wrong}`)).toBe("genuine");
    expect(verdict(`t=1764000000,v0=${signature}`)).toBe("signature-wrong");
    const nine = Array.from({ length: 9 }, () => `v1=${wrong}`).join(",");
    expect(verdict(`t=1764000000,${nine},v1=${signature}`)).toBe("genuine");
    expect(verdict(`t=1764000000,${nine},v1=${wrong},v1=${signature}`)).toBe("signature-wrong");
  });

  it("is genuine for five minutes in either direction", () => {
    const at = (time: number) => verdict(`t=1764000000,v1=${signature}`, time);
    expect([at(now - 300_000), at(now + 300_000)]).toEqual(["genuine", "genuine"]);
    expect([at(now - 300_001), at(now + 300_001)]).toEqual(["not-now", "not-now"]);
  });

  it.each([
    ["no header", undefined, "header-missing"],
    ["an empty one", "", "header-missing"],
    ["no time", `v1=${signature}`, "header-malformed"],
    ["two times", `t=1764000000,t=1764000000,v1=${signature}`, "header-malformed"],
    ["a time in a fraction", `t=1764000000.0,v1=${signature}`, "header-malformed"],
    ["an empty signature", `t=1764000000,v1=,v1=${signature}`, "header-malformed"],
    ["spaces in it", `t=1764000000, v1=${signature}`, "header-malformed"],
    ["upper case", `t=1764000000,v1=${signature.toUpperCase()}`, "signature-wrong"],
  ])("with %s is refused", (_, header, reason) => {
    expect(verdict(header)).toBe(reason);
  });

  it("is genuine by either of two live secrets, and by none of a biller that has no account", async () => {
    const paid = event("checkout.session.completed", session);
    expect((await told(paid, { by: oldSecret })).outcome).toBe("genuine");
    expect((await told(paid, { by: secret })).outcome).toBe("genuine");
    const refused = { outcome: "refused", reason: "signature-wrong" };
    expect(await told(paid, { by: "whsec_test_secret_3" })).toEqual(refused);
    expect(await told(paid, { to: "nobody" as BillerId })).toEqual(refused);
  });

  it("tells of a paid session: the payment under its intent's id, the bill from the metadata, and that it is a test", async () => {
    const payment = {
      biller,
      billId: "SG-BILL-2026-11-0001",
      references: ["stripe:cs_test_a1B2"],
      paymentId: "pi_3Q0000000000001",
      amount: { value: 8_540, currency: "SGD" },
      rail: "stripe",
      paidAt: "2025-11-24T15:59:59.000Z",
      source: "stripe",
    };
    expect(await told(event("checkout.session.completed", session))).toEqual({
      outcome: "genuine",
      deliveries: [],
      payments: [{ type: "payment.succeeded", payment }],
      skipped: 0,
      mode: "test",
    });
    expect(PaymentTold.safeParse(payment).success).toBe(true);
  });

  it.each([
    ["checkout.session.completed", { ...session, payment_status: "unpaid" }, ["payment.pending"]],
    ["checkout.session.async_payment_succeeded", session, ["payment.succeeded"]],
    ["checkout.session.async_payment_failed", { ...session, payment_status: "unpaid" }, ["payment.failed"]],
    ["payment_intent.succeeded", intent, ["payment.succeeded"]],
    ["payment_intent.processing", { ...intent, status: "processing" }, ["payment.pending"]],
    [
      "payment_intent.payment_failed",
      { ...intent, status: "requires_payment_method", last_payment_error: { code: "card_declined" } },
      ["payment.failed"],
    ],
    ["charge.refunded", charge, ["payment.succeeded", "payment.refunded"]],
    ["invoice.paid", { ...invoice, payment_intent: intent.id }, ["payment.succeeded"]],
  ])("called %s tells of the one payment what it means", async (type, object, types) => {
    const reading = await told(event(type, object, { livemode: true }));
    expect(reading).toMatchObject({ outcome: "genuine", mode: "live", skipped: 0 });
    const payments = reading.outcome === "genuine" ? reading.payments : [];
    expect(payments.map((one) => one.type)).toEqual(types);
    for (const one of payments) expect(one.payment).toMatchObject({ biller, paymentId: intent.id });
  });

  it("tells of a refund by the total of the charge's refunds", async () => {
    expect(await told(event("charge.refunded", charge))).toMatchObject({
      payments: [{}, { type: "payment.refunded", payment: { refundedTotal: { value: 2_000, currency: "SGD" } } }],
    });
  });

  it("has an invoice asked about that does not say by which intent it was paid", async () => {
    expect(await told(event("invoice.paid", invoice))).toMatchObject({
      outcome: "genuine",
      payments: [],
      lookUps: [{ biller, gateway: "stripe", reference: "in_1Q1" }],
      skipped: 0,
    });
  });

  it.each([
    ["charge.succeeded", charge],
    ["payment_link.created", { id: "plink_1" }],
    ["checkout.session.expired", session],
    ["__proto__", session],
    [
      "checkout.session.completed",
      { ...session, payment_status: "no_payment_required", payment_intent: null, amount_total: 0 },
    ],
    ["invoice.paid", { ...invoice, amount_paid: 0 }],
  ])("called %s that brings no money is acknowledged and counted", async (type, object) => {
    const skipped = { outcome: "genuine", deliveries: [], payments: [], skipped: 1, mode: "test" };
    expect(await told(event(type, object))).toEqual(skipped);
  });

  it.each([
    ["no JSON", "{", "body"],
    ["no event", '"event"', "body"],
    ["a session without its state", event("checkout.session.completed", { id: "cs_1" }), "data.object"],
    ["an amount in a fraction", event("payment_intent.succeeded", { ...intent, amount: 1.5 }), "data.object"],
    ["a currency that is none", event("payment_intent.succeeded", { ...intent, currency: "zzz" }), "data.object"],
  ])("that holds %s is genuine but malformed", async (_, body, path) => {
    expect(await told(body)).toMatchObject({ outcome: "malformed", fields: [{ path }] });
  });
});
