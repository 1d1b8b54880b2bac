import { describe, expect, it } from "vitest";
import { paidParts } from "../../../functions/domain/page-parts.ts";
import { paymentKey, receiptReference } from "../../../functions/domain/payment.ts";
import { aBill, aPayment } from "../../support/builders.ts";

const paidBy = (source: string) => {
  const payment = aPayment({ source, number: { year: 2026, n: 123 } });
  const counted = { amount: 124_900, refunded: 0, paidAt: payment.paidAt, n: 0 };
  return { payment, bill: aBill({ payments: { [paymentKey(payment)]: counted } }) };
};

describe("a payment on its receipt", () => {
  it("is shown by its number where that was read, else by its short reference", () => {
    const { payment, bill } = paidBy("razorpay");
    expect(paidParts(bill, [payment])).toEqual([expect.objectContaining({ reference: "2026-000123" })]);
    expect(paidParts(bill, [payment])[0]).not.toHaveProperty("alias");
    expect(paidParts(bill)).toEqual([expect.objectContaining({ reference: receiptReference(payment) })]);
  });

  it("of Bharat BillPay is shown by the reference that its platform was answered with, too", () => {
    const { payment, bill } = paidBy("bbps");
    expect(paidParts(bill, [payment])[0]).toMatchObject({
      reference: "2026-000123",
      alias: receiptReference(payment),
    });
  });
});
