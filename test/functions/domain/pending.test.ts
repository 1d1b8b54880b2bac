import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import { countPayment } from "../../../functions/domain/payment.ts";
import { type PendingFact, withFailure, withoutPending, withPending } from "../../../functions/domain/pending.ts";
import { aBill, aPayment } from "../../support/builders.ts";

const key = "standard:pay_0001";
const pending = (at: number, more: Partial<PendingFact> = {}): PendingFact => ({ key, amount: 50_000, at, ...more });
const counted = (bill: Bill, amount = 50_000): Bill =>
  withoutPending(countPayment(bill, aPayment({ amount: { value: amount, currency: "INR" } })), key);

/** One thing told of the payment: what it is, and of what moment. */
type Told = { readonly kind: "pending" | "failed" | "succeeded"; readonly at: number };

const tell = (bill: Bill, { kind, at }: Told): Bill =>
  kind === "pending"
    ? withPending(bill, pending(at))
    : kind === "failed"
      ? withFailure(bill, { key, at })
      : counted(bill);

const story = fc.array(
  fc.record({
    kind: fc.constantFrom<Told["kind"]>("pending", "failed", "succeeded"),
    at: fc.integer({ min: 1, max: 5 }),
  }),
  { minLength: 1, maxLength: 6 },
);

describe("a payment under way", () => {
  it("is kept on the bill until it succeeds or fails", () => {
    const waiting = withPending(aBill(), pending(1));
    expect(waiting.pending).toEqual({ key, amount: 50_000, at: 1 });
    expect(counted(waiting).pending).toBeUndefined();
    expect(withFailure(waiting, { key, at: 2 }).pending).toBeUndefined();
  });

  it("is not kept for a bill that is settled, nor when it is counted already", () => {
    const settled = counted(aBill(), 124_900);
    expect(withPending(settled, pending(1, { key: "standard:pay_0002" }))).toBe(settled);
    const partPaid = counted(aBill());
    expect(withPending(partPaid, pending(1))).toBe(partPaid);
  });

  it("that failed comes back only when it is told of a later moment", () => {
    const failed = withFailure(aBill(), { key, at: 5 });
    expect(withPending(failed, pending(5))).toBe(failed);
    expect(withPending(failed, pending(6)).pending).toEqual(pending(6));
  });

  it("is not ended by what happens to another payment", () => {
    const waiting = withPending(aBill(), pending(1));
    expect(withFailure(waiting, { key: "standard:other", at: 9 }).pending).toEqual(pending(1));
    expect(withoutPending(waiting, "standard:other")).toBe(waiting);
  });

  it("gives way to one that is told later", () => {
    const other = pending(2, { key: "standard:other" });
    expect(withPending(withPending(aBill(), pending(1)), other).pending).toEqual(other);
    expect(withPending(withPending(aBill(), other), pending(1)).pending).toEqual(other);
  });

  it("ends as its newest word says, in whatever order and however often it is told", () => {
    const orders = story.chain((facts) =>
      fc
        .array(fc.constantFrom(...facts), { maxLength: 4 })
        .chain((more) => fc.shuffledSubarray([...facts, ...more], { minLength: facts.length + more.length })),
    );
    fc.assert(
      fc.property(orders, (told) => {
        const bill = told.reduce(tell, aBill());
        const newest = (kind: Told["kind"]) =>
          Math.max(0, ...told.filter((one) => one.kind === kind).map(({ at }) => at));
        const isCounted = newest("succeeded") > 0;
        const waits = !isCounted && newest("pending") > newest("failed");
        expect(bill.pending).toEqual(waits ? pending(newest("pending")) : undefined);
      }),
    );
  });

  it("remembers the newest five that failed", () => {
    const failures = [3, 1, 7, 2, 6, 5, 4].map((at) => ({ key: `standard:pay_${at}`, at }));
    const bill = failures.reduce(withFailure, aBill());
    expect(bill.failed?.map(({ at }) => at)).toEqual([3, 4, 5, 6, 7]);
    expect(withFailure(bill, { key: "standard:pay_7", at: 7 })).toBe(bill);
  });
});
