import { describe, expect, it } from "vitest";
import { proposalId } from "../../../functions/domain/proposal.ts";
import { decideProposal } from "../../../functions/use-cases/decide-proposal.ts";
import { ours, paymentTown, type Told } from "../../support/payment-town.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });
const full: Told = { billId: "A", amount: rupees(1_249) };
const back = (value: number): Told => ({ ...full, refundedTotal: rupees(value) });

async function registered() {
  const town = await paymentTown();
  await town.register("A");
  return town;
}

describe("a payment and its refund", () => {
  it.each([100, 1_249])("come to the same outcome and events in either order: %i rupees back", async (value) => {
    const [first, second] = [await registered(), await registered()];
    await first.tell("succeeded", full);
    await first.tell("refunded", back(value));
    await second.tell("refunded", back(value));
    await second.tell("succeeded", full);
    expect((await second.payment("A"))?.outcome).toBe("full");
    expect((await first.payment("A"))?.outcome).toBe("full");
    expect(second.eventIds()).toEqual(first.eventIds());
    expect(await second.paid("A")).toEqual(await first.paid("A"));
  });

  it("of too much that went back before it was told leave a question that is answered", async () => {
    const { tell, ports, proposals } = await registered();
    const much = { ...full, amount: rupees(1_300) };
    await tell("refunded", { ...much, refundedTotal: rupees(51) });
    await tell("succeeded", much);
    const asked = await ports.proposals.get(ours, proposalId("overpaid", "razorpay:pay_1"));
    expect(asked).toMatchObject({ amount: rupees(51), decided: { decision: "refund" } });
    expect(await proposals()).toEqual([]);
  });

  it.each([
    ["its success", ["succeeded", "refunded"]],
    ["its refund", ["refunded", "succeeded"]],
  ] as const)("do not end reminders where it is first heard of when all went back, %s first", async (_, order) => {
    const { tell, bill, paid, types } = await registered();
    const before = (await bill("A"))?.progress;
    // As gateways are read: the success says what went back.
    for (const type of order) await tell(type, back(1_249));
    expect((await bill("A"))?.progress).toEqual(before);
    expect(await paid("A")).toEqual({ "razorpay:pay_1": 0 });
    expect(new Set(types())).toEqual(new Set(["bill.paid", "bill.refunded"]));
  });
});

describe("a refund of nothing", () => {
  it("counts no payment that was not told, and takes nothing off one that was", async () => {
    const { tell, paid, bill } = await registered();
    const before = await bill("A");
    expect(await tell("refunded", back(0))).toEqual({ outcome: "unchanged" });
    expect(await bill("A")).toEqual(before);
    await tell("succeeded", full);
    await tell("refunded", back(0));
    expect(await paid("A")).toEqual({ "razorpay:pay_1": 124_900 });
  });
});

describe("a refund in another currency than its payment", () => {
  const dollars: Told = { amount: { value: 50_000, currency: "USD" } };

  it.each([
    ["after", ["succeeded", "refunded"]],
    ["before", ["refunded", "succeeded"]],
  ] as const)("takes nothing off it, and is put to operators once, told %s it", async (_, order) => {
    const { tell, paid, proposals, ports } = await registered();
    for (const type of [...order, ...order]) await tell(type, type === "refunded" ? { billId: "A", ...dollars } : full);
    expect(await paid("A")).toEqual({ "razorpay:pay_1": 124_900 });
    expect(ports.payments.unmatched).toEqual([]);
    const [question, ...more] = await proposals();
    expect(more).toEqual([]);
    expect(question).toMatchObject({ kind: "wrong-currency", options: ["dismiss"], paymentId: "pay_1", ...dollars });
    if (!question) throw new Error("there is a question");
    await decideProposal(ports, { biller: ours, proposal: question.id, decision: "dismiss" });
    expect(await proposals()).toEqual([]);
  });

  it("is put to operators of a payment on no bill, too", async () => {
    const { tell, proposals, ports } = await paymentTown();
    await tell("succeeded", {});
    await tell("refunded", dollars);
    expect(ports.payments.unmatched).toMatchObject([{ amount: rupees(500), refunded: 0, confirmed: true }]);
    expect(await proposals()).toMatchObject([{ kind: "wrong-currency", ...dollars }]);
  });
});
