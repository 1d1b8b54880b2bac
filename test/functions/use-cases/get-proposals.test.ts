import { describe, expect, it } from "vitest";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { getProposals, type ProposalsAnswer } from "../../../functions/use-cases/get-proposals.ts";
import { named } from "../../support/bill-world.ts";
import { type CreditWorld, creditWorld } from "../../support/credit-world.ts";

const list = ({ ports }: CreditWorld, more: { after?: string; limit?: number } = {}): Promise<ProposalsAnswer> =>
  getProposals(ports, { biller: named.biller, limit: 50, ...more });

/** Three proposals and four payments on no bill. */
async function someQuestions(): Promise<CreditWorld> {
  const world = await creditWorld();
  await world.pay();
  await world.pay({ paymentId: "pay_0002" });
  for (const reference of ["S1", "S2"]) await world.credit({ reference, billId: named.billId });
  const amount = { value: 77, currency: "INR" };
  for (const reference of ["S3", "S4", "S5"]) await world.credit({ reference, amount });
  await world.credit({ reference: "S6", amount: { value: 77, currency: "USD" }, billId: named.billId });
  return world;
}

describe("get-proposals", () => {
  it("tells what operators are asked, with the payment that may be the same money", async () => {
    const world = await creditWorld();
    await world.pay();
    await world.credit({ billId: named.billId });
    expect(await list(world)).toEqual({
      proposals: [
        {
          id: expect.stringMatching(/^already-held\.\w+$/),
          kind: "already-held",
          options: ["apply", "dismiss"],
          source: "bank",
          paymentId: "S20261120001",
          amount: { value: 124_900, currency: "INR" },
          paidAt: "2026-11-19T18:30:00.000Z",
          billId: named.billId,
          held: { source: "standard", paymentId: "pay_0001", by: "amount-and-day" },
          at: "2026-11-22T06:30:00.000Z",
        },
      ],
    });
  });

  it("lists payments on no bill too, and never a link code or a reference of the payer", async () => {
    const world = await someQuestions();
    const { proposals, next } = await list(world);
    expect(next).toBeUndefined();
    expect(proposals.map(({ kind, source, paymentId }) => `${kind} ${source}:${paymentId}`)).toEqual([
      expect.stringMatching(/^already-held bank:S[12]$/),
      expect.stringMatching(/^already-held bank:S[12]$/),
      "duplicate standard:pay_0002",
      "unmatched bank:S3",
      "unmatched bank:S4",
      "unmatched bank:S5",
      "wrong-currency bank:S6",
    ]);
    expect(proposals.at(-1)?.options).toEqual(["apply", "refund", "credit", "dismiss"]);
    expect(JSON.stringify(proposals)).not.toContain(world.code);
  });

  it.each([1, 2, 3, 4, 7])("goes on where the last answer ended, %i at a time, and tells each once", async (limit) => {
    const world = await someQuestions();
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const { proposals, next } = await list(world, { limit, ...(after !== undefined && { after }) });
      expect(proposals.length).toBeLessThanOrEqual(limit);
      ids.push(...proposals.map(({ id }) => id));
      after = next;
    } while (after !== undefined);
    expect(new Set(ids).size).toBe(7);
    expect(ids).toHaveLength(7);
  });

  it.each([
    ["in part", 50_000, ["apply", "refund", "credit", "dismiss"], 74_900],
    ["in full", 124_900, ["apply", "dismiss"], 0],
  ])("asks about what is left of a payment that went back %s", async (_what, value, options, left) => {
    const world = await creditWorld();
    await world.pay({ billId: "EP-9" });
    await world.pay({ billId: "EP-9", refundedTotal: { value, currency: "INR" } }, "refunded");
    expect((await list(world)).proposals).toMatchObject([{ options, amount: { value: left, currency: "INR" } }]);
  });

  it("tells no payment that is on a bill by now", async () => {
    const world = await creditWorld();
    await world.credit({ billId: "EP-2" });
    expect((await list(world)).proposals).toHaveLength(1);
    await world.another("EP-2");
    expect(await list(world)).toEqual({ proposals: [] });
  });

  it("refuses a place that no answer named, and knows no unknown biller", async () => {
    const world = await creditWorld();
    await expect(list(world, { after: "x" })).rejects.toMatchObject({ code: "invalid-input" });
    const nobody = { biller: "nobody" as BillerId, limit: 50 };
    await expect(getProposals(world.ports, nobody)).rejects.toMatchObject({ code: "not-found" });
  });
});
