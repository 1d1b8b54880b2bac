import { describe, expect, it } from "vitest";
import { bbpsWebhookReader } from "../../../../functions/adapters/bbps/reader.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import { PaymentTold, receiptReference } from "../../../../functions/domain/payment.ts";

const biller = "example-power" as BillerId;
const [oldOne, newOne] = ["Basic c2V0dTpvbGQtc2VjcmV0", "Bearer 2f1d4c5b6a798897"];
const read = bbpsWebhookReader({ secrets: { bbps: async (id) => (id === biller ? [oldOne, newOne] : []) } });

const details = {
  amountPaid: { value: 124_900, currencyCode: "INR" },
  billAmount: { value: 124_900, currencyCode: "INR" },
  platformTransactionRefID: "26602931-3b6a-4c87-a14d-000000000001",
  uniquePaymentRefID: "PP016326MYB616O9BSY1",
  instrument: "UPI",
  additionalInfo: null,
  transactionNote: "",
  transactionTimestamp: "2026-11-21T10:05:22.000Z",
  campaignID: "",
};
const posting = (changes: object = {}, bill: object = {}): object => ({
  platformBillID: "906910589572351478",
  billerBillID: "BILL-2026-11-0001",
  ...bill,
  paymentDetails: { ...details, ...changes },
});
function posted(body: unknown, authorization: string | undefined = newOne, to = biller) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return read({ biller: to, body: Buffer.from(text), headers: { authorization }, query: {} });
}

const payment = {
  biller,
  billId: "BILL-2026-11-0001",
  references: ["bbps-bill:906910589572351478", "bbps-transaction:26602931-3b6a-4c87-a14d-000000000001"],
  paymentId: "PP016326MYB616O9BSY1",
  amount: { value: 124_900, currency: "INR" },
  rail: "bbps-upi",
  paidAt: "2026-11-21T10:05:22.000Z",
  source: "bbps",
};
const refusal = (status: number, code: string) => ({
  status,
  body: {
    success: false,
    status,
    error: {
      traceID: expect.stringMatching(/^[0-9a-f]{16}$/),
      code,
      title: code,
      detail: expect.any(String),
      docURL: "",
    },
  },
});

describe("a payment posted by Bharat BillPay", () => {
  it("is taken under its own id, and answered with the receipt that the customer sees", async () => {
    const id = receiptReference({ source: "bbps", paymentId: "PP016326MYB616O9BSY1" });
    const receipt = { id, date: "2026-11-21T10:05:22.000Z" };
    expect(await posted(posting())).toEqual({
      outcome: "genuine",
      deliveries: [],
      payments: [{ type: "payment.succeeded", payment }],
      skipped: 0,
      answer: { status: 200, body: { status: 200, success: true, data: { receipt } } },
      failure: refusal(500, "unable-to-fulfill-request"),
    });
    expect(PaymentTold.safeParse(payment).success).toBe(true);
  });

  it("is answered alike however often it comes, and whichever secret lives", async () => {
    const [first, again] = [await posted(posting(), oldOne), await posted(posting(), newOne)];
    expect(JSON.stringify(first.answer)).toBe(JSON.stringify(again.answer));
    expect(first.outcome).toBe("genuine");
  });

  it.each([
    ["no authorization", undefined],
    ["an empty one", ""],
    ["another", "Basic c2V0dTphbm90aGVy"],
    ["one in other letters", oldOne.replace("Basic", "basic")],
    ["two at once", `${oldOne}, ${oldOne}`],
  ])("with %s is refused in the platform's words", async (_, authorization) => {
    const call = { biller, body: Buffer.from(JSON.stringify(posting())), headers: { authorization }, query: {} };
    expect(await read(call)).toEqual({
      outcome: "refused",
      reason: "not-authorized",
      answer: refusal(401, "unauthorized"),
    });
  });

  it("is refused alike for a biller that is not there", async () => {
    const nobody = "nobody" as BillerId;
    expect(await posted(posting(), newOne, nobody)).toEqual(await posted(posting(), "Basic c2V0dTphbm90aGVy"));
  });

  it.each([
    [
      "without a currency",
      { amountPaid: { value: 100, currencyCode: "" } },
      { amount: { value: 100, currency: "INR" } },
    ],
    ["by a bank", { instrument: "Internet Banking" }, { rail: "bbps-internet-banking" }],
    ["by nothing that is said", { instrument: null }, { rail: "bbps" }],
    ["by what has no letter", { instrument: "--" }, { rail: "bbps" }],
  ])("%s is told so", async (_, changes, expected) => {
    expect(await posted(posting(changes))).toMatchObject({ outcome: "genuine", payments: [{ payment: expected }] });
  });

  it("for a bill whose id is none of ours is taken all the same, under its references", async () => {
    const reading = await posted(posting({}, { billerBillID: "No such/bill" }));
    expect(reading).toMatchObject({ outcome: "genuine", payments: [{ payment: { references: payment.references } }] });
    expect(reading).not.toHaveProperty(["payments", 0, "payment", "billId"]);
  });

  it.each([
    ["no JSON", "{", "body"],
    ["nothing of it", {}, "paymentDetails"],
    ["no id", posting({ uniquePaymentRefID: "" }), "paymentDetails.uniquePaymentRefID"],
    ["rupees in a fraction", posting({ amountPaid: { value: 1.5 } }), "paymentDetails.amountPaid.value"],
    ["no money", posting({ amountPaid: { value: 0 } }), "paymentDetails.amountPaid.value"],
    [
      "a currency that is none",
      posting({ amountPaid: { value: 1, currencyCode: "RUPEES" } }),
      "paymentDetails.amountPaid.currencyCode",
    ],
    [
      "a time without a zone",
      posting({ transactionTimestamp: "2026-11-21T10:05:22" }),
      "paymentDetails.transactionTimestamp",
    ],
  ])("that holds %s is malformed, in the platform's words", async (_, body, path) => {
    const reading = await posted(body);
    expect(reading).toMatchObject({ outcome: "malformed", fields: [{ path }] });
    expect(reading.answer).toEqual(refusal(400, "invalid-request"));
  });
});
