import { describe, expect, it } from "vitest";
import { anOrder, bodiesOf, gatewayCalls } from "./gateway-calls.ts";

describe("the played platform of Bharat BillPay", () => {
  it("posts a payment in the platform's shape, below the address it was given", async () => {
    const { gateways, webhooks, clock } = gatewayCalls();
    const { paymentId } = await gateways.pay("bbps", anOrder());
    expect(webhooks).toMatchObject([{ gateway: "bbps", id: paymentId, below: "/bills/fetchReceipt" }]);
    expect(bodiesOf(webhooks)).toMatchObject([
      {
        platformBillID: expect.stringMatching(/^\d+$/),
        billerBillID: "EP-1",
        paymentDetails: {
          amountPaid: { value: 124_900, currencyCode: "INR" },
          uniquePaymentRefID: paymentId,
          instrument: "UPI",
          transactionTimestamp: new Date(clock.now()).toISOString(),
        },
      },
    ]);
  });

  it("tells of nothing but payments that went through, and gives nothing back", async () => {
    const { gateways } = gatewayCalls();
    await expect(gateways.pay("bbps", anOrder({ outcome: "failed" }))).rejects.toThrow("outcome");
    await expect(gateways.pay("bbps", anOrder({ paymentId: "PP1" }))).rejects.toThrow("paymentId");
    const { paymentId } = await gateways.pay("bbps", anOrder());
    await expect(gateways.refund(paymentId)).rejects.toThrow("No gateway");
  });
});
