import { describe, expect, it } from "vitest";
import { isRefused, paymentTown, theirs } from "../../support/payment-town.ts";

const order = { references: ["razorpay:order_1"] };
const rupees = (value: number) => ({ value: value * 100, currency: "INR" });

async function registered(...bills: string[]) {
  const town = await paymentTown();
  for (const bill of bills) await town.register(bill);
  return town;
}

describe("a payment that names no bill", () => {
  it("is placed where another of its names leads, told by a payment that named one", async () => {
    const town = await registered("A");
    await town.tell("succeeded", { billId: "A", ...order });
    expect(await town.tell("succeeded", { paymentId: "pay_2", ...order })).toMatchObject({ outcome: "partial" });
    expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 50_000, "razorpay:pay_2": 50_000 });
  });

  it("is placed where what was pending under the same name is", async () => {
    const town = await registered("A");
    await town.tell("pending", { billId: "A", paymentId: "pay_0", ...order });
    await town.tell("succeeded", order);
    expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 50_000 });
  });

  it("is found again by its own key alone, as its refund is", async () => {
    const town = await registered("A");
    await town.tell("succeeded", { billId: "A" });
    await town.tell("succeeded", {});
    await town.tell("refunded", { refundedTotal: rupees(200) });
    expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 30_000 });
  });

  it("is kept where operators look, told once under one id, and no code is kept with it", async () => {
    const town = await registered("A");
    await town.register("T", {}, theirs);
    await town.tell("succeeded", order);
    await town.tell("succeeded", { ...order, code: town.codeOf("T", theirs) });
    await town.tell("succeeded", { ...order, billId: "none" });
    expect(town.ports.payments.unmatched).toMatchObject([{ paymentId: "pay_1", outcome: "unmatched" }]);
    expect(town.eventIds()).toEqual(["payment.unmatched/example-power//razorpay:pay_1"]);
    expect((await town.bill("T", theirs))?.payments).toEqual({});
  });

  it("is listed no more once it is told with its bill, and what was told before is not lost", async () => {
    const town = await registered("A");
    await town.tell("refunded", { refundedTotal: rupees(100), ...order });
    await town.tell("succeeded", { raw: "webhooks/1" });
    await town.tell("succeeded", { billId: "A" });
    expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 40_000 });
    expect(await town.payment("A")).toMatchObject({
      references: order.references,
      raw: "webhooks/1",
      refunded: 10_000,
    });
    expect(town.ports.payments.unmatched).toEqual([]);
    // The name that was told before the bill leads to it as well.
    await town.tell("succeeded", { paymentId: "pay_2", ...order });
    expect(Object.keys((await town.paid("A")) ?? {})).toEqual(["razorpay:pay_1", "razorpay:pay_2"]);
  });

  it("is not placed by the names of another biller", async () => {
    const town = await registered("A");
    await town.tell("succeeded", { billId: "A", ...order });
    const foreign = await town.tell("succeeded", { biller: theirs, ...order });
    expect(foreign).toMatchObject({ outcome: "unmatched" });
    expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 50_000 });
  });
});

describe("a payment that names a bill", () => {
  it("is placed there although another of its names leads elsewhere", async () => {
    const town = await registered("A", "B");
    await town.tell("succeeded", { billId: "A", ...order });
    await town.tell("succeeded", { billId: "B", paymentId: "pay_2", ...order });
    expect(await town.paid("B")).toEqual({ "razorpay:pay_2": 50_000 });
  });

  it("stays on the bill that counted it first, whatever bill it names later", async () => {
    const town = await registered("A", "B");
    await town.tell("succeeded", { billId: "A" });
    expect(await town.tell("succeeded", { billId: "B" })).toMatchObject({ outcome: "partial" });
    await town.tell("refunded", { billId: "B", refundedTotal: rupees(500) });
    expect([await town.paid("A"), await town.paid("B")]).toEqual([{ "razorpay:pay_1": 0 }, {}]);
    expect(await town.payment("B")).toBeUndefined();
  });

  it("is counted by one bill when two workers are told of two at once", async () => {
    const town = await registered("A", "B");
    const both = ["A", "B"].map((billId) => town.tell("succeeded", { billId }));
    expect(await Promise.all(both)).toMatchObject([{ outcome: "partial" }, { outcome: "partial" }]);
    const paid = [await town.paid("A"), await town.paid("B")].map((one) => Object.keys(one ?? {}).length);
    expect(paid.toSorted()).toEqual([0, 1]);
    expect(town.eventIds()).toHaveLength(1);
  });

  it("waits for a bill that is not there, and is counted by the one it was placed on meanwhile", async () => {
    const town = await registered("B");
    await town.tell("succeeded", { billId: "A" });
    await town.tell("refunded", { refundedTotal: rupees(100) });
    expect(town.ports.payments.unmatched).toMatchObject([{ billId: "A", refunded: 10_000 }]);
    await town.tell("succeeded", { billId: "B" });
    const { bill } = await town.register("A");
    expect(bill.billId).toBe("A");
    expect([await town.paid("A"), await town.paid("B")]).toEqual([{}, { "razorpay:pay_1": 40_000 }]);
    expect(town.ports.payments.unmatched).toEqual([]);
  });

  it("is listed no more when another bill counts it just as it is kept for the one that is not there", async () => {
    const town = await registered("A");
    town.control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "payments.keepUnmatched") return;
      town.control.beforeCall = undefined;
      await town.tell("succeeded", { billId: "A" });
    };
    expect(await town.tell("succeeded", { billId: "Z" })).toMatchObject({ outcome: "partial" });
    expect(town.ports.payments.unmatched).toEqual([]);
    expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 50_000 });
  });

  it("in another currency waits for its bill, and what is told of it later is kept there", async () => {
    const town = await registered("A");
    const amount = { value: 1_500, currency: "USD" };
    await town.tell("succeeded", { billId: "A", amount });
    await town.tell("refunded", { amount, refundedTotal: { value: 500, currency: "USD" } });
    expect(town.ports.payments.unmatched).toMatchObject([{ outcome: "wrong-currency", refunded: 500, billId: "A" }]);
    const calls: string[] = [];
    town.control.beforeCall = (_port, method) => void calls.push(method);
    await town.tell("succeeded", { amount });
    expect(calls).not.toContain("keepUnmatched");
  });

  it("goes where another name of it leads while its bill is not there", async () => {
    const town = await registered("A");
    await town.tell("succeeded", { billId: "A", ...order });
    await town.tell("succeeded", { billId: "Z", paymentId: "pay_2", ...order });
    expect(Object.keys((await town.paid("A")) ?? {})).toEqual(["razorpay:pay_1", "razorpay:pay_2"]);
  });

  it("stays with the operators when its bill is canceled before it comes", async () => {
    const town = await registered();
    await town.tell("succeeded", { billId: "A" });
    await town.cancel("A");
    expect(await isRefused(town.register("A"))).toBe(true);
    expect(town.ports.payments.unmatched).toMatchObject([{ billId: "A" }]);
  });
});

describe("a refund that finds no bill while its payment is being counted", () => {
  it.each(["payments.getUnmatched", "payments.keepUnmatched", "paymentReferences.get", "bills.save"])(
    "is taken off all the same when the payment comes at %s",
    async (call) => {
      const town = await registered("A");
      town.control.beforeCall = async (port, method) => {
        if (`${port}.${method}` !== call) return;
        town.control.beforeCall = undefined;
        await town.tell("succeeded", { billId: "A" });
      };
      await town.tell("refunded", { refundedTotal: rupees(200) });
      const isStillToCome = town.control.beforeCall !== undefined;
      town.control.beforeCall = undefined;
      if (isStillToCome) await town.tell("succeeded", { billId: "A" });
      expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 30_000 });
      expect(town.ports.payments.unmatched).toEqual([]);
    },
  );

  it.each(["paymentReferences.put", "payments.getUnmatched", "paidDays.put", "bills.save", "payments.save"])(
    "is taken off all the same when it comes at %s of the payment",
    async (call) => {
      const town = await registered("A");
      town.control.beforeCall = async (port, method) => {
        if (`${port}.${method}` !== call) return;
        town.control.beforeCall = undefined;
        await town.tell("refunded", { refundedTotal: rupees(200) });
      };
      await town.tell("succeeded", { billId: "A" });
      expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 30_000 });
      expect(town.ports.payments.unmatched).toEqual([]);
    },
  );

  it("is not lost beside the payment where neither names a bill", async () => {
    const town = await registered("A");
    await Promise.all([town.tell("succeeded", {}), town.tell("refunded", { refundedTotal: rupees(200) })]);
    expect(town.ports.payments.unmatched).toMatchObject([{ confirmed: true, refunded: 20_000 }]);
    await town.tell("succeeded", { billId: "A" });
    expect(await town.paid("A")).toEqual({ "razorpay:pay_1": 30_000 });
  });
});
