import { describe, expect, it } from "vitest";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { proposalId } from "../../../functions/domain/proposal.ts";
import { decideProposal } from "../../../functions/use-cases/decide-proposal.ts";
import { getProposals } from "../../../functions/use-cases/get-proposals.ts";
import { recordCredit } from "../../../functions/use-cases/record-credit.ts";
import { recordPayment } from "../../../functions/use-cases/record-payment.ts";
import { aCredit } from "../../support/credit-world.ts";
import { ours, type PaymentTown, paymentTown } from "../../support/payment-town.ts";

const rupees = (value: number) => ({ value: value * 100, currency: "INR" });
const rrn = "636512345678";
const numbered = { references: [`rrn:${rrn}`] };
const bankKey = `bank:${rrn}`;
const asked = proposalId("already-held", "razorpay:pay_1");

const credited = ({ ports }: PaymentTown, value = 500) =>
  recordCredit(ports, {
    biller: ours,
    credit: aCredit({ reference: rrn, amount: rupees(value), billId: "A", creditedOn: "2026-11-15" as LocalDate }),
  });
const total = async (town: PaymentTown): Promise<number> =>
  Object.values((await town.paid("A")) ?? {}).reduce((sum, paid) => sum + paid, 0);
const listed = async ({ ports }: PaymentTown) =>
  (await getProposals(ports, { biller: ours, limit: 50 })).proposals.map(({ kind, source }) => `${kind} ${source}`);

/** A bill that takes parts, and the bank's word of money for it before the gateway's. */
async function creditedFirst(): Promise<PaymentTown> {
  const town = await paymentTown();
  await town.register("A", { exactness: "ANY" });
  await credited(town);
  return town;
}

describe("money that a bank and a gateway tell of under one number", () => {
  it.each([
    ["with its bill", { billId: "A" }],
    ["with nothing but the number", {}],
  ])("is counted once where the gateway tells it later, %s, and operators are asked", async (_what, named) => {
    const town = await creditedFirst();
    expect(await town.tell("succeeded", { ...named, ...numbered })).toMatchObject({ outcome: "already-held" });
    await town.tell("succeeded", { ...named, ...numbered });
    expect(await town.paid("A")).toEqual({ [bankKey]: 50_000 });
    expect(await town.proposals()).toMatchObject([
      {
        id: asked,
        options: ["apply", "dismiss"],
        held: { source: "bank", paymentId: rrn, by: "reference" },
        billId: "A",
      },
    ]);
    const [told] = town.ports.events.published.filter(({ type }) => type === "payment.duplicate");
    expect(told?.ids).toEqual({ source: "razorpay", paymentId: "pay_1", proposal: asked, held: bankKey });
  });

  it("is counted once where both wait for their bill", async () => {
    const town = await paymentTown();
    await credited(town);
    await town.tell("succeeded", { billId: "A", ...numbered });
    await town.register("A", { exactness: "ANY" });
    expect(await total(town)).toBe(50_000);
    expect((await listed(town)).map((one) => one.split(" ")[0])).toEqual(["already-held"]);
    await town.register("A", { exactness: "ANY", title: "Amended" });
    expect(await total(town)).toBe(50_000);
  });

  it("is counted once where both are told at the same moment", async () => {
    const town = await paymentTown();
    await town.register("A", { exactness: "ANY" });
    await Promise.all([credited(town), town.tell("succeeded", { billId: "A", ...numbered })]);
    expect(await total(town)).toBe(50_000);
    expect((await listed(town)).length).toBe(1);
  });

  it("is lessened by what goes back of it, whoever tells, however often", async () => {
    const town = await creditedFirst();
    await town.tell("succeeded", { billId: "A", ...numbered });
    await town.tell("refunded", { refundedTotal: rupees(100) });
    await town.tell("refunded", { refundedTotal: rupees(100) });
    expect(await town.paid("A")).toEqual({ [bankKey]: 40_000 });
    const refunds = town.ports.events.published.filter(({ type }) => type === "bill.refunded");
    expect(new Set(refunds.map(({ ids }) => ids?.["paymentId"]))).toEqual(new Set([rrn]));
    // Counting it beside the other now would take the refund off twice.
    const apply = { biller: ours, proposal: asked, decision: "apply" } as const;
    await expect(decideProposal(town.ports, apply)).rejects.toMatchObject({ code: "conflict" });
    expect(await total(town)).toBe(40_000);
  });

  it("is other money where an operator says so, and counts then, once", async () => {
    const town = await creditedFirst();
    await town.tell("succeeded", { billId: "A", ...numbered });
    await decideProposal(town.ports, { biller: ours, proposal: asked, decision: "apply" });
    await town.tell("succeeded", { billId: "A", ...numbered });
    await town.tell("refunded", { refundedTotal: rupees(200) });
    expect(await town.paid("A")).toEqual({ [bankKey]: 50_000, "razorpay:pay_1": 30_000 });
    expect((await town.payment("A"))?.outcome).toBe("partial");
    expect(await listed(town)).toEqual([]);
  });

  it("is the bank's too where the gateway's payment was only under way when the credit came", async () => {
    const town = await paymentTown();
    await town.register("A", { exactness: "ANY" });
    await town.tell("pending", { billId: "A", ...numbered });
    await credited(town);
    await town.tell("succeeded", { billId: "A", ...numbered });
    expect(await town.paid("A")).toEqual({ [bankKey]: 50_000 });
  });
});

describe("a payment told by a name of another payment", () => {
  const order = { references: ["razorpay:order_1"] };

  it.each(["A", "B"])("is that payment, for whichever bill it is told: %s", async (billId) => {
    const town = await paymentTown();
    for (const bill of ["A", "B"]) await town.register(bill, { exactness: "ANY" });
    await town.tell("succeeded", { billId: "A", ...order });
    await town.tell("succeeded", { billId, paymentId: "order_1" });
    await town.tell("refunded", { paymentId: "order_1", refundedTotal: rupees(100) });
    expect([await town.paid("A"), await town.paid("B")]).toEqual([{ "razorpay:pay_1": 40_000 }, {}]);
  });

  it("is asked about where it was told by that name first", async () => {
    const town = await paymentTown();
    await town.register("A", { exactness: "ANY" });
    await town.tell("succeeded", { billId: "A", paymentId: "order_1" });
    await town.tell("succeeded", { billId: "A", ...order });
    expect([await total(town), await listed(town)]).toEqual([50_000, ["already-held razorpay"]]);
  });
});

describe("money that operators have dealt with", () => {
  it("is not put to them again where it is counted on another bill", async () => {
    const town = await paymentTown();
    const amount = { value: 5_000, currency: "USD" };
    await town.register("A");
    await town.register("B", { amountDue: amount });
    await town.tell("succeeded", { billId: "A", amount });
    await town.tell("succeeded", { billId: "B", amount });
    await town.register("A", { title: "Amended" });
    expect([await listed(town), await town.paid("B")]).toEqual([[], { "razorpay:pay_1": 5_000 }]);
  });

  it.each([
    ["refund", {}],
    ["credit", {}],
    ["dismiss", { "razorpay:pay_1": 50_000 }],
  ] as const)("is counted when its bill comes only where they decided nothing of it: %s", async (decision, paid) => {
    const town = await paymentTown();
    await town.tell("succeeded", { billId: "A" });
    const proposal = proposalId("unmatched", "razorpay:pay_1");
    await decideProposal(town.ports, { biller: ours, proposal, decision });
    await town.register("A");
    await town.tell("succeeded", { billId: "A" });
    expect([await town.paid("A"), await listed(town)]).toEqual([paid, []]);
  });
});

describe("a counted payment whose bill cannot be read", () => {
  it("is tried a few times, then left to its queue", async () => {
    const town = await paymentTown();
    await town.register("A");
    const { payment } = await paidOn(town);
    let reads = 0;
    const failing = async (): Promise<undefined> => {
      reads += 1;
    };
    const bills = { ...town.ports.bills, get: failing };
    const again = recordPayment({ ...town.ports, bills }, { type: "payment.succeeded", payment });
    await expect(again).rejects.toMatchObject({ code: "provider-error" });
    expect(reads).toBeLessThan(20);
  });
});

async function paidOn(town: PaymentTown) {
  await town.tell("succeeded", { billId: "A" });
  const stored = await town.payment("A");
  if (!stored) throw new Error("the payment is not stored");
  const { biller, source, paymentId, amount, paidAt } = stored;
  return { payment: { biller, source, paymentId, amount, paidAt } };
}
