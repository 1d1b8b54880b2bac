import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPayingTown, type PayingTown, toldShort } from "./paying-town.ts";

let town: PayingTown;

beforeAll(async () => {
  town = await openPayingTown("2026-11-16T03:00:00Z");
}, 60_000);
afterAll(() => town.stop());

const refund = async (order: object): Promise<void> => {
  expect((await town.api("POST", "/sandbox/refund", order)).status).toBe(200);
  await town.wait({ minutes: 2 });
};

const decide = (proposal: string, decision: string) =>
  town.api("POST", `/v1/billers/power/proposals/${proposal}`, { decision });

describe("money that goes back", () => {
  it.each(["razorpay", "stripe"])(
    "reopens what is owed, in part and in full, without a storm of reminders: %s",
    async (via) => {
      const id = `refunded-${via}`;
      const address = `${id}@example.org`;
      const { code } = await town.bill(id, { email: address });
      const { paymentId } = await town.pay({ code, via });
      await refund({ paymentId, amount: 24_900 });
      expect(await town.story(id)).toMatchObject({ status: "part-paid", paid: { value: 100_000 } });
      await refund({ paymentId });
      expect(await town.story(id)).toMatchObject({ status: "open", paid: { value: 0 } });
      expect(await town.told(id)).toEqual(["bill.paid", "bill.refunded", "bill.refunded"]);
      await town.wait({ hours: 3 });
      expect(town.phone(address)).toHaveLength(1);
    },
  );
});

describe("a payment that is not money yet", () => {
  it("may fail and be captured after all: it counts, once", async () => {
    const address = "late-captured@example.org";
    const { code } = await town.bill("late-captured", { email: address });
    const { paymentId } = await town.pay({ code, via: "razorpay", outcome: "failed" });
    expect(await town.story("late-captured")).toMatchObject({ status: "open" });
    await town.wait({ hours: 3 });
    const before = town.phone(address).length;
    expect(town.phone(address).some(({ text }) => text.includes("did not reach Example Power"))).toBe(true);
    await town.pay({ code, via: "razorpay", paymentId });
    expect(await town.story("late-captured")).toMatchObject({ status: "paid", paid: { value: 124_900 } });
    expect(town.phone(address)).toHaveLength(before + 1);
  });

  it("may be on its way for a while: nobody is thanked before it has arrived", async () => {
    const address = "on-its-way@example.org";
    const { code } = await town.bill("on-its-way", { email: address }, { dueDate: "2026-12-10" });
    const { paymentId } = await town.pay({ code, via: "stripe", outcome: "pending" });
    await town.wait({ hours: 3 });
    expect(await town.story("on-its-way")).toMatchObject({ status: "open" });
    expect(town.phone(address).some(({ text }) => text.includes("Please do not pay again"))).toBe(true);
    expect(town.phone(address).some(({ text }) => /received Rs|received ₹/.test(text))).toBe(false);
    await town.pay({ code, via: "stripe", paymentId });
    expect(await town.story("on-its-way")).toMatchObject({ status: "paid", next: null });
  });
});

describe("money that nobody asked for", () => {
  it("a second payment for a paid bill is proposed to be given back, and a refund settles that", async () => {
    const { code } = await town.bill("twice", { email: "twice@example.org" });
    await town.pay({ code, via: "razorpay" });
    const { paymentId } = await town.pay({ code, via: "stripe", amount: 124_900 });
    expect(await town.told("twice")).toEqual(["bill.paid", "payment.duplicate"]);
    expect(await town.proposals()).toMatchObject([{ kind: "duplicate", options: ["refund", "credit"], paymentId }]);
    expect(town.phone("desk@example.com")).toHaveLength(1);
    await refund({ paymentId });
    expect(await town.proposals()).toEqual([]);
    expect(await town.story("twice")).toMatchObject({ status: "paid", paid: { value: 124_900 } });
  });

  it("is decided by an operator, once", async () => {
    const { code } = await town.bill("again", { email: "again@example.org" });
    await town.pay({ code, via: "mercado-pago" });
    await town.pay({ code, via: "razorpay", amount: 124_900 });
    const [proposal] = await town.proposals();
    expect(proposal).toMatchObject({ kind: "duplicate" });
    expect(await decide(proposal?.id ?? "", "dismiss")).toMatchObject({ status: 400 });
    expect(await decide(proposal?.id ?? "", "credit")).toMatchObject({
      status: 200,
      body: { decided: { decision: "credit" } },
    });
    expect(await town.proposals()).toEqual([]);
    expect((await decide(proposal?.id ?? "", "refund")).status).toBe(409);
  });

  it("for a canceled bill is taken and flagged as late", async () => {
    const { code } = await town.bill("canceled", { email: "canceled@example.org" });
    await town.api("POST", "/v1/billers/power/bills/canceled/cancel", {});
    await town.pay({ code, via: "bbps", amount: 124_900 });
    expect(toldShort(await town.story("canceled"))).toContain("payment late");
    expect(await town.told("canceled")).toContain("payment.late");
    expect(await town.proposals()).toMatchObject([{ kind: "late", billId: "canceled" }]);
  });
});

describe("Bharat BillPay", () => {
  it("gets the same receipt for the same payment, however often it posts it", async () => {
    await town.bill("posted", { email: "posted@example.org" });
    const { body: secrets } = await town.api("GET", "/sandbox/secrets?biller=power");
    const posting = JSON.stringify({
      platformBillID: "906910589572351478",
      billerBillID: "posted",
      paymentDetails: {
        amountPaid: { value: 124_900, currencyCode: "" },
        billAmount: { value: 124_900, currencyCode: "INR" },
        platformTransactionRefID: "26602931-3b6a-4c87-a14d-000000000001",
        uniquePaymentRefID: "PP016326MYB616O9BSY1",
        instrument: "UPI",
        transactionTimestamp: new Date(town.laptop.clock.now()).toISOString(),
      },
    });
    const post = async (authorization: string) => {
      const url = `${town.laptop.url}/webhooks/bbps/power/bills/fetchReceipt`;
      const answer = await fetch(url, { method: "POST", headers: { authorization }, body: posting });
      return `${answer.status} ${await answer.text()}`;
    };
    const own = secrets.bbps.authorizations[0];
    const first = await post(own);
    expect(first).toMatch(/^200 .*"success":true.*"receipt"/);
    await town.wait({ minutes: 5 });
    expect(await post(own)).toBe(first);
    await town.wait({ minutes: 5 });
    expect(await town.story("posted")).toMatchObject({ status: "paid", paid: { value: 124_900 } });
    expect(town.phone("posted@example.org")).toHaveLength(1);
    expect(await post("Bearer somebody-else")).toMatch(/^401 .*"success":false/);
  });
});

describe("a forged notification", () => {
  it("of Mercado Pago counts nothing, not even one about a payment that is only on its way", async () => {
    const { code } = await town.bill("forged", { email: "forged@example.org" });
    const { paymentId } = await town.pay({ code, via: "mercado-pago", outcome: "pending" });
    const url = `${town.laptop.url}/webhooks/mercado-pago/power?data.id=${paymentId}&type=payment`;
    const body = JSON.stringify({ type: "payment", data: { id: paymentId }, status: "approved" });
    const headers = { "x-signature": `ts=1764000000,v1=${"0".repeat(64)}`, "x-request-id": "req-1" };
    expect((await fetch(url, { method: "POST", headers, body })).status).toBe(401);
    expect((await fetch(url, { method: "POST", body })).status).toBe(401);
    await town.wait({ minutes: 5 });
    expect(await town.story("forged")).toMatchObject({ status: "open", paid: { value: 0 } });
  });
});
