import { describe, expect, it } from "vitest";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import type { CurrencyCode } from "../../../functions/domain/money.ts";
import { type Proposal, type ProposalId, proposalId } from "../../../functions/domain/proposal.ts";
import type { PaidDayStore, PaymentReferenceStore, ProposalStore } from "../../../functions/money-ports.ts";
import { aPayment } from "../builders.ts";

const { biller, billId, code } = aPayment();
const otherBiller = aPayment({ biller: "other-power" }).biller;
const otherCode = aPayment({ billId: "EP-2" }).code;
const of = { code, key: "razorpay:pay_0001" };

/** Promises about the names of payments. */
export function paymentReferenceContract(open: () => Promise<PaymentReferenceStore>): void {
  it("leads from each name to the bill and the payment, and knows no other", async () => {
    const references = await open();
    await references.put(biller, ["razorpay:pay_0001", "razorpay:order_0001", "rrn:6365/1"], of);
    expect(await references.get(biller, "razorpay:pay_0001")).toEqual(of);
    expect(await references.get(biller, "rrn:6365/1")).toEqual(of);
    expect(await references.get(biller, "razorpay:order_0002")).toBeUndefined();
  });

  it("keeps what a name stood for first, and takes the new names beside it", async () => {
    const references = await open();
    await references.put(biller, ["razorpay:order_0001"], of);
    const later = { code: otherCode, key: "razorpay:pay_0002" };
    await references.put(biller, ["razorpay:order_0001", "razorpay:pay_0002", "razorpay:pay_0002"], later);
    expect(await references.get(biller, "razorpay:order_0001")).toEqual(of);
    expect(await references.get(biller, "razorpay:pay_0002")).toEqual(later);
  });

  it("gives a name to one of several who put it at once", async () => {
    const references = await open();
    const keys = ["a:1", "a:2", "a:3", "a:4"];
    await Promise.all(keys.map((key) => references.put(biller, ["txid:0001"], { code, key })));
    expect(keys).toContain((await references.get(biller, "txid:0001"))?.key);
  });

  it("is each biller's own, and takes no names at all", async () => {
    const references = await open();
    await references.put(biller, [], of);
    await references.put(biller, ["txid:0001"], of);
    expect(await references.get(otherBiller, "txid:0001")).toBeUndefined();
  });
}

const day = "2026-11-20" as LocalDate;
const paidOf = (key: string, value: number, currency = "INR") => ({
  code,
  key,
  amount: { value, currency: currency as CurrencyCode },
});

/** Promises about what was paid day by day. */
export function paidDayContract(open: () => Promise<PaidDayStore>): void {
  it("finds all of a day, and those of one amount, each once however often it was put", async () => {
    const days = await open();
    const paid = [paidOf("a:1", 100), paidOf("a:2", 1_000), paidOf("b:1", 1_000), paidOf("b:2", 1_000, "USD")];
    for (const one of [...paid, ...paid]) await days.put(biller, day, one);
    expect(await Array.fromAsync(days.find(biller, day))).toEqual(expect.arrayContaining(paid));
    expect(await Array.fromAsync(days.find(biller, day))).toHaveLength(4);
    const rupees = { value: 1_000, currency: "INR" as CurrencyCode };
    expect(await Array.fromAsync(days.find(biller, day, rupees))).toEqual([paid[1], paid[2]]);
  });

  it("finds nothing of another day, of another biller or of an amount that only begins the same", async () => {
    const days = await open();
    await days.put(biller, day, paidOf("a:1", 1_000));
    const find = (...about: Parameters<PaidDayStore["find"]>) => Array.fromAsync(days.find(...about));
    expect(await find(biller, "2026-11-21" as LocalDate)).toEqual([]);
    expect(await find(otherBiller, day)).toEqual([]);
    expect(await find(biller, day, paidOf("a:1", 100).amount)).toEqual([]);
  });

  it("puts the newer word of a payment's bill over the older one", async () => {
    const days = await open();
    await days.put(biller, day, paidOf("a:1", 1_000));
    await days.put(biller, day, { ...paidOf("a:1", 1_000), code: otherCode });
    expect(await Array.fromAsync(days.find(biller, day))).toEqual([{ ...paidOf("a:1", 1_000), code: otherCode }]);
  });
}

const aProposal = (overrides: Partial<Proposal> = {}): Proposal => {
  const { paymentId, paidAt, amount, receivedAt: at } = aPayment();
  return {
    id: proposalId("duplicate", "razorpay:pay_0001"),
    biller,
    kind: "duplicate",
    options: ["refund", "credit"],
    source: "razorpay",
    paymentId,
    amount,
    paidAt,
    references: ["razorpay:order_0001"],
    ...(billId && { billId }),
    code,
    at,
    version: 1,
    ...overrides,
  };
};

const decided = (proposal: Proposal, version = 2): Proposal => ({
  ...proposal,
  version,
  decided: { decision: "refund", at: proposal.at + 1 },
});

/** Promises about proposals. */
export function proposalContract(open: () => Promise<ProposalStore>): void {
  const all = { limit: 10 };
  const withAll = aProposal({ held: { source: "pix-psp", paymentId: "E1", by: "amount-and-day" } });
  const { billId: _billId, code: _code, ...bare } = aProposal({ references: [] });

  it.each([
    ["everything", withAll],
    ["nothing that is optional", bare],
  ])("comes back with %s, and is listed while it is open", async (_, proposal) => {
    const proposals = await open();
    expect(await proposals.get(biller, proposal.id)).toBeUndefined();
    await proposals.add(proposal);
    expect(await proposals.get(biller, proposal.id)).toEqual(proposal);
    expect(await proposals.find(biller, all)).toEqual([proposal]);
  });

  it("is asked once, however often it is added", async () => {
    const proposals = await open();
    await proposals.add(aProposal());
    await proposals.add(aProposal({ at: 1 }));
    expect(await proposals.find(biller, all)).toEqual([aProposal()]);
  });

  it("is listed no more once it is decided, and is not asked again", async () => {
    const proposals = await open();
    await proposals.add(aProposal());
    expect(await proposals.save(decided(aProposal()), 1)).toBe(true);
    await proposals.add(aProposal());
    expect(await proposals.find(biller, all)).toEqual([]);
    expect(await proposals.get(biller, aProposal().id)).toEqual(decided(aProposal()));
  });

  it("stays listed while its decision is acted on, and then is listed no more", async () => {
    const proposals = await open();
    await proposals.add(aProposal());
    const { decided: decision, ...rest } = decided(aProposal());
    const acting = { ...rest, decided: { decision: "apply", at: decision?.at ?? 0, acting: true } } as const;
    expect(await proposals.save(acting, 1)).toBe(true);
    await proposals.add(aProposal());
    expect(await proposals.find(biller, all)).toEqual([acting]);
    expect(await proposals.get(biller, acting.id)).toEqual(acting);
    expect(await proposals.save(decided(aProposal(), 3), 1)).toBe(false);
    expect(await proposals.save(decided(aProposal(), 3), 2)).toBe(true);
    expect(await proposals.find(biller, all)).toEqual([]);
    expect(await proposals.get(biller, acting.id)).toEqual(decided(aProposal(), 3));
  });

  it("is saved only over the version that was read, open or decided", async () => {
    const proposals = await open();
    expect(await proposals.save(decided(aProposal()), 1)).toBe(false);
    await proposals.add(aProposal());
    expect(await proposals.save(aProposal({ version: 3 }), 2)).toBe(false);
    expect(await proposals.save(aProposal({ version: 2, references: [] }), 1)).toBe(true);
    expect(await proposals.save(decided(aProposal(), 3), 2)).toBe(true);
    expect(await proposals.save(decided(aProposal(), 3), 2)).toBe(false);
    expect(await proposals.save(decided(aProposal(), 4), 3)).toBe(true);
    expect(await proposals.get(biller, aProposal().id)).toEqual(decided(aProposal(), 4));
  });

  it("is decided by one of several who decide at once", async () => {
    const proposals = await open();
    await proposals.add(aProposal());
    const decide = [1, 2, 3, 4].map(() => proposals.save(decided(aProposal()), 1));
    expect((await Promise.all(decide)).filter(Boolean)).toHaveLength(1);
    expect(await proposals.find(biller, all)).toEqual([]);
  });

  it("stands in a list in the order of the ids, page by page, of its biller alone", async () => {
    const proposals = await open();
    const ids = ["duplicate.1", "duplicate.2", "late.1", "overpaid.1"] as ProposalId[];
    for (const id of ids.toReversed()) await proposals.add(aProposal({ id }));
    await proposals.save(decided(aProposal({ id: "late.1" as ProposalId })), 1);
    const page = await proposals.find(biller, { limit: 2 });
    expect(page.map(({ id }) => id)).toEqual(["duplicate.1", "duplicate.2"]);
    const rest = await proposals.find(biller, { after: "duplicate.2", limit: 2 });
    expect(rest.map(({ id }) => id)).toEqual(["overpaid.1"]);
    expect(await proposals.find(otherBiller, all)).toEqual([]);
  });
}

/** All three, over stores that `open` makes. */
export function paymentBooksContract(open: {
  references(): Promise<PaymentReferenceStore>;
  days(): Promise<PaidDayStore>;
  proposals(): Promise<ProposalStore>;
}): void {
  describe("the names of payments", () => paymentReferenceContract(open.references));
  describe("what was paid on a day", () => paidDayContract(open.days));
  describe("a proposal", () => proposalContract(open.proposals));
}
