import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  amountAt,
  type Bill,
  type CountedPayment,
  dueState,
  isExpired,
  isPayable,
  outstanding,
  paidTotal,
  settlementOf,
  statusOf,
} from "../../../functions/domain/bill.ts";
import { aBill } from "../../support/builders.ts";

const rupees = (value: number) => ({ value, currency: "INR" });
const kolkata = (text: string): number => Date.parse(`${text.replace(" ", "T")}:00+05:30`);

/** ₹1,000.00, ₹900.00 until the 25th, ₹1,100.00 from 1 December; due on the 30th. */
const tiered = (overrides: Parameters<typeof aBill>[0] = {}): Bill =>
  aBill({
    amountDue: rupees(100_000),
    early: { until: "2026-11-25", amount: rupees(90_000) },
    late: { from: "2026-12-01", amount: rupees(110_000) },
    ...overrides,
  });

/** Payments by their ids, counted in the order they are written. */
const paid = (
  ...payments: [id: string, amount: number, paidAt: number, refunded?: number][]
): Record<string, CountedPayment> =>
  Object.fromEntries(
    payments.map(([id, amount, paidAt, refunded = 0], n) => [`standard:${id}`, { amount, paidAt, refunded, n }]),
  );

const before = kolkata("2026-11-20 12:00");
const between = kolkata("2026-11-28 12:00");
const after = kolkata("2026-12-05 12:00");

describe("what a bill asks for", () => {
  it.each([
    ["2026-11-20 12:00", 90_000],
    ["2026-11-25 23:59", 90_000],
    ["2026-11-26 00:00", 100_000],
    ["2026-11-30 23:59", 100_000],
    ["2026-12-01 00:00", 110_000],
    ["2027-12-01 00:00", 110_000],
  ])("at %s in the biller's zone is %i", (time, value) => {
    expect(amountAt(tiered(), kolkata(time))).toEqual(rupees(value));
  });

  it("goes by the biller's zone, not the customer's", () => {
    const bill = tiered({ zone: "America/New_York" });
    expect(amountAt(bill, Date.parse("2026-11-26T04:59:00Z"))).toEqual(rupees(90_000));
    expect(amountAt(bill, Date.parse("2026-11-26T05:00:00Z"))).toEqual(rupees(100_000));
  });

  it("is always the same without early and late amounts", () => {
    for (const at of [0, before, between, after]) expect(amountAt(aBill(), at)).toEqual(rupees(124_900));
  });

  it("may have an early amount without a late one, and the other way round", () => {
    const { late: _late, ...early } = tiered();
    const { early: _early, ...late } = tiered();
    expect([before, between, after].map((at) => amountAt(early, at).value)).toEqual([90_000, 100_000, 100_000]);
    expect([before, between, after].map((at) => amountAt(late, at).value)).toEqual([100_000, 100_000, 110_000]);
  });
});

describe("how old a bill is", () => {
  it("goes by the biller's calendar day", () => {
    const state = (time: string): string => dueState(tiered(), kolkata(time));
    expect(["2026-11-29 23:59", "2026-11-30 00:00", "2026-11-30 23:59", "2026-12-01 00:00"].map(state)).toEqual([
      "due",
      "due-today",
      "due-today",
      "overdue",
    ]);
  });

  it("is expired once its last day has passed", () => {
    const bill = tiered({ expiresOn: "2027-05-30" });
    expect(isExpired(bill, kolkata("2027-05-30 23:59"))).toBe(false);
    expect(isExpired(bill, kolkata("2027-05-31 00:00"))).toBe(true);
    expect(isExpired(tiered(), kolkata("2199-01-01 00:00"))).toBe(false);
  });
});

describe("the status of a bill", () => {
  const canceled = { at: between };
  it.each([
    ["open without a payment", {}, after, "open"],
    ["part-paid below the amount", { payments: paid(["a", 50_000, before]) }, after, "part-paid"],
    ["paid by the early amount in time", { payments: paid(["a", 90_000, before]) }, after, "paid"],
    ["part-paid by the early amount too late", { payments: paid(["a", 90_000, between]) }, between, "part-paid"],
    ["paid by the amount before it rises", { payments: paid(["a", 100_000, between]) }, after, "paid"],
    ["part-paid by the amount after it rose", { payments: paid(["a", 100_000, after]) }, after, "part-paid"],
    ["overpaid by the amount in the early days", { payments: paid(["a", 100_000, before]) }, after, "overpaid"],
    ["paid by two parts", { payments: paid(["a", 40_000, before], ["b", 60_000, between]) }, after, "paid"],
    [
      "paid by parts told in the wrong order",
      { payments: paid(["b", 60_000, between], ["a", 40_000, before]) },
      after,
      "paid",
    ],
    [
      "overpaid by a second whole payment",
      { payments: paid(["a", 100_000, between], ["b", 100_000, after]) },
      after,
      "overpaid",
    ],
    ["open again when all is given back", { payments: paid(["a", 100_000, between, 100_000]) }, after, "open"],
    ["part-paid when a part is given back", { payments: paid(["a", 100_000, between, 1]) }, after, "part-paid"],
    [
      "paid when the second payment is given back",
      { payments: paid(["a", 100_000, between], ["b", 100_000, after, 100_000]) },
      after,
      "paid",
    ],
    [
      "settled by the late amount when the first is given back",
      { payments: paid(["a", 100_000, between, 100_000], ["b", 110_000, after]) },
      after,
      "paid",
    ],
    ["expired after its last day", { expiresOn: "2026-12-01" }, after, "expired"],
    ["expired with a part paid", { expiresOn: "2026-12-01", payments: paid(["a", 1, between]) }, after, "expired"],
    ["paid though expired since", { expiresOn: "2026-12-01", payments: paid(["a", 100_000, between]) }, after, "paid"],
    ["canceled", { canceled }, after, "canceled"],
    ["canceled though paid", { canceled, payments: paid(["a", 100_000, between]) }, after, "canceled"],
    ["canceled though expired", { canceled, expiresOn: "2026-12-01" }, after, "canceled"],
  ] as const)("is %s", (_case, overrides, at, status) => {
    expect(statusOf(tiered(overrides), at)).toBe(status);
  });

  it("asks for money only when open or part-paid", () => {
    const statuses = ["open", "part-paid", "paid", "overpaid", "canceled", "expired"] as const;
    expect(statuses.filter(isPayable)).toEqual(["open", "part-paid"]);
  });
});

describe("what remains to be paid", () => {
  it.each([
    ["the early amount in time", {}, before, 90_000],
    ["the late amount in the end", {}, after, 110_000],
    ["less what was paid", { payments: paid(["a", 40_000, before]) }, between, 60_000],
    ["more again as the amount rises", { payments: paid(["a", 40_000, before]) }, after, 70_000],
    ["more again when something is given back", { payments: paid(["a", 40_000, before, 15_000]) }, between, 75_000],
    ["nothing once paid", { payments: paid(["a", 90_000, before]) }, after, 0],
    ["nothing once overpaid", { payments: paid(["a", 200_000, before]) }, after, 0],
    ["nothing once canceled", { canceled: { at: before } }, after, 0],
    ["nothing once expired", { expiresOn: "2026-12-01" }, after, 0],
  ] as const)("is %s", (_case, overrides, at, value) => {
    expect(outstanding(tiered(overrides), at)).toEqual(rupees(value));
  });
});

describe("the payment that settles a bill", () => {
  it("is the first, in order of time, with which what was owed then was there", () => {
    const payments = paid(["c", 50_000, after], ["b", 60_000, between], ["a", 40_000, before]);
    expect(settlementOf(tiered({ payments }))).toEqual({ key: "standard:b", owed: 100_000, at: between });
  });

  it("is the one last in name where two came in the same millisecond, whichever was counted first", () => {
    const one = paid(["a", 50_000, between], ["b", 50_000, between]);
    const other = paid(["b", 50_000, between], ["a", 50_000, between]);
    expect(settlementOf(tiered({ payments: one }))).toEqual({ key: "standard:b", owed: 100_000, at: between });
    expect(settlementOf(tiered({ payments: other }))).toEqual({ key: "standard:b", owed: 100_000, at: between });
  });

  it("is none of a bill with too little", () => {
    expect(settlementOf(tiered())).toBeUndefined();
    expect(settlementOf(tiered({ payments: paid(["a", 99_999, between]) }))).toBeUndefined();
  });
});

describe("a bill's account", () => {
  const time = fc.integer({ min: kolkata("2026-11-15 00:00"), max: kolkata("2026-12-31 00:00") });
  const ledger = fc
    .array(
      fc.record({ amount: fc.integer({ min: 1, max: 120_000 }), share: fc.constantFrom(0, 0, 0.5, 1), paidAt: time }),
      { maxLength: 6 },
    )
    .map((list) =>
      list.map(({ amount, share, paidAt }, n) => ({
        key: `standard:${n}`,
        n,
        amount,
        paidAt,
        refunded: Math.floor(amount * share),
      })),
    );

  it("adds up the same, whatever the order in which its payments are kept", () => {
    fc.assert(
      fc.property(ledger, time, fc.nat(), (list, now, seed) => {
        const shuffled = list.toSorted((a, b) => ((a.n * 7 + seed) % 11) - ((b.n * 7 + seed) % 11));
        const [one, other] = [list, shuffled].map((entries) =>
          tiered({ payments: Object.fromEntries(entries.map(({ key, ...payment }) => [key, payment])) }),
        ) as [Bill, Bill];
        expect(paidTotal(one)).toBe(list.reduce((sum, { amount, refunded }) => sum + amount - refunded, 0));
        expect([statusOf(other, now), settlementOf(other), outstanding(other, now)]).toEqual([
          statusOf(one, now),
          settlementOf(one),
          outstanding(one, now),
        ]);
      }),
    );
  });

  it("asks for exactly what is missing, and for nothing when nothing is", () => {
    fc.assert(
      fc.property(ledger, time, (list, now) => {
        const bill = tiered({ payments: Object.fromEntries(list.map(({ key, ...payment }) => [key, payment])) });
        const rest = outstanding(bill, now).value;
        if (!isPayable(statusOf(bill, now))) expect(rest).toBe(0);
        else expect(rest).toBe(Math.max(0, amountAt(bill, now).value - paidTotal(bill)));
        expect(statusOf(bill, now) === "open").toBe(paidTotal(bill) === 0);
      }),
    );
  });

  it("is settled by paying what remains", () => {
    fc.assert(
      fc.property(ledger, (list) => {
        const now = kolkata("2027-01-05 12:00");
        const payments = Object.fromEntries(list.map(({ key, ...payment }) => [key, payment]));
        const bill = tiered({ payments });
        const rest = outstanding(bill, now).value;
        const settled = {
          ...bill,
          payments: { ...payments, "standard:last": { amount: rest, refunded: 0, paidAt: now, n: list.length } },
        };
        expect(rest > 0 ? statusOf(settled, now) : "paid").toBe("paid");
      }),
    );
  });
});
