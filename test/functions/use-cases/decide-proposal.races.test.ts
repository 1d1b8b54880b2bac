import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import type { BillId } from "../../../functions/domain/ids.ts";
import {
  type Proposal,
  type ProposalDecision,
  type ProposalId,
  proposalId,
} from "../../../functions/domain/proposal.ts";
import { decideProposal } from "../../../functions/use-cases/decide-proposal.ts";
import { getProposals } from "../../../functions/use-cases/get-proposals.ts";
import { named } from "../../support/bill-world.ts";
import { type CreditWorld, creditWorld } from "../../support/credit-world.ts";

const { biller } = named;
const key = "bank:S20261120001";
const amount = { value: 50_000, currency: "INR" };

type Decision = { readonly decision: ProposalDecision; readonly billId?: string };
type Scene = { readonly world: CreditWorld; readonly id: ProposalId };

/** A credit of which something on the same bill may be the same money. */
async function alreadyHeld(): Promise<Scene> {
  const world = await creditWorld();
  await world.pay({ amount });
  await world.credit({ billId: named.billId, amount });
  return { world, id: proposalId("already-held", key) };
}

/** A credit on no bill, and two bills that it could be for. */
async function unmatched(): Promise<Scene> {
  const world = await creditWorld();
  await world.another("EP-2");
  await world.credit({ rrn: "636512345678" });
  return { world, id: proposalId("unmatched", key) };
}

const decide = ({ world, id }: Scene, { decision, billId }: Decision): Promise<Proposal> =>
  decideProposal(world.ports, { biller, proposal: id, decision, ...(billId && { billId: billId as BillId }) });

/** The bills that count the credit. */
async function countedOn({ world }: Scene): Promise<string[]> {
  const bills = [named.billId, "EP-2"];
  const counted = await Promise.all(bills.map(async (bill) => key in (await world.countedOn(bill))));
  return bills.filter((_, n) => counted[n]);
}

/** What is written down, which says the same as what is counted. */
async function agreed(scene: Scene, why: string): Promise<Proposal["decided"]> {
  const { world, id } = scene;
  const kept = await world.ports.proposals.get(biller, id);
  const { decided } = kept ?? {};
  const wanted = decided?.decision === "apply" ? [decided.billId] : [];
  expect(await countedOn(scene), why).toEqual(wanted);
  return decided;
}

const isListed = async ({ world, id }: Scene): Promise<boolean> =>
  (await getProposals(world.ports, { biller, limit: 50 })).proposals.some((one) => one.id === id);

const toFirst = { decision: "apply", billId: named.billId } as const;
const toSecond = { decision: "apply", billId: "EP-2" } as const;
const dismiss = { decision: "dismiss" } as const;
const pairs: readonly (readonly [string, () => Promise<Scene>, Decision, Decision])[] = [
  ["a held credit: apply, dismiss", alreadyHeld, { decision: "apply" }, dismiss],
  ["a held credit: dismiss, apply", alreadyHeld, dismiss, { decision: "apply" }],
  ["a held credit: apply twice", alreadyHeld, { decision: "apply" }, { decision: "apply" }],
  ["an unmatched one: apply, refund", unmatched, toFirst, { decision: "refund" }],
  ["an unmatched one: credit, apply", unmatched, { decision: "credit" }, toFirst],
  ["an unmatched one: apply, dismiss", unmatched, toFirst, dismiss],
  ["an unmatched one: apply to two bills", unmatched, toFirst, toSecond],
  ["an unmatched one: apply twice", unmatched, toFirst, toFirst],
  ["an unmatched one: refund, dismiss", unmatched, { decision: "refund" }, dismiss],
];

/** How many calls a decision makes where nothing goes wrong. */
async function callsOf(prepare: () => Promise<Scene>, decision: Decision): Promise<number> {
  const scene = await prepare();
  let calls = 0;
  scene.world.control.beforeCall = () => void calls++;
  await decide(scene, decision);
  return calls;
}

const said = (results: readonly PromiseSettledResult<Proposal>[]): string[] =>
  results.map((one) => (one.status === "fulfilled" ? "done" : (one.reason as { code: string }).code));

describe("two who decide one proposal", () => {
  it.each(pairs)("at once agree with what is counted: %s", async (_what, prepare, one, other) => {
    const scene = await prepare();
    const isSame = one.decision === other.decision && one.billId === other.billId;
    const results = await Promise.allSettled([decide(scene, one), decide(scene, other)]);
    expect(said(results).toSorted()).toEqual(isSame ? ["done", "done"] : ["conflict", "done"]);
    expect(await agreed(scene, "at once")).not.toHaveProperty("acting");
    expect(await isListed(scene)).toBe(false);
  });

  it.each(pairs)("agree with what is counted, one held up at any call: %s", async (_what, prepare, one, other) => {
    const calls = await callsOf(prepare, one);
    for (const when of ["beforeCall", "afterCall"] as const) {
      for (let at = 1; at <= calls; at++) {
        const why = `${when} call ${at}`;
        const scene = await prepare();
        let n = 0;
        let second: PromiseSettledResult<Proposal>[] = [];
        scene.world.control[when] = async () => {
          if (++n !== at) return;
          second = await Promise.allSettled([decide(scene, other)]);
        };
        const first = await Promise.allSettled([decide(scene, one)]);
        scene.world.control[when] = undefined;
        expect(said([...first, ...second]), why).toContain("done");
        expect(await agreed(scene, why), why).not.toHaveProperty("acting");
        expect(await isListed(scene), why).toBe(false);
      }
    }
  });

  it.each(pairs)("agree in the end, though the first died at any call: %s", async (_what, prepare, one, other) => {
    const calls = await callsOf(prepare, one);
    for (const when of ["beforeCall", "afterCall"] as const) {
      for (let fatal = 1; fatal <= calls; fatal++) {
        const why = `${when} call ${fatal}`;
        const scene = await prepare();
        let n = 0;
        scene.world.control[when] = () => {
          if (++n === fatal) throw providerError("the function died");
        };
        await Promise.allSettled([decide(scene, one)]);
        scene.world.control[when] = undefined;
        const results = await Promise.allSettled([decide(scene, other)]);
        const { decided } = (await scene.world.ports.proposals.get(biller, scene.id)) ?? {};
        // A decision that was written down and not carried out stays in the list until it is asked again.
        expect(await isListed(scene), why).toBe(decided?.acting === true);
        if (decided?.acting) expect(said(results), why).toEqual(["conflict"]);
        if (decided?.acting) await decide(scene, one);
        expect(await agreed(scene, why), why).not.toHaveProperty("acting");
        expect(await isListed(scene), why).toBe(false);
      }
    }
  });
});

describe("a decision whose money is elsewhere by now", () => {
  it("is told where, and that is written down", async () => {
    const world = await creditWorld();
    await world.another("EP-2");
    await world.pay({ billId: "EP-LATER", paymentId: "pay_9" });
    const id = proposalId("unmatched", "standard:pay_9");
    let calls = 0;
    world.control.beforeCall = async (port, method) => {
      // Just after the decision was claimed its bill is registered, and counts the money.
      if (port === "payments" && method === "getUnmatched" && calls++ === 0) await world.another("EP-LATER");
    };
    const decision = { biller, proposal: id, decision: "apply", billId: "EP-2" as BillId } as const;
    await expect(decideProposal(world.ports, decision)).rejects.toMatchObject({ code: "conflict" });
    expect((await world.ports.proposals.get(biller, id))?.decided).toMatchObject({ billId: "EP-LATER" });
    expect(await world.countedOn("EP-2")).toEqual({});
    expect(Object.keys(await world.countedOn("EP-LATER"))).toEqual(["standard:pay_9"]);
  });

  it("is not taken for counted where the bill came to another currency, and is tried by the same decision", async () => {
    const scene = await unmatched();
    const { world } = scene;
    let calls = 0;
    world.control.beforeCall = async (port, method) => {
      if (port === "payments" && method === "getUnmatched" && calls++ === 0)
        await world.another("EP-2", { amountDue: { value: 100, currency: "USD" } });
    };
    await expect(decide(scene, toSecond)).rejects.toMatchObject({ code: "conflict" });
    expect([await countedOn(scene), await isListed(scene)]).toEqual([[], true]);
    await expect(decide(scene, dismiss)).rejects.toMatchObject({ code: "conflict" });
    await world.another("EP-2");
    await decide(scene, { decision: "apply" });
    expect(await agreed(scene, "in its currency again")).toMatchObject({ billId: "EP-2" });
  });
});
