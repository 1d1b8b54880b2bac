import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Addresses, EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Bill } from "../../../functions/domain/bill.ts";
import type { Biller } from "../../../functions/domain/biller.ts";
import {
  firstStop,
  type PlannedStep,
  pendingSteps,
  planSteps,
  presentStep,
} from "../../../functions/domain/cadence.ts";
import { toIso } from "../../../functions/domain/local-time.ts";
import { aBill, aBiller, aCustomer } from "../../support/builders.ts";
import { kolkata, told } from "./reminder-words.ts";

const step = (name: string, days: number, at: string, relativeTo: "issuedOn" | "dueDate" = "dueDate") => ({
  step: name,
  relativeTo,
  days,
  at,
});

/** The plan in words: `issued 2026-11-15 10:00`. */
const planned = (bill: Bill, biller: Biller): readonly string[] =>
  planSteps(bill, biller).map(
    ({ step, moment, beforeIssue }) => `${step.step} ${told(moment)}${beforeIssue ? " (before issue)" : ""}`,
  );

const sms = new PhoneNumber("+919830012345");
const email = new EmailAddress("asha@example.org");

describe("the plan of a bill", () => {
  it("has every step at its local time, in order", () => {
    expect(planned(aBill(), aBiller())).toEqual([
      "issued 2026-11-15 10:00",
      "due-soon 2026-11-27 10:00",
      "due-today 2026-11-30 09:00",
      "overdue 2026-12-03 11:00",
      "overdue-2 2026-12-07 11:00",
    ]);
  });

  it("is in order of time, however the cadence is written", () => {
    const biller = aBiller({ cadence: aBiller().cadence.toReversed() });
    expect(planned(aBill(), biller)).toEqual(planned(aBill(), aBiller()));
  });

  it("goes by the customer's clock, not the biller's", () => {
    const bill = aBill({ customer: aCustomer({ timeZone: "America/New_York" }) });
    const [issued] = planSteps(bill, aBiller());
    expect(toIso(issued?.moment ?? 0)).toBe("2026-11-15T15:00:00.000Z");
  });

  it("moves steps into the window, over weekends and holidays", () => {
    const window = {
      start: "09:30",
      end: "18:00",
      days: ["mon", "tue", "wed", "thu", "fri"],
      holidays: ["2026-11-16", "2026-11-30"],
    } as const;
    const biller = aBiller({ window: { ...window, days: [...window.days], holidays: [...window.holidays] } });
    expect(planned(aBill(), biller)).toEqual([
      "issued 2026-11-17 09:30",
      "due-soon 2026-11-27 10:00",
      "due-today 2026-12-01 09:30",
      "overdue 2026-12-03 11:00",
      "overdue-2 2026-12-07 11:00",
    ]);
  });

  it("keeps the order of steps that the window moves to one moment, so that the newer one is said", () => {
    const window = { start: "09:00", end: "20:00", days: ["mon" as const] };
    const cadence = [step("overdue", 1, "10:00"), step("due-today", 0, "10:00"), step("due-soon", -1, "10:00")];
    const bill = aBill({ dueDate: "2026-12-04" });
    const plan = planSteps(bill, aBiller({ cadence, window }));
    expect(plan.map(({ step, moment }) => `${step.step} ${told(moment)}`)).toEqual([
      "due-soon 2026-12-07 09:00",
      "due-today 2026-12-07 09:00",
      "overdue 2026-12-07 09:00",
    ]);
    expect(presentStep(plan, kolkata("2026-12-07 09:00"))).toBe(2);
  });

  it("has no step before the issue date, also of a bill handed over long before it", () => {
    const bill = aBill({ issuedOn: "2026-11-29" });
    expect(planned(bill, aBiller())).toEqual([
      "due-soon 2026-11-29 09:00 (before issue)",
      "issued 2026-11-29 10:00",
      "due-today 2026-11-30 09:00",
      "overdue 2026-12-03 11:00",
      "overdue-2 2026-12-07 11:00",
    ]);
  });

  it("has each step once in the days when the clocks change", () => {
    const bill = aBill({
      customer: aCustomer({ timeZone: "America/New_York" }),
      issuedOn: "2026-03-01",
      dueDate: "2026-03-08",
    });
    const cadence = [-1, 0, 1].map((days) => step(`d${days + 1}`, days, "02:30"));
    const { window: _window, ...open } = aBiller({ cadence });
    expect(planSteps(bill, open).map(({ moment }) => toIso(moment))).toEqual([
      "2026-03-07T07:30:00.000Z",
      "2026-03-08T07:30:00.000Z",
      "2026-03-09T06:30:00.000Z",
    ]);
  });

  it("is in order, within the window and never before its local time, for every cadence", () => {
    const anyStep = fc.record({
      relativeTo: fc.constantFrom("issuedOn" as const, "dueDate" as const),
      days: fc.integer({ min: -40, max: 40 }),
      at: fc.constantFrom("00:00", "02:30", "09:00", "12:00", "23:59"),
    });
    fc.assert(
      fc.property(fc.array(anyStep, { minLength: 1, maxLength: 10 }), (steps) => {
        const cadence = steps.map((rest, n) => ({ step: `s${n}`, ...rest }));
        const plan = planSteps(aBill(), aBiller({ cadence }));
        const moments = plan.map(({ moment }) => moment);
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
        expect(plan).toHaveLength(cadence.length);
        for (const { moment, beforeIssue } of plan) {
          expect(moment).toBeGreaterThanOrEqual(kolkata("2026-11-15 00:00"));
          expect(told(moment).slice(11) >= "09:00" && told(moment).slice(11) < "20:00").toBe(true);
          if (beforeIssue) expect(told(moment)).toBe("2026-11-15 09:00");
        }
      }),
    );
  });
});

describe("the step that ought to be said now", () => {
  const plan = planSteps(aBill(), aBiller());
  const present = (pending: readonly PlannedStep[], now: string): string | undefined =>
    pending[presentStep(pending, kolkata(now))]?.step.step;

  it.each([
    ["2026-11-10 10:00", "issued"],
    ["2026-11-15 10:00", "issued"],
    ["2026-11-27 09:59", "issued"],
    ["2026-11-27 10:00", "due-soon"],
    ["2026-12-05 10:00", "overdue"],
    ["2027-12-05 10:00", "overdue-2"],
  ])("at %s is %s", (now, name) => {
    expect(present(plan, now)).toBe(name);
  });

  it("is none that has ended", () => {
    expect(present(pendingSteps(plan, ["due-soon", "issued"]), "2026-11-28 10:00")).toBe("due-today");
    expect(pendingSteps(plan, ["issued", "due-soon", "due-today", "overdue", "overdue-2"])).toEqual([]);
  });

  it("is none from before the issue date, unless nothing else is left", () => {
    const late = planSteps(aBill({ issuedOn: "2026-11-29" }), aBiller());
    expect(present(late, "2026-11-20 10:00")).toBe("issued");
    expect(present(late, "2026-11-29 09:30")).toBe("issued");
    expect(present(late.slice(0, 1), "2026-11-29 09:30")).toBe("due-soon");
  });
});

describe("the first stop of what is to come", () => {
  const plan = planSteps(aBill(), aBiller());

  it("is the first hop of the first step", () => {
    expect(firstStop(aBill(), plan)).toEqual({
      step: "issued",
      hop: 0,
      channel: "whatsapp",
      at: kolkata("2026-11-15 10:00"),
    });
    expect(firstStop(aBill(), [])).toBeUndefined();
  });

  it("is the first hop that there is an address for", () => {
    const only = (addresses: Addresses): Bill => aBill({ customer: aCustomer({ addresses }) });
    expect(firstStop(only({ email }), plan)).toMatchObject({ hop: 2, channel: "email" });
    expect(firstStop(only({ sms, email }), plan)).toMatchObject({ hop: 1, channel: "sms" });
  });

  it("is the first hop where there is no address for any, so that this is recorded", () => {
    const bill = aBill({ customer: aCustomer({ addresses: { email } }) });
    expect(firstStop(bill, plan.slice(4))).toMatchObject({ step: "overdue-2", hop: 0, channel: "sms" });
  });
});
