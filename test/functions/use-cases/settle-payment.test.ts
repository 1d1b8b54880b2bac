import { describe, expect, it } from "vitest";
import { statusOf } from "../../../functions/domain/bill.ts";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { proposalId } from "../../../functions/domain/proposal.ts";
import { kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";
import { ours, paymentTown } from "../../support/payment-town.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });
const full = { billId: "A", amount: rupees(1_249) };
const second = { ...full, paymentId: "pay_2" };

async function registered(changes: Parameters<Awaited<ReturnType<typeof paymentTown>>["register"]>[1] = {}) {
  const town = await paymentTown();
  await town.register("A", changes);
  const told = (type: string) => town.ports.events.published.filter((event) => event.type === type);
  const proposal = (kind: "duplicate" | "overpaid" | "late", paymentId = "pay_1") =>
    town.ports.proposals.get(ours, proposalId(kind, `razorpay:${paymentId}`));
  return { ...town, told, proposal };
}

describe("another payment for a paid bill", () => {
  it("asks operators once whether to refund or credit it, and the event names the question", async () => {
    const { tell, told, proposals, bill } = await registered();
    await tell("succeeded", full);
    await tell("succeeded", { ...second, references: ["rrn:636512345678"] });
    await tell("succeeded", second);
    const [question, ...more] = await proposals();
    expect(more).toEqual([]);
    expect(question).toMatchObject({
      kind: "duplicate",
      options: ["refund", "credit"],
      paymentId: "pay_2",
      amount: rupees(1_249),
      billId: "A",
      references: ["rrn:636512345678"],
    });
    const ids = { source: "razorpay", paymentId: "pay_2", proposal: question?.id };
    expect(told("payment.duplicate").map((event) => event.ids)).toEqual([ids, ids]);
    expect(Object.keys((await bill("A"))?.payments ?? {})).toHaveLength(2);
  });

  it("is answered by its own refund in full, and not by one in part", async () => {
    const { tell, proposal, proposals, told } = await registered();
    await tell("succeeded", full);
    await tell("succeeded", second);
    await tell("refunded", { paymentId: "pay_2", refundedTotal: rupees(1_000) });
    expect((await proposal("duplicate", "pay_2"))?.decided).toBeUndefined();
    await tell("refunded", { paymentId: "pay_2", refundedTotal: rupees(1_249) });
    await tell("refunded", { paymentId: "pay_2", refundedTotal: rupees(1_249) });
    expect(await proposal("duplicate", "pay_2")).toMatchObject({ decided: { decision: "refund" }, version: 2 });
    expect(await proposals()).toEqual([]);
    const refunds = told("bill.refunded").map(({ ids }) => ids?.["full"]);
    expect(refunds).toEqual([false, true, true]);
  });

  it("leaves what an operator decided as it is", async () => {
    const { tell, proposal, ports } = await registered();
    await tell("succeeded", full);
    await tell("succeeded", second);
    const open = await proposal("duplicate", "pay_2");
    if (!open) throw new Error("nothing is asked");
    await ports.proposals.save({ ...open, decided: { decision: "credit", at: 1 }, version: 2 }, 1);
    await tell("refunded", { paymentId: "pay_2", refundedTotal: rupees(1_249) });
    expect((await proposal("duplicate", "pay_2"))?.decided).toEqual({ decision: "credit", at: 1 });
  });
});

describe("money beyond what is owed, or after the end", () => {
  it("of which too much came asks about the excess alone", async () => {
    const { tell, proposal } = await registered();
    await tell("succeeded", { billId: "A", paymentId: "pay_0", amount: rupees(500) });
    await tell("succeeded", { ...full, amount: rupees(1_000) });
    expect(await proposal("overpaid")).toMatchObject({
      options: ["refund", "credit", "dismiss"],
      amount: rupees(251),
    });
    await tell("refunded", { refundedTotal: rupees(251) });
    expect((await proposal("overpaid"))?.decided?.decision).toBe("refund");
  });

  it("after a cancel, or after the last day, asks too", async () => {
    const canceled = await registered();
    await canceled.cancel("A");
    await canceled.tell("succeeded", { ...full, paidAt: "2026-11-15T05:00:00Z" });
    const expired = await registered({ expiresOn: "2026-11-30" });
    expired.ports.clock.set(kolkata("2026-12-02 10:00"));
    await expired.tell("succeeded", { ...full, paidAt: "2026-12-01T05:00:00Z" });
    for (const { proposal, told } of [canceled, expired]) {
      const question = await proposal("late");
      expect(question).toMatchObject({ kind: "late", options: ["refund", "credit", "dismiss"], amount: rupees(1_249) });
      expect(told("payment.late")).toMatchObject([{ ids: { proposal: question?.id } }]);
    }
  });

  it("is asked about by none of the outcomes that are as they should be", async () => {
    const { tell, proposals } = await registered();
    await tell("succeeded", { billId: "A", paymentId: "pay_0", amount: rupees(249) });
    await tell("succeeded", { ...full, amount: rupees(1_000) });
    await tell("succeeded", { ...full, paymentId: "pay_9", amount: { value: 5, currency: "USD" } });
    expect(await proposals()).toEqual([]);
  });
});

describe("a part payment", () => {
  it("below the bill's minimum is counted and says so", async () => {
    const { tell, told, paid } = await registered({ exactness: "EXACT_DOWN", minimum: rupees(300) });
    await tell("succeeded", { ...full, amount: rupees(299) });
    await tell("succeeded", { ...second, amount: rupees(300) });
    expect(await paid("A")).toEqual({ "razorpay:pay_1": 29_900, "razorpay:pay_2": 30_000 });
    expect(told("bill.part-paid").map(({ ids }) => ids)).toEqual([
      { source: "razorpay", paymentId: "pay_1", belowMinimum: true },
      { source: "razorpay", paymentId: "pay_2" },
    ]);
  });
});

describe("a refund", () => {
  it("is told as often as its total grows, each under its own id", async () => {
    const { tell, told, bill, ports } = await registered();
    await tell("succeeded", full);
    for (const value of [200, 100, 500, 200, 1_249]) await tell("refunded", { ...full, refundedTotal: rupees(value) });
    const refunds = told("bill.refunded");
    expect([...new Set(refunds.map(({ eventId }) => eventId.split("/").at(-1)))]).toEqual(["20000", "50000", "124900"]);
    expect(refunds.at(-1)).toMatchObject({ billId: "A", ids: { source: "razorpay", paymentId: "pay_1", full: true } });
    const stored = await bill("A");
    expect(stored && statusOf(stored, ports.clock.now())).toBe("open");
  });

  it("says nothing before its payment came, and is told with it", async () => {
    const { tell, types } = await registered();
    await tell("refunded", { ...full, refundedTotal: rupees(100) });
    expect(types()).toEqual([]);
    await tell("succeeded", full);
    expect(types()).toEqual(["bill.paid", "bill.refunded"]);
  });
});

describe("the day of a payment", () => {
  const daysOf = async ({ ports }: Awaited<ReturnType<typeof registered>>, date: string) =>
    await Array.fromAsync(ports.paidDays.find(ours, date as LocalDate));

  it("is that of its biller's zone, for one that was told to have come", async () => {
    const town = await registered();
    town.ports.clock.set(kolkata("2026-11-25 10:00"));
    await town.tell("succeeded", { ...full, paidAt: "2026-11-20T20:00:00Z" });
    await town.tell("refunded", { ...second, paidAt: "2026-11-20T20:00:00Z" });
    const { code } = (await town.bill("A")) ?? {};
    expect(await daysOf(town, "2026-11-21")).toEqual([{ code, key: "razorpay:pay_1", amount: rupees(1_249) }]);
    expect(await daysOf(town, "2026-11-20")).toEqual([]);
  });

  it("is kept of one that waits for its bill, too", async () => {
    const town = await registered();
    await town.tell("succeeded", { ...full, billId: "Z" });
    expect(await daysOf(town, "2026-11-15")).toMatchObject([{ code: town.codeOf("Z") }]);
  });
});

describe("a payment that was told as failed or pending", () => {
  it.each([
    [["pending", "failed", "succeeded"]],
    [["succeeded", "failed", "pending"]],
    [["failed", "succeeded", "pending"]],
  ] as const)("in the order %s is money, and nothing is under way", async (order) => {
    const { tell, paid, bill } = await registered();
    for (const type of order) await tell(type, full);
    expect([await paid("A"), (await bill("A"))?.pending]).toEqual([{ "razorpay:pay_1": 124_900 }, undefined]);
  });

  it("is under way where its other names lead", async () => {
    const { tell, bill } = await registered();
    const references = ["razorpay:order_1"];
    await tell("succeeded", { billId: "A", references });
    await tell("pending", { paymentId: "pay_2", references });
    expect((await bill("A"))?.pending?.key).toBe("razorpay:pay_2");
    await tell("failed", { paymentId: "pay_2", references });
    expect((await bill("A"))?.pending).toBeUndefined();
  });
});

describe("what follows a payment", () => {
  it("comes in one order: counted, numbered, decided, asked, told", async () => {
    const { tell, control } = await registered();
    await tell("succeeded", full);
    const calls: string[] = [];
    control.beforeCall = (port, method) => void calls.push(`${port}.${method}`);
    await tell("succeeded", second);
    const order = [
      "paymentReferences.put",
      "payments.getUnmatched",
      "paidDays.put",
      "bills.save",
      "counters.save",
      "offers.list",
      "proposals.add",
      "events.publish",
      "dueQueues.send",
    ];
    expect(calls.filter((call, n) => order.includes(call) && calls.indexOf(call) === n)).toEqual(order);
  });

  it("is done at a bill's registration for the payment that came before it", async () => {
    const town = await paymentTown();
    await town.ports.billers.put(aBiller());
    await town.tell("succeeded", { ...full, amount: rupees(2_000) });
    await town.register("A");
    expect(await town.payment("A", full)).toMatchObject({ outcome: "over", number: { year: 2026, n: 1 } });
    expect(await town.proposals()).toMatchObject([{ kind: "overpaid", amount: rupees(751) }]);
    expect(town.types()).toEqual(["payment.unmatched", "bill.overpaid"]);
  });
});
