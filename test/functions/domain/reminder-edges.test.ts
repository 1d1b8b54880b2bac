import { describe, expect, it } from "vitest";
import { nextReminder, planAgain } from "../../../functions/domain/reminder.ts";
import { aBiller } from "../../support/builders.ts";
import { biller, claimAt, decided, inWords, known, kolkata, outcome, standing } from "./reminder-words.ts";

/** Three steps on three days, the last by the due date: an amendment can move it away from the others. */
const threeDays = aBiller({
  cadence: [
    { step: "first", relativeTo: "issuedOn", days: 0, at: "10:00" },
    { step: "second", relativeTo: "issuedOn", days: 1, at: "10:00" },
    { step: "third", relativeTo: "dueDate", days: 0, at: "10:00" },
  ],
});
const failure = { kind: "permanent-failure", reason: "no such number" } as const;

describe("the very moment", () => {
  it("of a step is its time, not before it", () => {
    const bill = standing("issued 0 whatsapp 2026-11-15 10:00");
    expect(outcome(decided(bill, "2026-11-15 10:00"))[0]).toBe("send issued by whatsapp");
  });

  it("at which a pause ends is free", () => {
    const bill = standing("issued 0 whatsapp 2026-11-15 10:00", {}, { pausedUntil: kolkata("2026-11-15 10:30") });
    expect(outcome(decided(bill, "2026-11-15 10:30"))[0]).toBe("send issued by whatsapp");
  });

  it("at which a wait ends is the next hop's", () => {
    const bill = standing("issued 1 sms 2026-11-15 10:31", { claim: claimAt("issued 0 whatsapp 2026-11-15 10:01") });
    const accepted = [known("issued", 0, { acceptedAt: 1 })];
    expect(outcome(decided(bill, "2026-11-15 10:31", accepted))[0]).toBe("send issued by sms");
  });

  it("to which a hop was put off is waited for, though its step has begun to be due", () => {
    const bill = standing("issued 0 whatsapp 2026-11-15 10:05");
    expect(outcome(decided(bill, "2026-11-15 10:04"))).toEqual(["wait for issued 0 whatsapp 2026-11-15 10:05"]);
  });
});

describe("a hop brought forward", () => {
  const claim = claimAt("issued 0 whatsapp 2026-11-15 10:01");
  const bill = standing("issued 1 sms 2026-11-15 10:06", { claim });
  const now = "2026-11-15 10:07";

  it("does not wait for a hop that failed", () => {
    const failed = known("issued", 0, { acceptedAt: 1, failedAt: 2, failure });
    expect(outcome(decided(bill, now, [failed]))[0]).toBe("send issued by sms");
  });

  it("waits for its own step's newest claim alone", () => {
    const others = [known("due-soon", 0, { failedAt: 2, failure }), known("issued", 2, { failedAt: 2, failure })];
    const accepted = known("issued", 0, { acceptedAt: 1 });
    expect(outcome(decided(bill, now, [...others, accepted]))).toEqual(["wait for issued 1 sms 2026-11-15 10:31"]);
    expect(outcome(decided(bill, now, [accepted, ...others]))).toEqual(["wait for issued 1 sms 2026-11-15 10:31"]);
    const suppressed = standing("issued 1 sms 2026-11-15 10:06", {
      claim: claimAt("welcome 0 whatsapp 2026-11-15 10:01"),
    });
    const notSent = [
      known("welcome", 0, { acceptedAt: 1 }),
      known("issued", 0, { notSentAt: 2, reason: "suppressed" }),
    ];
    expect(outcome(decided(suppressed, now, notSent))[0]).toBe("send issued by sms");
  });

  it("waits for a delivery that is not yet the success its hop names", () => {
    const settings = aBiller({ hops: [{ channel: "whatsapp", wait: "PT30M", success: "read" }, { channel: "sms" }] });
    const delivered = [known("issued", 0, { deliveredAt: 1 })];
    expect(outcome(decided(bill, now, delivered, settings))).toEqual(["wait for issued 1 sms 2026-11-15 10:31"]);
  });

  it("waits no longer than until the next step", () => {
    const settings = aBiller({ hops: [{ channel: "whatsapp", wait: "P30D" }, { channel: "sms" }] });
    const accepted = [known("issued", 0, { acceptedAt: 1 })];
    expect(outcome(decided(bill, now, accepted, settings))).toEqual(["wait for issued 1 sms 2026-11-27 10:00"]);
  });
});

describe("a step that an amendment moved behind others", () => {
  const claim = claimAt("third 0 whatsapp 2026-11-16 09:30");
  const late = { dueDate: "2026-12-20" };

  it("goes on where it had begun, before what is due meanwhile", () => {
    const bill = standing("third 1 sms 2026-11-16 10:00", { claim }, late);
    const accepted = [known("third", 0, { acceptedAt: 1 })];
    const decision = decided(bill, "2026-11-16 11:00", accepted, threeDays);
    expect(outcome(decision)[0]).toBe("send third by sms");
    expect(inWords(nextReminder(bill, threeDays, kolkata("2026-11-16 11:00")))).toBe("third 1 sms 2026-11-16 10:00");
  });

  it("gives way where it had not: to the newest that is due", () => {
    const bill = standing("third 0 whatsapp 2026-11-16 10:00", {}, late);
    expect(outcome(decided(bill, "2026-11-16 11:00", [], threeDays))).toEqual([
      "wait for second 0 whatsapp 2026-11-16 10:00",
    ]);
    expect(inWords(nextReminder(bill, threeDays, kolkata("2026-11-16 11:00")))).toBe(
      "second 0 whatsapp 2026-11-16 10:00",
    );
  });

  it("is not the one that comes next when it has begun and another took its place", () => {
    const bill = standing(
      "first 1 sms 2026-11-16 09:00",
      { claim: claimAt("first 0 whatsapp 2026-11-15 10:01") },
      late,
    );
    expect(inWords(nextReminder(bill, threeDays, kolkata("2026-11-16 11:00")))).toBe(
      "second 0 whatsapp 2026-11-16 10:00",
    );
  });

  it("is brought forward by its own wait, not by that of another", () => {
    const bill = standing(
      "second 1 sms 2026-11-19 10:00",
      { claim: claimAt("second 0 whatsapp 2026-11-16 10:01") },
      late,
    );
    expect(inWords(planAgain(bill, threeDays, kolkata("2026-11-16 10:05")))).toBe("second 1 sms 2026-11-16 10:31");
  });
});

describe("a step whose first hop was not sent", () => {
  const suppressed = [known("issued", 0, { notSentAt: 1, reason: "suppressed" })];
  const bill = standing("issued 1 sms 2026-11-15 10:02");

  it("goes on with the next, also where the settings put it later meanwhile", () => {
    const settings = aBiller({ cadence: biller.cadence.map((step) => ({ ...step, at: "17:00" })) });
    expect(outcome(decided(bill, "2026-11-15 10:03", suppressed, settings))[0]).toBe("send issued by sms");
  });

  it("ends where the settings no longer have the next", () => {
    const settings = aBiller({ hops: [{ channel: "whatsapp" }] });
    expect(outcome(decided(bill, "2026-11-15 10:03", suppressed, settings))).toEqual([
      "issued 1 sms not sent: superseded",
      "then due-soon 0 whatsapp 2026-11-27 10:00",
    ]);
  });
});

describe("a bill with little left", () => {
  it("on which nothing is owed at the moment is not announced", () => {
    const paidAt = kolkata("2026-11-20 10:00");
    const payments = { "standard:a": { amount: 110_000, refunded: 0, paidAt, n: 0 } };
    const late = { from: "2026-12-01", amount: { value: 110_000, currency: "INR" } };
    const bill = standing(
      "overdue 0 whatsapp 2026-12-03 11:00",
      { done: ["issued", "due-soon", "due-today"] },
      { payments, late },
    );
    expect(outcome(decided(bill, "2026-12-03 11:01"))[0]).toBe("overdue 0 whatsapp not sent: nothing-due");
  });

  it("has its last look when its only step is no longer in the settings", () => {
    const done = threeDays.cadence.map(({ step }) => step);
    const bill = standing("issued 0 whatsapp 2026-11-15 10:00", { done });
    expect(outcome(decided(bill, "2026-11-15 10:01", [], threeDays))).toEqual([
      "issued 0 whatsapp not sent: superseded",
      "then close 0 whatsapp 2026-11-15 10:11",
    ]);
  });

  it("is not taken up again at its last look when it is paid, whatever steps are left", () => {
    const payments = { "standard:a": { amount: 124_900, refunded: 0, paidAt: 1, n: 0 } };
    const decision = decided(
      standing("close 0 sms 2026-11-20 10:00", { done: ["issued"] }, { payments }),
      "2026-11-20 10:01",
    );
    expect(decision).toEqual({ do: "pass", nonSends: [], onward: { next: undefined, done: ["issued"] } });
  });

  it("is not held back by a pause that is over", () => {
    const bill = standing("issued 0 whatsapp 2026-11-15 10:00", {}, { pausedUntil: kolkata("2026-11-15 11:00") });
    expect(inWords(planAgain(bill, biller, kolkata("2026-11-15 11:00")))).toBe("issued 0 whatsapp 2026-11-15 10:00");
    expect(inWords(planAgain(bill, biller, kolkata("2026-11-15 10:59")))).toBe("issued 0 whatsapp 2026-11-15 11:00");
  });

  it("keeps a step that was put off where steps before it are superseded", () => {
    const bill = standing("second 0 whatsapp 2026-11-16 10:30");
    expect(outcome(decided(bill, "2026-11-16 11:00", [], threeDays))).toEqual([
      "first 0 whatsapp not sent: superseded",
      "then second 0 whatsapp 2026-11-16 10:30",
    ]);
  });
});
