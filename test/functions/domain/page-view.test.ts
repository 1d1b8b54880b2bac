import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Exactness } from "../../../functions/domain/bill-input.ts";
import { pageView } from "../../../functions/domain/page-view.ts";
import { aBiller, aCustomer } from "../../support/builders.ts";
import {
  android,
  counted,
  factsOf,
  iphone,
  onDay,
  type Scene,
  type SceneName,
  sceneOf,
  scenes,
  viewOf,
} from "../pages/page-states.ts";

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
    ["nothing-due", "nothing-due"],
    ["live-fresh", "due"],
    ["live-stale", "due"],
    ["paused", "due"],
    ["pending", "due"],
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

describe("what a bill's page says beside the bill", () => {
  const said = (name: SceneName, changes: Scene = {}) => viewOf({ ...sceneOf(name), ...changes });

  it("is what the newest amendment changed, as it was before", () => {
    expect(said("amended").formerly).toEqual({ amount: inr(124_900) });
    expect(said("amended-dates").formerly).toEqual({ amount: inr(120_000), dueDate: "2026-11-28" });
    const back = viewOf({ bill: { amendedAt: onDay("2026-11-18"), formerly: { amountDue: 124_900 } } });
    expect(back).not.toHaveProperty("formerly");
  });

  it("is until when reminders rest, and which answer made them", () => {
    expect(said("paused")).toMatchObject({ pausedUntil: "2026-11-27" });
    expect(said("paused")).not.toHaveProperty("answered");
    expect(said("answered-will-pay").answered).toEqual({
      answer: "will-pay",
      on: "2026-11-20",
      payOn: "2026-11-27",
    });
    expect(said("answered-already-paid").answered).toEqual({ answer: "already-paid", on: "2026-11-20" });
    for (const over of [onDay("2026-11-23"), onDay("2026-11-24")]) {
      const view = said("answered-already-paid", { now: over });
      expect([view.answered, view.pausedUntil]).toEqual([undefined, undefined]);
    }
  });

  it("is no answer from before a pause of the biller's, but one given during it", () => {
    const { bill } = scenes["answered-already-paid"];
    const paused = { pausedAt: onDay("2026-11-21", "10:00"), pausedUntil: onDay("2026-12-20") };
    const view = viewOf({ bill: { ...bill, ...paused } });
    expect([view.answered, view.pausedUntil]).toEqual([undefined, "2026-12-20"]);
    const again = { answer: "already-paid", at: onDay("2026-11-21", "10:30") } as const;
    expect(viewOf({ bill: { ...bill, ...paused, answers: [...bill.answers, again] } }).answered).toEqual({
      answer: "already-paid",
      on: "2026-11-21",
    });
  });

  it("is the newer of two answers, also where it makes the pause no longer", () => {
    const { bill } = scenes["answered-will-pay"];
    const newer = { answer: "already-paid", at: onDay("2026-11-21", "10:00") } as const;
    expect(viewOf({ bill: { ...bill, answers: [...bill.answers, newer] } }).answered?.answer).toBe("already-paid");
  });

  it("is no pause and no answer once the bill is not payable", () => {
    const { bill } = scenes["answered-will-pay"];
    for (const ended of [scenes.paid.bill, scenes.canceled.bill]) {
      const view = viewOf({ bill: { ...bill, ...ended } });
      expect([view.answered, view.pausedUntil]).toEqual([undefined, undefined]);
    }
  });

  it("is not a wish for silence, which says nothing of paying", () => {
    const stopped = { answer: "stop", at: onDay("2026-11-21", "10:00") } as const;
    const { bill } = scenes["answered-will-pay"];
    const view = viewOf({ bill: { ...bill, answers: [...bill.answers, stopped] } });
    expect(view.answered?.answer).toBe("will-pay");
  });

  it.each([
    ["2026-11-21", "11:00", true],
    ["2026-11-21", "11:27", true],
    ["2026-11-21", "11:28", false],
    ["2026-11-24", "10:57", false],
  ])("is a payment under way, on %s at %s looked for again: %s", (day, time, refresh) => {
    const { pending } = said("pending", { now: onDay(day, time) });
    expect(pending).toEqual({ amount: inr(124_900), since: { date: "2026-11-21", time: "10:58" }, refresh });
  });

  it("is no payment under way after three days, or for a settled bill", () => {
    expect(said("pending", { now: onDay("2026-11-24", "10:58") })).not.toHaveProperty("pending");
    expect(viewOf({ bill: { ...scenes.pending.bill, ...scenes.paid.bill } })).not.toHaveProperty("pending");
  });

  it("is from when the figures are, by the biller's clocks", () => {
    expect(said("live-stale").live).toEqual({ outcome: "stale", at: { date: "2026-11-15", time: "09:30" } });
    const at = Date.parse("2026-11-21T23:30:00Z");
    const { live } = viewOf({ now: at, live: { outcome: "fresh", at, nothingDue: false } });
    expect(live).toEqual({ outcome: "fresh", at: { date: "2026-11-22", time: "05:00" } });
    expect(viewOf()).not.toHaveProperty("live");
  });

  it("asks for nothing where the biller's own system says that nothing is due, but keeps what was paid or canceled", () => {
    const { live } = scenes["nothing-due"];
    const view = viewOf({ bill: { ...scenes["due-flexible"].bill, ...scenes["part-paid"].bill }, live });
    expect(view).toMatchObject({ state: "nothing-due", outstanding: inr(0), paid: inr(50_000) });
    expect([view.ways, view.apps, view.datedAmounts]).toEqual([[], [], []]);
    expect(viewOf({ ...scenes.expired, live }).state).toBe("nothing-due");
    expect(viewOf({ ...scenes.paid, live }).state).toBe("paid");
    expect(viewOf({ ...scenes.canceled, live }).state).toBe("canceled");
  });

  it("hands on the mark of the message, the logo, and the app that did not open if it may be one", () => {
    expect(viewOf({ mark: "sAb" }).mark).toBe("sAb");
    expect(said("due-every-rail").logo).toMatch(/^data:image/);
    expect(said("missing-app").missingApp).toBe("phonepe");
    for (const missingApp of ["", '"><b>', "a".repeat(33), "PhonePe"])
      expect(viewOf({ missingApp })).not.toHaveProperty("missingApp");
  });

  it("has links for the payment apps of a phone where the amount is fixed", () => {
    for (const device of [android, iphone]) {
      expect(viewOf({ device }).apps.filter(({ link }) => link).length).toBeGreaterThan(2);
      expect(viewOf({ ...scenes["due-flexible"], device }).apps).toEqual([]);
    }
    expect(viewOf({ ...scenes.paid, device: android }).apps).toEqual([]);
  });
});

describe("the ways to pay", () => {
  it("are a link for this device and another for the QR code, each with its own reference", () => {
    const [way] = viewOf().ways;
    expect(way?.link).toMatch(/&am=1249\.00&cu=INR&mode=04$/);
    expect(way?.code).toMatch(/&am=1249\.00&cu=INR&mode=01$/);
    const references = [way?.link, way?.code].map((link) => /&tr=([A-Za-z0-9]+)/.exec(link ?? "")?.[1]);
    expect(new Set(references).size).toBe(2);
  });

  it("are none where the biller has no rail, or none for the currency", () => {
    expect(viewOf(scenes["no-rail"]).ways).toEqual([]);
    expect(viewOf({ bill: { amountDue: { value: 5_000, currency: "SGD" } } }).ways).toEqual([]);
  });

  it("are those the rails offer whenever something is to be paid, and none otherwise", () => {
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
          const scene = { bill: { exactness, payments, ...(canceled && { canceled: { at: onDay("2026-11-20") } }) } };
          const { ways } = factsOf();
          const { outstanding, state, ways: shown } = pageView({ ...factsOf(scene), ways });
          expect(shown).toEqual(outstanding.value > 0 ? ways : []);
          if (["paid", "overpaid", "canceled"].includes(state)) expect(shown).toEqual([]);
        },
      ),
    );
  });
});
