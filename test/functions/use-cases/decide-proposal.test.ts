import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import type { BillId } from "../../../functions/domain/ids.ts";
import type { Proposal, ProposalDecision, ProposalId } from "../../../functions/domain/proposal.ts";
import { decideProposal } from "../../../functions/use-cases/decide-proposal.ts";
import { getProposals } from "../../../functions/use-cases/get-proposals.ts";
import { kolkata, named } from "../../support/bill-world.ts";
import { type CreditWorld, creditWorld } from "../../support/credit-world.ts";

const { biller, billId } = named;
const key = "bank:S20261120001";

const open = async ({ ports }: CreditWorld): Promise<readonly { readonly id: ProposalId; readonly kind: string }[]> =>
  (await getProposals(ports, { biller, limit: 50 })).proposals;

async function decide(
  world: CreditWorld,
  decision: ProposalDecision,
  more: { id?: ProposalId; billId?: string } = {},
): Promise<Proposal> {
  const id = more.id ?? (await open(world))[0]?.id;
  if (!id) throw new Error("there is no proposal");
  const to = more.billId === undefined ? {} : { billId: more.billId as BillId };
  return await decideProposal(world.ports, { biller, proposal: id, decision, ...to });
}

/** A credit that may be the payment that is held. */
async function alreadyHeld(): Promise<CreditWorld> {
  const world = await creditWorld();
  await world.pay({ amount: { value: 50_000, currency: "INR" } });
  await world.credit({ billId, amount: { value: 50_000, currency: "INR" } });
  return world;
}

/** A credit on no bill, which has a number of its UPI payment. */
async function unmatched(changes: Parameters<CreditWorld["credit"]>[0] = {}): Promise<CreditWorld> {
  const world = await creditWorld();
  await world.credit({ rrn: "636512345678", ...changes });
  return world;
}

/** A payment on no bill of which a part went back, told so at first by its success or by its refund. */
const wentBack = (type: "succeeded" | "refunded") => async (): Promise<CreditWorld> => {
  const world = await creditWorld();
  const refundedTotal = { value: 24_900, currency: "INR" };
  await world.pay({ billId: "EP-9", refundedTotal }, type);
  return world;
};

describe("an operator who decides that a credit is other money than the payment held", () => {
  it("has it counted on the bill that the proposal names", async () => {
    const world = await alreadyHeld();
    const { decided, id } = await decide(world, "apply");
    expect(decided).toEqual({ decision: "apply", at: kolkata("2026-11-22 12:00"), billId });
    expect(await world.countedOn()).toEqual({ "standard:pay_0001": 50_000, [key]: 50_000 });
    expect(await open(world)).toEqual([]);
    expect((await decide(world, "apply", { id })).decided).toEqual(decided);
    expect(Object.keys(await world.countedOn())).toHaveLength(2);
  });

  it("names the bill where the proposal names none", async () => {
    const world = await creditWorld();
    await world.pay();
    await world.credit();
    await expect(decide(world, "apply")).rejects.toMatchObject({ fields: [{ path: "billId" }] });
    await world.another("EP-2");
    await decide(world, "apply", { billId: "EP-2" });
    expect(await world.countedOn("EP-2")).toEqual({ [key]: 124_900 });
  });

  it("cannot have it counted on another bill than the proposal names", async () => {
    const world = await alreadyHeld();
    await world.another("EP-2");
    await expect(decide(world, "apply", { billId: "EP-2" })).rejects.toMatchObject({ code: "invalid-input" });
    expect(await world.countedOn("EP-2")).toEqual({});
  });
});

describe("an operator who decides that a credit is the payment held", () => {
  it("has nothing counted, and the same credit in a later file changes nothing", async () => {
    const world = await alreadyHeld();
    await decide(world, "dismiss");
    expect(await open(world)).toEqual([]);
    expect(await world.credit({ billId, amount: { value: 50_000, currency: "INR" } })).toBe("unchanged");
    expect(await world.countedOn()).toEqual({ "standard:pay_0001": 50_000 });
  });
});

describe("an operator who knows the bill of a payment on none", () => {
  it("has it counted there, with all that is known of it", async () => {
    const world = await unmatched();
    const { kind } = await decide(world, "apply", { billId });
    expect(kind).toBe("unmatched");
    expect(await world.countedOn()).toEqual({ [key]: 124_900 });
    expect([world.aside(), await open(world)]).toEqual([[], []]);
    const [payment] = (await world.story()).payments;
    expect(payment).toMatchObject({ rail: "upi", references: ["rrn:636512345678"], outcome: "full" });
  });

  it("has it counted there alone, though it named a bill that comes later", async () => {
    const world = await unmatched({ billId: "EP-LATER" });
    await decide(world, "apply", { billId });
    await world.another("EP-LATER");
    expect([await world.countedOn(), await world.countedOn("EP-LATER")]).toEqual([{ [key]: 124_900 }, {}]);
  });

  it("has a refund counted with it that came before the bill was known", async () => {
    const world = await creditWorld();
    const [payment, half] = [
      { billId: "EP-9", paymentId: "pay_7" },
      { value: 60_000, currency: "INR" },
    ];
    await world.pay(payment);
    await world.pay({ ...payment, refundedTotal: half }, "refunded");
    await decide(world, "apply", { billId });
    expect((await world.story()).bill?.payments).toMatchObject({
      "standard:pay_7": { amount: 124_900, refunded: 60_000 },
    });
  });

  it.each([
    ["that is not there", "EP-NONE"],
    ["in another currency", "EP-USD"],
  ])("is told of a bill %s, and the payment stays where it is", async (_what, wanted) => {
    const world = await unmatched();
    await world.another("EP-USD", { amountDue: { value: 100, currency: "USD" } });
    await expect(decide(world, "apply", { billId: wanted })).rejects.toMatchObject({ fields: [{ path: "billId" }] });
    expect([world.aside(), (await open(world)).length]).toEqual([[key], 1]);
  });

  it("may do so for money in another currency than the bill it named", async () => {
    const world = await unmatched({ billId, amount: { value: 100, currency: "USD" } });
    await world.another("EP-USD", { amountDue: { value: 100, currency: "USD" } });
    expect((await open(world)).map(({ kind }) => kind)).toEqual(["wrong-currency"]);
    await decide(world, "apply", { billId: "EP-USD" });
    expect([await world.countedOn("EP-USD"), await world.countedOn()]).toEqual([{ [key]: 100 }, {}]);
  });
});

describe("a decision about what is done outside", () => {
  it.each(["refund", "credit", "dismiss"] as const)("is only written down: %s", async (decision) => {
    const world = await unmatched();
    const [asked] = await open(world);
    const { decided } = await decide(world, decision);
    expect(decided).toEqual({ decision, at: kolkata("2026-11-22 12:00") });
    expect([await open(world), await world.countedOn()]).toEqual([[], {}]);
    expect((await decide(world, decision, { ...(asked && { id: asked.id }) })).decided).toEqual(decided);
    expect(await world.credit({ rrn: "636512345678", billId })).toBe("unchanged");
  });

  it("loses no refund: the payment is still complete should its bill come", async () => {
    const world = await creditWorld();
    await world.pay({ billId: "EP-9", refundedTotal: { value: 24_900, currency: "INR" } });
    await decide(world, "dismiss");
    await world.another("EP-9");
    expect(await world.countedOn("EP-9")).toEqual({ "standard:pay_0001": 124_900 });
    expect(await open(world)).toEqual([]);
  });

  it("settles the question about a second payment", async () => {
    const world = await creditWorld();
    for (const paymentId of ["pay_1", "pay_2"]) await world.pay({ paymentId });
    await expect(decide(world, "apply")).rejects.toMatchObject({ fields: [{ path: "decision" }] });
    await decide(world, "credit");
    expect(await open(world)).toEqual([]);
    await world.pay({ paymentId: "pay_2" });
    expect(await open(world)).toEqual([]);
  });

  it("is refused where it contradicts an earlier one, names a bill for nothing, or is about nothing", async () => {
    const world = await unmatched();
    const [asked] = await open(world);
    if (!asked) throw new Error("there is a question");
    const { id } = asked;
    await expect(decide(world, "refund", { id, billId })).rejects.toMatchObject({ fields: [{ path: "billId" }] });
    await decide(world, "refund", { id });
    await expect(decide(world, "apply", { id, billId })).rejects.toMatchObject({ code: "conflict" });
    expect(await world.countedOn()).toEqual({});
    for (const unknown of ["unmatched.0", "already-held.0"])
      await expect(decide(world, "dismiss", { id: unknown as ProposalId })).rejects.toMatchObject({
        code: "not-found",
      });
  });
});

describe("a crash at any call while a decision is carried out", () => {
  it.each([
    ["of a credit that may be held", alreadyHeld, {}],
    ["of a payment on no bill", unmatched, { billId }],
    ["of a payment on no bill that went back in part", wentBack("succeeded"), { billId }],
    ["of a payment on no bill that is known by its refund alone", wentBack("refunded"), { billId }],
  ] as const)("%s is mended when it is decided again", async (_what, prepare, to) => {
    const whole = await prepare();
    const [asked] = await open(whole);
    if (!asked) throw new Error("there is a question");
    let calls = 0;
    whole.control.beforeCall = () => void calls++;
    await decide(whole, "apply", { id: asked.id, ...to });
    whole.control.beforeCall = undefined;
    const wanted = await whole.countedOn();
    for (const when of ["beforeCall", "afterCall"] as const) {
      for (let fatal = 1; fatal <= calls; fatal++) {
        const world = await prepare();
        let n = 0;
        world.control[when] = () => {
          if (++n === fatal) throw providerError("the function died");
        };
        await decide(world, "apply", { id: asked.id, ...to }).catch(() => undefined);
        world.control[when] = undefined;
        // Until it is decided it is listed, once at most.
        expect((await open(world)).length, `${when} call ${fatal}`).toBeLessThanOrEqual(1);
        await decide(world, "apply", { id: asked.id, ...to });
        expect(await world.countedOn(), `${when} call ${fatal}`).toEqual(wanted);
        expect([await open(world), world.aside()]).toEqual([[], []]);
      }
    }
  });
});
