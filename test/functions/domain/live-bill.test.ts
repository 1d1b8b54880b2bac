import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountAt, type Bill, outstanding, paidTotal, statusOf } from "../../../functions/domain/bill.ts";
import { type FetchedBill, type LiveBill, saidBill, withLiveBill } from "../../../functions/domain/live-bill.ts";
import { addDays, earliest, type LocalDate } from "../../../functions/domain/local-time.ts";
import type { Money } from "../../../functions/domain/money.ts";
import { kolkata } from "../../support/bill-world.ts";
import { aBill, aBiller, type Plain } from "../../support/builders.ts";

const at = kolkata("2026-11-20 12:00");
const inRupees = (value: number) => ({ value, currency: "INR" }) as Money;
const billFetch = { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" } };
const outstandingTotal = aBiller({ billFetch });
const billedTotal = aBiller({ billFetch: { ...billFetch, total: "billed" } });

const due = (value: number, more: Partial<Plain<Extract<FetchedBill, { outcome: "due" }>>> = {}): FetchedBill =>
  ({ outcome: "due", amountDue: inRupees(value), ...more }) as FetchedBill;

const paidOn = (day: string, amount: number, refunded = 0) => ({ amount, refunded, paidAt: kolkata(day), n: 1 });

/** What is kept of an answer to a question of that moment. */
const said = (fetched: FetchedBill, bill: Bill = aBill(), when = at, known?: LiveBill): LiveBill =>
  saidBill(fetched, { bill, askedAt: when, answeredAt: when }, known);

/** What the bill becomes when its biller's system is asked at noon on 20 November and says this. */
function told(bill: Bill, fetched: FetchedBill, biller = outstandingTotal): Bill {
  return withLiveBill({ bill }, biller, said(fetched, bill)).bill;
}

describe("what a biller's own system says of a bill", () => {
  it("changes nothing where it says the same", () => {
    const bill = aBill();
    expect(told(bill, due(124_900, { dueDate: "2026-11-30", exactness: "EXACT" }))).toEqual(bill);
  });

  it("wins over what is stored: amount, due date, exactness and items", () => {
    const items = [{ name: "Energy 182 kWh", amount: inRupees(131_000) }];
    const bill = aBill();
    const live = said(due(131_000, { dueDate: "2026-12-05", exactness: "EXACT_DOWN", items }));
    const detail = { clickPayUrl: "https://bbps.io/abc", metadata: { meter: "77812" } };
    expect(withLiveBill({ bill, detail }, outstandingTotal, live)).toEqual({
      bill: { ...bill, amountDue: inRupees(131_000), dueDate: "2026-12-05", exactness: "EXACT_DOWN", toldAt: at },
      detail: { ...detail, items },
    });
  });

  it("is not taken in another currency", () => {
    const bill = aBill();
    const euros = { outcome: "due", amountDue: { value: 5_000, currency: "EUR" } } as FetchedBill;
    expect(told(bill, euros)).toBe(bill);
  });

  it("leaves the terms of a bill on which nothing is due", () => {
    const bill = aBill();
    expect(told(bill, { outcome: "nothing-due" })).toBe(bill);
  });

  it("does not make a bill due before it was issued", () => {
    expect(told(aBill(), due(124_900, { dueDate: "2026-11-01" })).dueDate).toBe("2026-11-30");
  });

  it("does not let a bill expire before it is due", () => {
    const bill = told(aBill({ expiresOn: "2026-12-10" }), due(124_900, { dueDate: "2026-12-20" }));
    expect(bill).toMatchObject({ dueDate: "2026-12-20", expiresOn: "2026-12-20" });
  });
});

describe("a total of a bill that is paid in part", () => {
  const partPaid = aBill({ payments: { "standard:a": paidOn("2026-11-16 10:00", 40_000) } });

  it("is what is still owed, unless the biller's settings say otherwise", () => {
    expect(told(partPaid, due(84_900)).amountDue).toEqual(inRupees(124_900));
    expect(told(partPaid, due(90_000)).amountDue).toEqual(inRupees(130_000));
    expect(outstanding(told(partPaid, due(90_000)), at)).toEqual(inRupees(90_000));
  });

  it("is the whole bill where the settings say so", () => {
    expect(told(partPaid, due(124_900), billedTotal).amountDue).toEqual(inRupees(124_900));
    expect(told(partPaid, due(130_000), billedTotal).amountDue).toEqual(inRupees(130_000));
    expect(told(partPaid, due(84_900), billedTotal).amountDue).toEqual(inRupees(84_900));
  });

  it("is taken for a system that does not know of the payment yet, for a day after it", () => {
    const lately = aBill({ payments: { "standard:a": paidOn("2026-11-20 11:00", 40_000) } });
    expect(told(lately, due(124_900)).amountDue).toEqual(inRupees(124_900));
    expect(told(partPaid, due(124_900)).amountDue).toEqual(inRupees(164_900));
  });

  it("is taken for a system that knows one of two payments of the last day, whichever that is", () => {
    const payments = {
      "standard:a": paidOn("2026-11-20 11:00", 40_000),
      "standard:b": paidOn("2026-11-20 11:55", 30_000),
    };
    const bill = aBill({ payments });
    expect(told(bill, due(84_900))).toEqual(bill);
    expect(told(bill, due(94_900))).toEqual(bill);
    expect(told(bill, due(54_900))).toEqual(bill);
    expect(outstanding(told(bill, due(60_000)), at)).toEqual(inRupees(60_000));
  });

  it("that is the same before and after a payment does not know of it, for a day", () => {
    const first = said(due(100_000));
    const bill = aBill({ payments: { "standard:a": paidOn("2026-11-20 12:10", 40_000) } });
    const hoursLater = (hours: number) => said(due(100_000), bill, at + hours * 3_600_000, first);
    const owed = (live: LiveBill) => outstanding(withLiveBill({ bill }, outstandingTotal, live).bill, at);
    expect(owed(hoursLater(1))).toEqual(inRupees(60_000));
    expect(owed(hoursLater(24))).toEqual(inRupees(60_000));
    expect(owed(hoursLater(25))).toEqual(inRupees(100_000));
    expect(owed(said(due(100_001), bill, at + 3_600_000, first))).toEqual(inRupees(100_001));
  });

  it("knows of what was given back by then, and of nothing that was given back later", () => {
    const refunded = aBill({ payments: { "standard:a": paidOn("2026-11-16 10:00", 40_000, 10_000) } });
    const owed = (live: LiveBill) => outstanding(withLiveBill({ bill: refunded }, outstandingTotal, live).bill, at);
    expect(owed(said(due(94_900), refunded))).toEqual(inRupees(94_900));
    expect(owed(said(due(84_900), partPaid))).toEqual(inRupees(94_900));
  });

  it("is read with what was paid when it was said, however old it is", () => {
    const live = said(due(90_000), partPaid);
    const more = { ...partPaid.payments, "standard:b": paidOn("2026-11-20 12:30", 10_000) };
    const bill = withLiveBill({ bill: { ...partPaid, payments: more } }, outstandingTotal, live).bill;
    expect(outstanding(bill, at)).toEqual(inRupees(80_000));
  });
});

describe("early and late amounts", () => {
  const early = { until: "2026-11-25", amount: inRupees(122_400) };
  const late = { from: "2026-12-01", amount: inRupees(127_400) };
  const dated = aBill({ early, late, minimum: inRupees(100_000) });

  it("stay where the total is what they come to on that day", () => {
    expect(told(dated, due(122_400))).toEqual(dated);
    const inDecember = said(due(127_400), dated, kolkata("2026-12-02 09:00"));
    expect(withLiveBill({ bill: dated }, outstandingTotal, inDecember).bill).toEqual(dated);
  });

  it("go where the total contradicts the one in force, and the other stays where it still can be", () => {
    const bill = told(dated, due(126_000));
    expect(bill).toMatchObject({ amountDue: inRupees(126_000), late });
    expect(bill).not.toHaveProperty("early");
    expect(told(dated, due(130_000))).not.toHaveProperty("late");
  });

  it("go where the new due date does not allow them, and what is asked stays", () => {
    const bill = told(dated, due(122_400, { dueDate: "2026-11-22" }));
    expect(bill).not.toHaveProperty("early");
    expect(amountAt(bill, at)).toEqual(inRupees(122_400));
    expect(told(dated, due(122_400, { dueDate: "2026-12-03" }))).not.toHaveProperty("late");
  });

  it("leave a minimum that is no more than the bill", () => {
    expect(told(dated, due(60_000)).minimum).toEqual(inRupees(60_000));
    expect(told(dated, due(126_000)).minimum).toEqual(inRupees(100_000));
  });
});

describe("whatever is said", () => {
  const value = fc.integer({ min: 1, max: 300_000 });
  const day = fc.integer({ min: -40, max: 40 }).map((days) => addDays("2026-11-20" as LocalDate, days));
  const bills = fc
    .record({
      amount: value,
      early: fc.option(fc.tuple(day, value)),
      late: fc.option(fc.tuple(day, value)),
      minimum: fc.option(value),
      expires: fc.option(day),
      dueDate: day,
      issuedOn: day,
      payments: fc.array(fc.tuple(fc.integer({ min: -30, max: 5 }), value, fc.nat(300_000)), { maxLength: 4 }),
    })
    .map(({ amount, early, late, minimum, expires, dueDate, issuedOn, payments }) =>
      aBill({
        amountDue: inRupees(amount),
        dueDate,
        issuedOn: earliest(issuedOn, dueDate),
        ...(early && { early: { until: early[0], amount: inRupees(early[1]) } }),
        ...(late && { late: { from: late[0], amount: inRupees(late[1]) } }),
        ...(minimum && { minimum: inRupees(Math.min(minimum, amount)) }),
        ...(expires && { expiresOn: expires }),
        payments: Object.fromEntries(
          payments.map(([days, paid, refunded], n) => [
            `standard:${n}`,
            { amount: paid, refunded: Math.min(paid, refunded), paidAt: at + days * 86_400_000, n },
          ]),
        ),
      }),
    );
  const saying = fc.record({ total: value, dueDate: fc.option(day), isBilled: fc.boolean() });

  it("no payment is added or lost, nothing becomes negative, and saying it again changes nothing", () => {
    fc.assert(
      fc.property(bills, saying, (bill, { total, dueDate, isBilled }) => {
        const biller = isBilled ? billedTotal : outstandingTotal;
        const live = said(due(total, dueDate ? { dueDate } : {}), bill);
        const { bill: once } = withLiveBill({ bill }, biller, live);
        expect(paidTotal(once)).toBe(paidTotal(bill));
        expect(once.payments).toEqual(bill.payments);
        expect(once.amountDue.value).toBeGreaterThan(0);
        expect(outstanding(once, at).value).toBeGreaterThanOrEqual(0);
        expect(once.issuedOn <= once.dueDate).toBe(true);
        expect(withLiveBill({ bill: once }, biller, live).bill).toEqual(once);
      }),
    );
  });

  it("a bill that is still to be paid asks for what was said", () => {
    fc.assert(
      fc.property(bills, value, (bill, total) => {
        const { payments: _payments, expiresOn: _expires, ...rest } = bill;
        const unpaid = { ...rest, payments: {} };
        const asked = told(unpaid, due(total));
        expect(statusOf(asked, at)).toBe("open");
        expect(outstanding(asked, at)).toEqual(inRupees(total));
      }),
    );
  });
});
