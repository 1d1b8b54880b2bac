import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import { planSteps, windowOf } from "../../../functions/domain/cadence.ts";
import { putOff } from "../../../functions/domain/decision.ts";
import { capWait, spendWait } from "../../../functions/domain/held-reminder.ts";
import type { Channel } from "../../../functions/domain/ids.ts";
import { localOf, type Moment, mondayOf, type TimeZone } from "../../../functions/domain/local-time.ts";
import { parseDue } from "../../../functions/domain/progress.ts";
import { planned } from "../../../functions/domain/registration.ts";
import { isWindowOpen } from "../../../functions/domain/send-window.ts";
import { aBiller, aCustomer } from "../../support/builders.ts";
import { biller, decided, inWords, kolkata, outcome, standing } from "./reminder-words.ts";

/** The situation of a bill at its cursor. */
function situation(bill: Bill, now: Moment, settings: Biller = biller) {
  const { cursor } = bill.progress;
  if (!cursor) throw new Error("the bill waits for nothing");
  return { bill, biller: settings, cursor, notifications: [], now };
}

const issued = (progress: Parameters<typeof standing>[1] = {}, overrides: Parameters<typeof standing>[2] = {}): Bill =>
  standing("issued 0 whatsapp 2026-11-15 10:00", progress, overrides);

/** The bill after its stop was put off. */
function held(bill: Bill, now: string, full: "day-full" | "week-full" | "spent"): Bill {
  const about = situation(bill, kolkata(now));
  const decision = full === "spent" ? spendWait(about) : capWait(about, full);
  if (decision.do !== "wait") throw new Error("the stop is not put off");
  return { ...bill, progress: putOff(bill.progress, decision.stop, { biller: bill.biller, now: kolkata(now) }) };
}

describe("a reminder that its customer may not get any more", () => {
  it("today waits for the morning of the customer's next day", () => {
    const decision = capWait(situation(issued(), kolkata("2026-11-15 10:01")), "day-full");
    expect(inWords(decision.stop)).toBe("issued 0 whatsapp 2026-11-16 09:00");
    expect(decision.stop.held).toBe("frequency-cap");
  });

  it("this week waits for Monday", () => {
    // 15 November 2026 is a Sunday, the 17th a Tuesday.
    expect(inWords(capWait(situation(issued(), kolkata("2026-11-15 10:01")), "week-full").stop)).toContain(
      "11-16 09:00",
    );
    expect(inWords(capWait(situation(issued(), kolkata("2026-11-17 10:01")), "week-full").stop)).toContain(
      "11-23 09:00",
    );
  });

  it("waits by the customer's calendar, and for a day on which the window opens", () => {
    const settings = aBiller({ window: { start: "09:00", end: "20:00", days: ["mon", "wed"] } });
    const dubai = aCustomer({ timeZone: "Asia/Dubai" });
    const bill = issued({}, { customer: dubai });
    const decision = capWait(situation(bill, kolkata("2026-11-16 12:00"), settings), "day-full");
    expect(inWords(decision.stop)).toBe("issued 0 whatsapp 2026-11-18 10:30");
  });

  it("waits no longer than until the next step takes its place", () => {
    const soon = standing("due-soon 0 whatsapp 2026-11-27 10:00", { done: ["issued"] });
    const decision = capWait(situation(soon, kolkata("2026-11-27 10:01")), "week-full");
    expect(inWords(decision.stop)).toBe("due-soon 0 whatsapp 2026-11-30 09:00");
    const noon = standing("due-soon 0 whatsapp 2026-11-27 10:00", { done: ["issued"] }, { dueDate: "2026-11-28" });
    expect(inWords(capWait(situation(noon, kolkata("2026-11-27 10:01")), "week-full").stop)).toContain("11-28 09:00");
  });

  it("is recorded under the cap, not as superseded, when the next step comes first", () => {
    const bill = held(issued(), "2026-11-26 10:01", "week-full");
    expect(outcome(decided(bill, "2026-11-30 09:01"))).toEqual([
      "issued 0 whatsapp not sent: frequency-cap",
      "due-soon 0 whatsapp not sent: superseded",
      "then due-today 0 whatsapp 2026-11-30 09:00",
    ]);
  });

  it("is recorded under the cap when the bill expires first, and under its payment when it is paid", () => {
    const bill = held(issued({}, { dueDate: "2026-11-16", expiresOn: "2026-11-16" }), "2026-11-15 10:01", "day-full");
    expect(outcome(decided(bill, "2026-11-17 09:01"))[0]).toBe("issued 0 whatsapp not sent: frequency-cap");
    const payment = { amount: 124_900, refunded: 0, paidAt: kolkata("2026-11-15 12:00"), n: 0 };
    const paid = { ...bill, payments: { "standard:a": payment } };
    expect(outcome(decided(paid, "2026-11-16 09:01"))[0]).toBe("issued 0 whatsapp not sent: paid");
  });

  it("is sent when its day has come", () => {
    const bill = held(issued(), "2026-11-15 10:01", "day-full");
    expect(outcome(decided(bill, "2026-11-16 09:01"))[0]).toBe("send issued by whatsapp");
  });

  it("stays held by the cap through a pause, and through an amendment that leaves its step", () => {
    const bill = held(issued(), "2026-11-15 10:01", "day-full");
    const paused = { ...bill, pausedUntil: kolkata("2026-11-18 12:00") };
    const waiting = decided(paused, "2026-11-16 09:01");
    if (waiting.do !== "wait") throw new Error("the pause does not hold it");
    const off = putOff(paused.progress, waiting.stop, { biller: bill.biller, now: kolkata("2026-11-16 09:01") });
    expect(off.cursor).toMatchObject({ at: kolkata("2026-11-18 12:00"), held: "frequency-cap" });
    expect(planned({ ...bill, title: "other" }, biller, kolkata("2026-11-15 12:00")).cursor?.held).toBe(
      "frequency-cap",
    );
    expect(planned({ ...bill, progress: { ...bill.progress, done: ["issued"] } }, biller, 0).cursor).not.toHaveProperty(
      "held",
    );
  });

  it("is held by the newest cap only", () => {
    const last = standing("issued 2 email 2026-11-15 15:00");
    const once = held(last, "2026-11-15 15:01", "day-full");
    expect(held(once, "2026-11-16 09:01", "spent").progress.cursor?.held).toBe("spend-cap");
  });
});

describe("a reminder that there is no money left for", () => {
  it("is passed on to the next hop of its step at once, and recorded", () => {
    expect(outcome(spendWait(situation(issued(), kolkata("2026-11-15 10:01"))))).toEqual([
      "issued 0 whatsapp not sent: spend-cap",
      "then issued 1 sms 2026-11-15 10:01",
    ]);
  });

  it("waits at its last hop for the biller's next day, in the customer's window", () => {
    const last = standing("issued 2 email 2026-11-15 15:00");
    const decision = spendWait(situation(last, kolkata("2026-11-15 15:01")));
    expect(outcome(decision)).toEqual(["wait for issued 2 email 2026-11-16 09:00"]);
    expect(decision.do === "wait" && decision.stop.held).toBe("spend-cap");
  });

  it("waits where the hops behind it have no address", () => {
    const only = standing(
      "issued 0 whatsapp 2026-11-15 10:00",
      {},
      {
        customer: aCustomer({ addresses: { whatsapp: aCustomer().addresses.whatsapp } as never }),
      },
    );
    expect(outcome(spendWait(situation(only, kolkata("2026-11-15 10:01"))))[0]).toMatch(/^wait for issued 0 whatsapp/);
  });

  it("waits no longer than until the next step, which may go by a channel that has money", () => {
    const cadence = [
      {
        step: "a",
        relativeTo: "dueDate" as const,
        days: 0,
        at: "10:00",
        message: "issued",
        hops: [{ channel: "sms" as const }],
      },
      {
        step: "b",
        relativeTo: "dueDate" as const,
        days: 0,
        at: "16:00",
        message: "overdue",
        hops: [{ channel: "email" as const }],
      },
    ];
    const settings = aBiller({ cadence });
    const bill = standing("a 0 sms 2026-11-30 10:00");
    const decision = spendWait(situation(bill, kolkata("2026-11-30 10:01"), settings));
    expect(outcome(decision)).toEqual(["wait for a 0 sms 2026-11-30 16:00"]);
  });
});

describe("a stop that a cap puts off", () => {
  const zones = [
    "Asia/Kolkata",
    "America/New_York",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "America/Havana",
  ] as TimeZone[];
  const window = fc.constantFrom(["09:00", "20:00"], ["00:00", "23:59"], ["02:00", "02:30"], ["23:30", "23:59"]);
  const about = fc.record({
    zone: fc.constantFrom(...zones),
    window,
    category: fc.constantFrom("electricity", "gas"),
    now: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
    full: fc.constantFrom("day-full" as const, "week-full" as const, "spent" as const),
    hop: fc.constantFrom(["0", "whatsapp"] as const, ["2", "email"] as const),
    due: fc.constantFrom("2026-03-08", "2026-06-30", "2026-11-01", "2026-12-31"),
  });

  it("is always put off to later, into the window, and to another day unless a step takes its place", () => {
    fc.assert(
      fc.property(about, ({ zone, window: [start = "", end = ""], category, now, full, hop: [hop, channel], due }) => {
        const rules = [{ categories: ["gas"], window: { start: "00:10", end: "23:55" }, caps: { perDay: 1 } }];
        const settings = aBiller({ window: { start, end }, rules });
        const overrides = { category, customer: aCustomer({ timeZone: zone }), issuedOn: "2026-01-01", dueDate: due };
        const bill = standing(`issued ${hop} ${channel as Channel} 2026-01-01 10:00`, {}, overrides);
        const about = situation(bill, now, settings);
        const decision = full === "spent" ? spendWait(about) : capWait(about, full);
        if (decision.do === "pass") {
          expect(hop).toBe("0");
          return;
        }
        const { at } = decision.stop;
        expect(at).toBeGreaterThan(now);
        expect(isWindowOpen(at, windowOf(bill, settings), zone)).toBe(true);
        const { cursor } = putOff(bill.progress, decision.stop, { biller: bill.biller, now });
        expect(Date.parse(`${parseDue(cursor?.due ?? "").minute}Z`)).toBeGreaterThanOrEqual(at);
        const calendar = full === "spent" ? bill.zone : zone;
        const [then, today] = [localOf(at, calendar).date, localOf(now, calendar).date];
        if (planSteps(bill, settings).some(({ moment }) => moment === at)) return;
        expect(full === "week-full" ? mondayOf(then) > mondayOf(today) : then > today).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
