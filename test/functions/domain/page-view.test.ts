import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Exactness } from "../../../functions/domain/bill.ts";
import { aBiller, aCustomer } from "../../support/builders.ts";
import { counted, onDay, scenes, viewOf } from "../pages/page-states.ts";

const inr = (value: number) => ({ value, currency: "INR" });

describe("what a bill's page says", () => {
  it.each([
    ["due", "due"],
    ["due-today", "due-today"],
    ["overdue", "overdue"],
    ["part-paid", "part-paid"],
    ["part-paid-overdue", "part-paid"],
    ["paid", "paid"],
    ["paid-in-parts", "paid"],
    ["overpaid", "overpaid"],
    ["refunded", "due"],
    ["canceled", "canceled"],
    ["canceled-part-paid", "canceled"],
    ["expired", "expired"],
  ] as const)("of a bill that is %s is %s", (name, state) => {
    expect(viewOf(scenes[name]).state).toBe(state);
  });

  it("goes by the biller's calendar, not the customer's", () => {
    const customer = aCustomer({ timeZone: "America/New_York" });
    expect(viewOf({ bill: { customer }, now: onDay("2026-12-01", "00:00") }).state).toBe("overdue");
    expect(viewOf({ bill: { customer }, now: onDay("2026-12-01", "00:00") - 1 }).state).toBe("due-today");
  });

  it("shows no more of the customer than first letters", () => {
    const text = JSON.stringify(viewOf());
    expect(text).toContain("A••• S••");
    for (const secret of ["Asha", "Sen", "9830", "asha", "10023"]) expect(text).not.toContain(secret);
  });

  it("of a part-paid bill tells what was paid and what is left", () => {
    const { amount, paid, outstanding } = viewOf(scenes["part-paid"]);
    expect([amount, paid, outstanding]).toEqual([inr(124_900), inr(50_000), inr(74_900)]);
  });

  it("of a paid bill is its receipt: when, how much, under which reference", () => {
    const { settledOn, paid, payments, ways } = viewOf(scenes.paid);
    expect({ settledOn, paid, ways }).toEqual({ settledOn: "2026-11-20", paid: inr(124_900), ways: [] });
    expect(payments).toEqual([
      { reference: expect.stringMatching(/^[0-9A-Z]{6,11}$/), amount: inr(124_900), paidOn: "2026-11-20" },
    ]);
  });

  it("keeps a receipt's reference whatever comes after it", () => {
    const [first] = viewOf(scenes.paid).payments;
    const [again, other] = viewOf(scenes.overpaid).payments;
    expect(again?.reference).toBe(first?.reference);
    expect(other?.reference).not.toBe(first?.reference);
  });

  it("of an overpaid bill tells what was too much", () => {
    expect(viewOf(scenes.overpaid).excess).toEqual(inr(124_900));
    expect(viewOf(scenes.paid).excess).toBeUndefined();
  });

  it("of a bill paid early is the early amount, also when a later date asks for more", () => {
    const dated = scenes["due-flexible"].bill;
    const view = viewOf({
      bill: { ...dated, payments: { "standard:1": counted(122_400, "2026-11-20") } },
      now: onDay("2026-12-05"),
    });
    expect([view.state, view.amount]).toEqual(["paid", inr(122_400)]);
  });

  it("of a refunded payment names the refund, and asks again", () => {
    const view = viewOf(scenes.refunded);
    expect(view.payments[0]?.refunded).toEqual(inr(124_900));
    expect(view.outstanding).toEqual(inr(124_900));
  });

  it.each([
    ["2026-11-25", 0],
    ["2026-11-26", 1],
    ["2026-11-30", 1],
    ["2026-12-01", 2],
  ])("on %s marks the amount of that day", (day, at) => {
    const { datedAmounts, amount } = viewOf({ bill: scenes["due-flexible"].bill, now: onDay(day) });
    expect(datedAmounts.map(({ now }) => now)).toEqual([0, 1, 2].map((n) => n === at));
    expect(datedAmounts[at]?.amount).toEqual(amount);
    expect(datedAmounts.map(({ from, until }) => [from, until])).toEqual([
      [undefined, "2026-11-25"],
      ["2026-11-26", "2026-11-30"],
      ["2026-12-01", undefined],
    ]);
  });

  it("links to the biller's present header", () => {
    const { path } = viewOf({ biller: aBiller({ header: "NEWPOWR", formerHeaders: ["EXPOWR"] }) });
    expect(path).toMatch(/^\/NEWPOWR\/[1-9A-Za-z]{13}$/);
  });
});

describe("the ways to pay", () => {
  it("are a link for this device and another for the QR code, each with its own reference", () => {
    const [way] = viewOf().ways;
    expect(way?.link).toMatch(/&am=1249\.00&cu=INR&mode=04$/);
    expect(way?.qrLink).toMatch(/&am=1249\.00&cu=INR&mode=01$/);
    const references = [way?.link, way?.qrLink].map((link) => /&tr=([A-Za-z0-9]+)/.exec(link ?? "")?.[1]);
    expect(new Set(references).size).toBe(2);
  });

  it("fix an exact amount, and let a flexible one be changed down to its minimum", () => {
    expect(viewOf().ways[0]?.link).not.toContain("mam=");
    expect(viewOf(scenes["due-flexible"]).ways[0]?.link).toContain("&am=1224.00&mam=100.00&");
  });

  it("are none where the biller has no rail, or none for the currency", () => {
    expect(viewOf(scenes["no-rail"]).ways).toEqual([]);
    expect(viewOf({ bill: { amountDue: { value: 5_000, currency: "SGD" } } }).ways).toEqual([]);
  });

  it("ask for what is outstanding whenever something is, and for nothing else", () => {
    const payment = fc.record({ amount: fc.integer({ min: 1, max: 150_000 }), day: fc.integer({ min: 15, max: 30 }) });
    fc.assert(
      fc.property(
        fc.constantFrom(...Exactness.options),
        fc.array(payment, { maxLength: 3 }),
        fc.boolean(),
        (exactness, paid, canceled) => {
          const payments = Object.fromEntries(
            paid.map(({ amount, day }, n) => [`bus:${n}`, counted(amount, `2026-11-${day}`, n)]),
          );
          const view = viewOf({
            bill: { exactness, payments, ...(canceled && { canceled: { at: onDay("2026-11-20") } }) },
          });
          expect(view.ways.length).toBe(view.outstanding.value > 0 ? 1 : 0);
          const owed = (view.outstanding.value / 100).toFixed(2);
          for (const { link, qrLink } of view.ways)
            expect([link, qrLink].every((each) => each.includes(`&am=${owed}&`))).toBe(true);
          if (["paid", "overpaid", "canceled"].includes(view.state)) expect(view.ways).toEqual([]);
        },
      ),
    );
  });
});
