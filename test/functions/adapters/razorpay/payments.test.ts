import { describe, expect, it } from "vitest";
import { razorpayPayments } from "../../../../functions/adapters/razorpay/payments.ts";
import { aBiller } from "../../../support/builders.ts";
import { aLink, anOrder, aPayment } from "./entities.ts";

const { id } = aBiller();

describe("razorpayPayments", () => {
  it("tells of a captured payment by its canonical id, with the bill and all its other names", () => {
    expect(razorpayPayments(id, { payment: aPayment(), order: anOrder(), paymentLink: aLink() })).toEqual([
      {
        type: "payment.succeeded",
        payment: {
          biller: id,
          billId: "EP-2026-11-10023",
          references: ["razorpay:order_Qf0000000000001", "razorpay:plink_Qf0000000000001", "rrn:636512345678"],
          paymentId: "pay_Qf0000000000001",
          amount: { value: 124_900, currency: "INR" },
          rail: "razorpay-upi",
          paidAt: "2026-11-18T11:26:30.000Z",
          source: "razorpay",
        },
      },
    ]);
  });

  it.each([[[]], [null], [{}], [undefined], [{ billId: "not a bill id!" }]])(
    "finds the link code in our own reference where the notes are %j",
    (notes) => {
      const told = razorpayPayments(id, {
        payment: aPayment({ notes }),
        paymentLink: aLink({ notes, reference_id: "1PkT9dQx2mVaR.3" }),
      });
      expect(told?.[0]?.payment).toMatchObject({ code: "1PkT9dQx2mVaR" });
      expect(told?.[0]?.payment).not.toHaveProperty("billId");
    },
  );

  it("does not take another biller's word for the bill", () => {
    const told = razorpayPayments(id, { payment: aPayment({ notes: { biller: "other", billId: "EP-1" } }) });
    expect(told?.[0]?.payment).not.toHaveProperty("billId");
    expect(told?.[0]?.payment).toMatchObject({ biller: id });
  });

  it("ignores an order id without its prefix", () => {
    const told = razorpayPayments(id, {
      payment: aPayment({ order_id: null }),
      paymentLink: aLink({ order_id: "Qf1" }),
    });
    expect(told?.[0]?.payment).toMatchObject({ references: ["razorpay:plink_Qf0000000000001", "rrn:636512345678"] });
  });

  it("tells a refund as the total that was given back", () => {
    const part = razorpayPayments(id, { payment: aPayment({ amount_refunded: 900 }) });
    expect(part?.map(({ type }) => type)).toEqual(["payment.succeeded", "payment.refunded"]);
    expect(part?.[1]?.payment).toMatchObject({ refundedTotal: { value: 900, currency: "INR" } });
    // Told with the success, too, so that money that went back never ends reminders.
    expect(part?.[0]?.payment).toEqual(part?.[1]?.payment);
    const full = razorpayPayments(id, { payment: aPayment({ status: "refunded", amount_refunded: 124_900 }) });
    expect(full?.[1]?.payment).toMatchObject({ refundedTotal: { value: 124_900, currency: "INR" } });
  });

  it.each([
    ["authorized", ["payment.pending"]],
    ["pending", ["payment.pending"]],
    ["failed", ["payment.failed"]],
    ["created", []],
    ["something-new", []],
  ])("tells of one that is %s: %j", (status, types) => {
    expect(razorpayPayments(id, { payment: aPayment({ status }) })?.map(({ type }) => type)).toEqual(types);
  });

  it.each(["captured", "authorized", "failed"])(
    "tells nothing of a mandate's registration for no money, %s",
    (status) => {
      const mandate = { amount: 0, amount_refunded: 0, method: "emandate", status };
      expect(razorpayPayments(id, { payment: aPayment(mandate) })).toEqual([]);
    },
  );

  it.each([
    ["an amount in rupees", { amount: 1249.5 }],
    ["an amount of text", { amount: "124900" }],
    ["an id of something else", { id: "order_1" }],
    ["no currency", { currency: "XYZ1" }],
    ["less than no money", { amount: -1 }],
    ["no time", { created_at: undefined }],
  ])("cannot read one with %s", (_, overrides) => {
    expect(razorpayPayments(id, { payment: aPayment(overrides) })).toBeUndefined();
  });
});
