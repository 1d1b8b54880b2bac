import { describe, expect, it } from "vitest";
import { stripePayments } from "../../../../functions/adapters/stripe/payments.ts";
import { aBiller } from "../../../support/builders.ts";
import { aCharge, anIntent, anInvoice, aSession } from "./objects.ts";

const { id } = aBiller();
const typesOf = (told: ReturnType<typeof stripePayments>) => told?.map(({ type }) => type);
const at = Date.parse("2026-11-18T11:30:00Z");

describe("stripePayments", () => {
  it("tells of an intent by its id, with its charge's own time and means", () => {
    expect(stripePayments(id, { paymentIntent: anIntent() })).toEqual([
      {
        type: "payment.succeeded",
        payment: {
          biller: id,
          billId: "SG-1",
          references: ["stripe:ch_3Q0000000000001"],
          paymentId: "pi_3Q0000000000001",
          amount: { value: 8_540, currency: "SGD" },
          rail: "stripe-paynow",
          paidAt: "2026-11-18T11:26:30.000Z",
          source: "stripe",
        },
      },
    ]);
  });

  it("tells the same payment of a session, an intent, a charge and an invoice", () => {
    const told = [
      stripePayments(id, { session: aSession() }, { at }),
      stripePayments(id, { paymentIntent: anIntent() }),
      stripePayments(id, { charge: aCharge() }),
      stripePayments(id, { invoice: anInvoice({ payment_intent: "pi_3Q0000000000001" }) }),
    ];
    for (const one of told) {
      expect(typesOf(one)).toEqual(["payment.succeeded"]);
      expect(one?.[0]?.payment).toMatchObject({
        ...{ source: "stripe", paymentId: "pi_3Q0000000000001", billId: "SG-1" },
        amount: { value: 8_540, currency: "SGD" },
      });
    }
  });

  it("names a session and an invoice as what the payment is known by as well", () => {
    const told = stripePayments(id, { session: aSession({ invoice: "in_1" }) }, { at });
    expect(told?.[0]?.payment).toMatchObject({ references: ["stripe:cs_test_a1B2", "stripe:in_1"] });
  });

  it("takes the bill from the invoice where its intent does not name it", () => {
    const told = stripePayments(id, { paymentIntent: anIntent({ metadata: {} }), invoice: anInvoice() });
    expect(told?.[0]?.payment).toMatchObject({ billId: "SG-1" });
  });

  it.each([
    ["paid", {}, {}, ["payment.succeeded"]],
    ["on its way", { payment_status: "unpaid" }, {}, ["payment.pending"]],
    ["not paid in the end", { payment_status: "unpaid" }, { isFailed: true }, ["payment.failed"]],
    ["open", { payment_status: "unpaid", status: "open" }, {}, []],
    ["for nothing", { payment_status: "no_payment_required", payment_intent: null, amount_total: 0 }, {}, []],
    ["for a subscription", { payment_intent: null }, {}, []],
  ])("tells of a session that is %s", (_, overrides, facts, types) => {
    expect(typesOf(stripePayments(id, { session: aSession(overrides) }, { at, ...facts }))).toEqual(types);
  });

  it.each([
    ["processing", {}, ["payment.pending"]],
    ["requires_capture", {}, ["payment.pending"]],
    ["requires_payment_method", { last_payment_error: { code: "card_declined" } }, ["payment.failed"]],
    ["requires_payment_method", {}, []],
    ["requires_action", {}, []],
    ["canceled", {}, ["payment.failed"]],
  ])("tells of an intent that is %s with %j: %j", (status, overrides, types) => {
    expect(typesOf(stripePayments(id, { paymentIntent: anIntent({ status, ...overrides }) }))).toEqual(types);
  });

  it("tells a refund as the total that was given back", () => {
    const charge = aCharge({ amount_refunded: 40 });
    for (const told of [
      stripePayments(id, { charge }),
      stripePayments(id, { paymentIntent: anIntent({ latest_charge: charge }) }),
    ]) {
      expect(typesOf(told)).toEqual(["payment.succeeded", "payment.refunded"]);
      expect(told?.[1]?.payment).toMatchObject({ refundedTotal: { value: 40, currency: "SGD" } });
    }
  });

  it("counts what was captured, in the currency's own minor units", () => {
    const yen = stripePayments(id, { charge: aCharge({ currency: "jpy", amount: 700, amount_captured: 500 }) });
    expect(yen?.[0]?.payment).toMatchObject({ amount: { value: 500, currency: "JPY" } });
    const krona = stripePayments(id, { charge: aCharge({ currency: "isk", amount_captured: 50_000 }) });
    expect(krona?.[0]?.payment).toMatchObject({ amount: { value: 500, currency: "ISK" } });
  });

  it("calls a charge without an intent by its own id", () => {
    expect(stripePayments(id, { charge: aCharge({ payment_intent: null }) })?.[0]?.payment).toMatchObject({
      paymentId: "ch_3Q0000000000001",
    });
  });

  it("tells nothing of an invoice that does not say what paid it", () => {
    expect(stripePayments(id, { invoice: anInvoice() })).toEqual([]);
  });

  it.each([
    ["an intent with half a cent", { paymentIntent: anIntent({ amount_received: 85.4 }) }],
    ["a currency that nobody knows", { charge: aCharge({ currency: "xx" }) }],
    ["a session without any time", { session: aSession({ created: undefined }) }],
    ["no object", { session: "cs_test" }],
    ["nothing", {}],
  ])("cannot read %s", (_, objects) => {
    expect(stripePayments(id, objects)).toBeUndefined();
  });
});
