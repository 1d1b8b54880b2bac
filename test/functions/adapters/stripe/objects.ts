/** Objects in the shape of Stripe's documentation, of an invented payer. */
export const aSession = (overrides: object = {}) => ({
  ...{ id: "cs_test_a1B2", object: "checkout.session", mode: "payment", status: "complete", payment_status: "paid" },
  ...{ amount_total: 8_540, currency: "sgd", client_reference_id: "SG-1", payment_intent: "pi_3Q0000000000001" },
  ...{ payment_method_types: ["card"], created: 1_795_001_000, invoice: null },
  metadata: { biller: "example-power", billId: "SG-1" },
  ...overrides,
});

export const aCharge = (overrides: object = {}) => ({
  ...{ id: "ch_3Q0000000000001", object: "charge", status: "succeeded", captured: true, amount: 8_540 },
  ...{ amount_captured: 8_540, amount_refunded: 0, currency: "sgd", created: 1_795_001_190 },
  ...{ payment_intent: "pi_3Q0000000000001", payment_method_details: { type: "paynow" } },
  metadata: { biller: "example-power", billId: "SG-1" },
  ...overrides,
});

export const anIntent = (overrides: object = {}) => ({
  ...{ id: "pi_3Q0000000000001", object: "payment_intent", status: "succeeded", amount: 8_540, amount_received: 8_540 },
  ...{ currency: "sgd", created: 1_795_001_100, last_payment_error: null, payment_method_types: ["card", "paynow"] },
  ...{ latest_charge: aCharge() as unknown, metadata: { biller: "example-power", billId: "SG-1" } as unknown },
  ...overrides,
});

export const anInvoice = (overrides: object = {}) => ({
  ...{ id: "in_1Q0000000000001", object: "invoice", status: "paid", amount_paid: 8_540, currency: "sgd" },
  ...{
    created: 1_795_000_000,
    number: "A-1",
    metadata: { billId: "SG-1" },
    status_transitions: { paid_at: 1_795_001_200 },
  },
  ...overrides,
});
