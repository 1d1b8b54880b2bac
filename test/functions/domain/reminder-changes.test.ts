import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import { goOn } from "../../../functions/domain/decision.ts";
import { cursorAt } from "../../../functions/domain/progress.ts";
import { nextReminder, planAgain } from "../../../functions/domain/reminder.ts";
import { aBill, aBiller } from "../../support/builders.ts";
import {
  biller,
  claimAt,
  decided,
  doneBy,
  inWords,
  known,
  kolkata,
  outcome,
  standing,
  stopAt,
} from "./reminder-words.ts";

describe("a paused bill", () => {
  const pausedUntil = kolkata("2026-11-28 10:00");

  it("waits until the pause is over", () => {
    const bill = standing("due-soon 0 whatsapp 2026-11-27 10:00", { done: ["issued"] }, { pausedUntil });
    expect(outcome(decided(bill, "2026-11-27 10:01"))).toEqual(["wait for due-soon 0 whatsapp 2026-11-28 10:00"]);
    expect(outcome(decided(bill, "2026-11-28 10:01"))[0]).toBe("send due-soon by whatsapp");
  });

  it("keeps the hop of a begun step through pause and resume, and its wait", () => {
    const begun = standing("issued 1 sms 2026-11-15 10:31", { claim: claimAt("issued 0 whatsapp 2026-11-15 10:01") });
    const paused = { ...begun, pausedUntil };
    const held = planAgain(paused, biller, kolkata("2026-11-15 10:05"));
    expect(inWords(held)).toBe("issued 1 sms 2026-11-28 10:00");
    const stop = held ?? stopAt("");
    const resumed = {
      ...paused,
      pausedUntil: kolkata("2026-11-15 10:06"),
      progress: { ...paused.progress, cursor: cursorAt(stop, begun.biller, 0) },
    };
    expect(inWords(planAgain(resumed, biller, kolkata("2026-11-15 10:06")))).toBe("issued 1 sms 2026-11-15 10:31");
  });

  it("does not send a hop before its wait is over because a pause ended", () => {
    const bill = standing("issued 1 sms 2026-11-15 10:06", { claim: claimAt("issued 0 whatsapp 2026-11-15 10:01") });
    const accepted = known("issued", 0, { acceptedAt: 1 });
    expect(outcome(decided(bill, "2026-11-15 10:08", [accepted]))).toEqual(["wait for issued 1 sms 2026-11-15 10:31"]);
  });

  it("comes forward again when a second pause is shorter than the first", () => {
    const begun = standing("issued 1 sms 2026-12-20 10:00", { claim: claimAt("issued 0 whatsapp 2026-11-15 10:01") });
    const stop = planAgain({ ...begun, pausedUntil: kolkata("2026-11-16 12:00") }, biller, kolkata("2026-11-15 11:00"));
    expect(inWords(stop)).toBe("issued 1 sms 2026-11-16 12:00");
  });
});

describe("after an outage of days", () => {
  it("only the present step is sent, the others are superseded", () => {
    const decision = decided(standing("issued 0 whatsapp 2026-11-15 10:00"), "2026-11-30 15:00");
    expect(outcome(decision)).toEqual([
      "issued 0 whatsapp not sent: superseded",
      "due-soon 0 whatsapp not sent: superseded",
      "then due-today 0 whatsapp 2026-11-30 09:00",
    ]);
    expect(doneBy(decision)).toEqual(["issued", "due-soon"]);
  });

  it("the last step is sent however late", () => {
    const decision = decided(
      standing("overdue-2 0 sms 2026-12-07 11:00", { done: ["issued", "due-soon", "due-today", "overdue"] }),
      "2027-02-01 11:00",
    );
    expect(outcome(decision)[0]).toBe("send overdue by sms");
  });

  it("a step that ended is never repeated when the due date moves", () => {
    const bill = standing(
      "close 0 sms 2026-12-07 11:11",
      { done: ["issued", "due-soon", "due-today"], claim: claimAt("due-today 0 whatsapp 2026-11-30 09:01") },
      { dueDate: "2027-01-31" },
    );
    expect(inWords(planAgain(bill, biller, kolkata("2026-12-01 10:00")))).toBe("overdue 0 whatsapp 2027-02-03 11:00");
  });

  it("steps from before the issue date are superseded, not sent one after the other", () => {
    const bill = standing("due-soon 0 whatsapp 2026-11-29 09:00", {}, { issuedOn: "2026-11-29" });
    expect(outcome(decided(bill, "2026-11-29 09:01"))).toEqual([
      "due-soon 0 whatsapp not sent: superseded",
      "then issued 0 whatsapp 2026-11-29 10:00",
    ]);
  });
});

describe("settings that change under a bill in flight", () => {
  const stop = "due-today 0 whatsapp 2026-11-30 09:00";
  const done = ["issued", "due-soon"];

  it("supersede a step they no longer have", () => {
    const settings = aBiller({ cadence: biller.cadence.filter(({ step }) => step !== "due-today") });
    const decision = decided(standing(stop, { done }), "2026-11-30 09:01", [], settings);
    expect(outcome(decision)).toEqual([
      "due-today 0 whatsapp not sent: superseded",
      "then overdue 0 whatsapp 2026-12-03 11:00",
    ]);
    expect(doneBy(decision)).toEqual([...done, "due-today"]);
  });

  it("supersede a hop they no longer have, of a step already begun", () => {
    const settings = aBiller({ hops: [{ channel: "whatsapp" }, { channel: "email" }] });
    const bill = standing("due-today 1 sms 2026-11-30 09:31", {
      done,
      claim: claimAt("due-today 0 whatsapp 2026-11-30 09:01"),
    });
    const decision = decided(bill, "2026-11-30 09:32", [known("due-today", 0, { acceptedAt: 1 })], settings);
    expect(outcome(decision)).toEqual([
      "due-today 1 sms not sent: superseded",
      "then overdue 0 whatsapp 2026-12-03 11:00",
    ]);
  });

  it("send a step not yet begun by their new first channel", () => {
    const settings = aBiller({ hops: [{ channel: "sms" }] });
    expect(outcome(decided(standing(stop, { done }), "2026-11-30 09:01", [], settings))).toEqual([
      "wait for due-today 0 sms 2026-11-30 09:00",
    ]);
    const reentered = standing("due-today 0 sms 2026-11-30 09:00", { done });
    expect(outcome(decided(reentered, "2026-11-30 09:02", [], settings))[0]).toBe("send due-today by sms");
  });

  it("move a step that they put later", () => {
    const settings = aBiller({
      cadence: biller.cadence.map((step) => (step.step === "due-today" ? { ...step, at: "17:00" } : step)),
    });
    expect(outcome(decided(standing(stop, { done }), "2026-11-30 09:01", [], settings))).toEqual([
      "wait for due-today 0 whatsapp 2026-11-30 17:00",
    ]);
  });

  it("supersede a new step whose place in time has passed, rather than sending it after its successor", () => {
    const extra = { step: "due-tomorrow", relativeTo: "dueDate", days: -1, at: "10:00" } as const;
    const settings = aBiller({ cadence: [...biller.cadence, extra] });
    const decision = decided(standing(stop, { done }), "2026-11-30 09:01", [], settings);
    expect(outcome(decision)).toEqual([
      "due-tomorrow 0 whatsapp not sent: superseded",
      "then due-today 0 whatsapp 2026-11-30 09:00",
    ]);
    expect(doneBy(decision)).toEqual([...done, "due-tomorrow"]);
  });

  it("are taken up at the last look", () => {
    const bill = standing("close 0 sms 2026-12-07 11:11", { done: [...done, "due-today", "overdue", "overdue-2"] });
    const extra = { step: "overdue-3", relativeTo: "dueDate", days: 14, at: "11:00" } as const;
    expect(outcome(decided(bill, "2026-12-07 11:12"))).toEqual(["then nothing"]);
    expect(outcome(decided(bill, "2026-12-07 11:12", [], aBiller({ cadence: [...biller.cadence, extra] })))).toEqual([
      "then overdue-3 0 whatsapp 2026-12-14 11:00",
    ]);
  });
});

describe("planning again", () => {
  const now = kolkata("2026-11-20 10:00");
  const paid = { payments: { "standard:a": { amount: 124_900, refunded: 0, paidAt: now, n: 0 } } };

  it("gives a bill that is no longer payable one last look where a hop was claimed, else none", () => {
    const claimed = standing(
      "due-soon 0 whatsapp 2026-11-27 10:00",
      { done: ["issued"], claim: claimAt("issued 0 whatsapp 2026-11-15 10:01") },
      paid,
    );
    expect(inWords(planAgain(claimed, biller, now))).toBe("close 0 whatsapp 2026-11-20 10:00");
    expect(planAgain(standing("issued 0 whatsapp 2026-11-15 10:00", {}, paid), biller, now)).toBeUndefined();
  });

  it("brings a begun step's hop forward to the step after it", () => {
    const settings = aBiller({ hops: [{ channel: "whatsapp", wait: "P10D" }, { channel: "sms" }] });
    const bill = standing(
      "issued 1 sms 2026-11-25 10:01",
      { claim: claimAt("issued 0 whatsapp 2026-11-15 10:01") },
      { dueDate: "2026-11-24" },
    );
    expect(inWords(planAgain(bill, settings, now))).toBe("issued 1 sms 2026-11-21 10:00");
  });

  it("keeps a begun step that is no longer in the cadence, so that its end is recorded", () => {
    const settings = aBiller({ cadence: biller.cadence.slice(1) });
    const bill = standing("issued 1 sms 2026-11-15 10:31", { claim: claimAt("issued 0 whatsapp 2026-11-15 10:01") });
    expect(inWords(planAgain(bill, settings, kolkata("2026-11-15 10:05")))).toBe("issued 1 sms 2026-11-15 10:31");
    expect(outcome(decided(bill, "2026-11-15 10:32", [], settings))[0]).toBe("issued 1 sms not sent: superseded");
  });

  it("takes the steps up again when a paid bill is owed more", () => {
    const bill = standing(
      "close 0 whatsapp 2026-11-20 10:00",
      { done: ["issued"] },
      { ...paid, amountDue: { value: 130_000, currency: "INR" } },
    );
    expect(inWords(planAgain(bill, biller, now))).toBe("due-soon 0 whatsapp 2026-11-27 10:00");
  });

  it("goes on from any decision without losing what was claimed", () => {
    const bill = standing("issued 0 whatsapp 2026-11-15 10:00", {
      claim: claimAt("issued 0 whatsapp 2026-11-15 10:01"),
    });
    const decision = decided(bill, "2026-11-30 15:00");
    if (decision.do !== "pass") throw new Error("the step is superseded");
    expect(goOn(bill.progress, decision.onward, { biller: bill.biller, now }).claim).toEqual(bill.progress.claim);
  });
});

describe("what comes next, for a person", () => {
  const next = (bill: Bill, now: string): string => inWords(nextReminder(bill, biller, kolkata(now)));

  it("is the stop the bill waits for", () => {
    expect(next(standing("issued 1 sms 2026-11-15 10:31"), "2026-11-15 10:05")).toBe("issued 1 sms 2026-11-15 10:31");
  });

  it("leaves out what is going to be superseded", () => {
    expect(next(standing("issued 0 whatsapp 2026-11-15 10:00"), "2026-11-28 10:00")).toBe(
      "due-soon 0 whatsapp 2026-11-27 10:00",
    );
  });

  it("is after the pause", () => {
    const bill = standing(
      "due-soon 0 whatsapp 2026-12-02 10:00",
      { done: ["issued"] },
      { pausedUntil: kolkata("2026-12-02 10:00") },
    );
    expect(next(bill, "2026-11-28 10:00")).toBe("due-soon 0 whatsapp 2026-12-02 10:00");
    expect(next(bill, "2026-11-30 10:00")).toBe("due-today 0 whatsapp 2026-12-02 10:00");
  });

  it("is the begun step's next hop where its due date moved away", () => {
    const claim = claimAt("due-today 0 whatsapp 2026-11-30 09:01");
    const bill = standing(
      "due-today 1 sms 2026-11-30 09:31",
      { claim, done: ["issued", "due-soon"] },
      { dueDate: "2026-12-20" },
    );
    expect(next(bill, "2026-11-30 09:10")).toBe("due-today 1 sms 2026-11-30 09:31");
  });

  it("is nothing when the bill is closing, has left the index or is not payable", () => {
    const { cursor: _cursor, ...out } = standing("issued 0 whatsapp 2026-11-15 10:00").progress;
    expect(next(standing("close 0 sms 2026-12-07 11:11"), "2026-12-01 10:00")).toBe("nothing");
    expect(next({ ...aBill(), progress: out }, "2026-12-01 10:00")).toBe("nothing");
    expect(next(standing("issued 0 whatsapp 2026-11-15 10:00", {}, { canceled: { at: 0 } }), "2026-11-15 09:00")).toBe(
      "nothing",
    );
  });
});
