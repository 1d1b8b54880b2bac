import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bill, paidTotal, settlementOf, statusOf } from "../../../functions/domain/bill.ts";
import {
  countPayment,
  judgePayment,
  mergePayment,
  type Payment,
  paymentKey,
} from "../../../functions/domain/payment.ts";
import { aBill, aPayment } from "../../support/builders.ts";

const dayMs = 86_400_000;
const start = Date.parse("2026-11-15T10:00:00+05:30");
const rupees = (value: number) => ({ value, currency: "INR" });

/** What really happened: one payment, and what was given back of it in total, step by step. */
type Happened = {
  readonly id: string;
  readonly amount: number;
  readonly paidAt: number;
  readonly refunds: readonly number[];
};

/** What is told of it: its success, or one of its refunds, which names the payment's amount or only its own. */
type Told = { readonly of: Happened; readonly refund?: number; readonly isBare?: boolean };

const happened = fc
  .array(
    fc.record({
      amount: fc.integer({ min: 1, max: 120_000 }),
      day: fc.integer({ min: 0, max: 30 }),
      shares: fc.array(fc.integer({ min: 1, max: 100 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((list) =>
    list.map(({ amount, day, shares }, n): Happened => {
      const refunds = shares.toSorted((a, b) => a - b).map((share) => Math.ceil((amount * share) / 100));
      // Some payments come in the same millisecond.
      return { id: `pay_${n}`, amount, paidAt: start + Math.floor(day / 3) * 3 * dayMs, refunds };
    }),
  );

/** Everything told at least once, some of it twice, in any order. */
const telling = happened.chain((list) => {
  const facts = list.flatMap((of): Told[] => [
    { of },
    ...of.refunds.map((refund, n) => ({ of, refund, isBare: n % 2 === 0 })),
  ]);
  const again = fc.array(fc.constantFrom(...facts), { maxLength: 6 });
  return again
    .chain((more) => fc.shuffledSubarray([...facts, ...more], { minLength: facts.length + more.length }))
    .map((told) => ({ list, told }));
});

function paymentOf({ of, refund, isBare }: Told): Payment {
  const about = { paymentId: of.id, receivedAt: start } as const;
  if (refund === undefined) return aPayment({ ...about, amount: rupees(of.amount), paidAt: of.paidAt });
  const amount = rupees(isBare ? refund : of.amount);
  return aPayment({ ...about, amount, refunded: refund, confirmed: false, paidAt: of.paidAt + 5 * dayMs });
}

/** What the stores hold: payments by key, and the bill that counts them. */
class Books {
  readonly payments = new Map<string, Payment>();
  readonly outcomes = new Map<string, string>();
  bill: Bill;

  constructor(bill: Bill) {
    this.bill = bill;
  }

  /** As `record-payment` does it; the answer is what was read, to be counted now or later. */
  store(told: Payment): Payment {
    const key = paymentKey(told);
    const known = this.payments.get(key);
    const merged = known ? mergePayment(known, told) : told;
    this.payments.set(key, merged);
    return merged;
  }

  count(payment: Payment): void {
    this.bill = countPayment(this.bill, payment);
    const key = paymentKey(payment);
    if (payment.confirmed && !this.outcomes.has(key)) this.outcomes.set(key, judgePayment(this.bill, payment));
  }
}

const tiers = {
  early: { until: "2026-11-22", amount: rupees(90_000) },
  late: { from: "2026-12-01", amount: rupees(110_000) },
} as const;
const bills = fc.constantFrom(
  aBill({ amountDue: rupees(100_000) }),
  aBill({ amountDue: rupees(100_000), ...tiers }),
  aBill({ amountDue: rupees(1) }),
);

describe("payments and refunds, told in any order and any number of times", () => {
  it("add up to the distinct payments less what was given back of each", () => {
    fc.assert(
      fc.property(bills, telling, (bill, { list, told }) => {
        const books = new Books(bill);
        for (const each of told) books.count(books.store(paymentOf(each)));
        const total = list.reduce((sum, { amount, refunds }) => sum + amount - Math.max(0, ...refunds), 0);
        expect(paidTotal(books.bill)).toBe(total);
        expect(Object.keys(books.bill.payments)).toHaveLength(list.length);
      }),
      { numRuns: 300 },
    );
  });

  it("leave the same bill: status, settlement and account do not depend on the order", () => {
    fc.assert(
      fc.property(bills, telling, fc.integer({ min: 0, max: 60 }), (bill, { list, told }, days) => {
        const books = new Books(bill);
        for (const each of told) books.count(books.store(paymentOf(each)));
        const plain = new Books(bill);
        for (const of of list) {
          plain.count(plain.store(paymentOf({ of })));
          for (const refund of of.refunds) plain.count(plain.store(paymentOf({ of, refund })));
        }
        const now = start + days * dayMs;
        const account = (it: Bill) =>
          Object.entries(it.payments)
            .map(([key, { n: _n, ...payment }]) => [key, payment])
            .toSorted();
        expect(account(books.bill)).toEqual(account(plain.bill));
        expect([statusOf(books.bill, now), settlementOf(books.bill)]).toEqual([
          statusOf(plain.bill, now),
          settlementOf(plain.bill),
        ]);
      }),
      { numRuns: 300 },
    );
  });

  it("are never undone when what was read early is counted late", () => {
    fc.assert(
      fc.property(bills, telling, fc.infiniteStream(fc.nat(5)), (bill, { list, told }, choices) => {
        const books = new Books(bill);
        const waiting: Payment[] = [];
        const takeOne = (): void => {
          const [payment] = waiting.splice((choices.next().value ?? 0) % waiting.length, 1);
          if (payment) books.count(payment);
        };
        for (const each of told) {
          waiting.push(books.store(paymentOf(each)));
          while (waiting.length > 0 && (choices.next().value ?? 0) > 3) takeOne();
        }
        while (waiting.length > 0) takeOne();
        const total = list.reduce((sum, { amount, refunds }) => sum + amount - Math.max(0, ...refunds), 0);
        expect(paidTotal(books.bill)).toBe(total);
      }),
      { numRuns: 300 },
    );
  });

  it("have one outcome each, the same when asked again after more was counted and nothing given back", () => {
    fc.assert(
      fc.property(bills, happened, fc.nat(), (bill, list, seed) => {
        const books = new Books(bill);
        const order = list.toSorted((a, b) => ((a.amount + seed) % 7) - ((b.amount + seed) % 7));
        for (const of of order) books.count(books.store(paymentOf({ of })));
        for (const payment of books.payments.values()) {
          expect(judgePayment(books.bill, payment)).toBe(books.outcomes.get(paymentKey(payment)));
        }
        const settling = [...books.outcomes.values()].filter((outcome) => outcome === "full" || outcome === "over");
        expect(settling.length).toBe(settlementOf(books.bill) ? 1 : 0);
        const first = [...books.outcomes.values()].findIndex((outcome) => outcome === "full" || outcome === "over");
        const after = first < 0 ? [] : [...books.outcomes.values()].slice(first + 1);
        expect(after.every((outcome) => outcome === "duplicate")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
