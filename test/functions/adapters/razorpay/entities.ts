/** Entities in the shape of Razorpay's documentation, of an invented payer. */
export const aPayment = (overrides: object = {}) => ({
  ...{ id: "pay_Qf0000000000001", entity: "payment", amount: 124_900, currency: "INR", status: "captured" },
  ...{ captured: true, order_id: "order_Qf0000000000001", invoice_id: null, method: "upi", vpa: "asha@okexample" },
  ...{ acquirer_data: { rrn: "636512345678" }, contact: "+919830000001", email: null, fee: 2_948, tax: 450 },
  ...{ amount_refunded: 0, refund_status: null, error_code: null, created_at: 1_795_001_190 },
  notes: { biller: "example-power", billId: "EP-2026-11-10023" } as unknown,
  ...overrides,
});

export const anOrder = (overrides: object = {}) => ({
  ...{ id: "order_Qf0000000000001", amount: 124_900, amount_paid: 124_900, currency: "INR" },
  ...{ receipt: "1PkT9dQx2mVaR.1", status: "paid", notes: [] },
  ...overrides,
});

export const aLink = (overrides: object = {}) => ({
  ...{ id: "plink_Qf0000000000001", reference_id: "1PkT9dQx2mVaR.1", amount: 124_900, currency: "INR" },
  ...{ status: "paid", order_id: "order_Qf0000000000001", notes: { billId: "EP-2026-11-10023" } as unknown },
  ...overrides,
});
