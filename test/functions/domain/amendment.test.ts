import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bill, statusOf } from "../../../functions/domain/bill.ts";
import { cursorAt } from "../../../functions/domain/progress.ts";
import { amendedBill, planned } from "../../../functions/domain/registration.ts";
import { biller, kolkata, least, most, now, registered, rupees, terms } from "./registered-bills.ts";

describe("an amended bill", () => {
  const stored: Bill = {
    ...registered(most),
    asOf: 7,
    version: 4,
    pausedAt: now,
    pausedUntil: now + 5,
    resumedAt: now + 5,
    payments: { "standard:a": { amount: 124_900, refunded: 0, paidAt: kolkata("2026-11-28 10:00"), n: 0 } },
  };
  const later = kolkata("2026-11-28 12:00");

  it("has the new terms alone, and keeps everything that happened", () => {
    const amended = amendedBill(stored, terms(least, { stored }), { biller, now: later });
    expect(amended).toMatchObject({
      version: 5,
      amendedAt: later,
      asOf: 7,
      registeredAt: now,
      pausedAt: now,
      pausedUntil: now + 5,
      resumedAt: now + 5,
    });
    expect(amended.payments).toBe(stored.payments);
    for (const gone of ["minimum", "early", "late", "category", "expiresOn", "detailDigest"])
      expect(Object.keys(amended)).not.toContain(gone);
  });

  it("keeps what its customer answered, and what is under way", () => {
    const answered: Bill = {
      ...stored,
      answers: [{ answer: "already-paid", at: now }],
      pending: { key: "standard:b", amount: 500, at: now },
      failed: [{ key: "standard:c", at: now }],
    };
    const { answers, pending, failed } = answered;
    const amended = amendedBill(answered, terms(least, { stored }), { biller, now: later });
    expect(amended).toMatchObject({ answers, pending, failed });
    const elsewhere = { ...least, amountDue: { value: 1_500, currency: "USD" } };
    expect(amendedBill(answered, terms(elsewhere), { biller, now: later })).not.toHaveProperty("pending");
  });

  it("tells what it was before the newest change: the amount, the due date, both or neither", () => {
    const amend = (bill: Bill, changes: object) =>
      amendedBill(bill, terms({ ...least, ...changes }), { biller, now: later });
    const dearer = amend(registered(least), { amountDue: rupees(130_000) });
    expect(dearer.formerly).toEqual({ amountDue: 124_900 });
    expect(amend(dearer, { amountDue: rupees(130_000), dueDate: "2026-12-05" }).formerly).toEqual({
      dueDate: "2026-11-30",
    });
    expect(amend(dearer, { dueDate: "2026-12-05" }).formerly).toEqual({ amountDue: 130_000, dueDate: "2026-11-30" });
    expect(amend(dearer, { amountDue: rupees(130_000), title: "Power" })).not.toHaveProperty("formerly");
    expect(amend(dearer, { amountDue: { value: 1_500, currency: "USD" } })).not.toHaveProperty("formerly");
  });

  it("is as of the newest registration", () => {
    expect(amendedBill(stored, terms(least), { biller, now: later, asOf: 9 }).asOf).toBe(9);
  });

  it("keeps no empty members that a store would write", () => {
    const amended = amendedBill(registered(least), terms(least), { biller, now: later });
    expect(Object.values(amended)).not.toContain(undefined);
  });

  it("is part-paid again when a paid bill is owed more, and reminds again", () => {
    const paid = { ...stored, progress: { done: ["issued", "due-soon"] } };
    const { late: _late, early: _early, ...plain } = most;
    const amended = amendedBill(paid, terms({ ...plain, amountDue: rupees(200_000) }, { stored }), {
      biller,
      now: later,
    });
    expect(statusOf(amended, later)).toBe("part-paid");
    expect(amended.progress.cursor).toMatchObject({ step: "due-today" });
    expect(amended.progress.done).toEqual(["issued", "due-soon"]);
  });

  it("never forgets a step that ended, whatever its new dates are", () => {
    fc.assert(
      fc.property(
        fc.subarray(biller.cadence.map(({ step }) => step)),
        fc.integer({ min: 0, max: 60 }),
        (done, days) => {
          const dueDate = new Date(Date.UTC(2026, 10, 30 + days)).toISOString().slice(0, 10);
          const bill = { ...registered(least), progress: { done } };
          const amended = amendedBill(bill, terms({ ...least, dueDate }, { stored: bill }), { biller, now: later });
          expect(amended.progress.done).toEqual(done);
          if (amended.progress.cursor) expect(done).not.toContain(amended.progress.cursor.step);
          else expect(done).toHaveLength(biller.cadence.length);
        },
      ),
    );
  });

  it("does not tell a step again that was begun before the bill was paid, when it is owed more", () => {
    const claim = { step: "issued", hop: 0, channel: "whatsapp", at: now, nonce: "n-1" } as const;
    const waiting = cursorAt({ step: "issued", hop: 1, channel: "sms", at: now + 1 }, stored.biller, now);
    const paid = {
      ...stored,
      progress: planned({ ...stored, progress: { done: [], claim, cursor: waiting } }, biller, later),
    };
    expect(paid.progress).toMatchObject({ done: ["issued"], claim, cursor: { step: "close" } });
    const { late: _late, early: _early, ...plain } = most;
    const amended = amendedBill(paid, terms({ ...plain, amountDue: rupees(200_000) }, { stored }), {
      biller,
      now: later,
    });
    expect(amended.progress).toMatchObject({ done: ["issued"], cursor: { step: "due-soon" } });
  });

  it("leaves the index when nothing was claimed and nothing is left", () => {
    const done = biller.cadence.map(({ step }) => step);
    expect(planned({ ...stored, progress: { ...stored.progress, done } }, biller, later)).toEqual({ done });
  });
});
