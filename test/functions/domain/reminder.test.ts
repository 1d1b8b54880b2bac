import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import { cursorAt, type Progress } from "../../../functions/domain/progress.ts";
import { decline, passOn, planAgain } from "../../../functions/domain/reminder.ts";
import { aBiller, aCustomer } from "../../support/builders.ts";
import {
  biller,
  claimAt,
  decided,
  doneBy,
  email,
  inWords,
  known,
  kolkata,
  outcome,
  sms,
  standing,
  stopAt,
} from "./reminder-words.ts";

describe("a reminder whose time has come", () => {
  it("is sent, and the next hop waits for its success", () => {
    const decision = decided(standing("issued 0 whatsapp 2026-11-15 10:00"), "2026-11-15 10:01");
    expect(outcome(decision)).toEqual(["send issued by whatsapp", "then issued 1 sms 2026-11-15 10:31"]);
    expect(doneBy(decision)).toEqual([]);
    expect(decision.do === "send" && inWords(decision.atOnce.next)).toBe("issued 1 sms 2026-11-15 10:01");
  });

  it("says the message its step names", () => {
    const before = ["issued", "due-soon", "due-today", "overdue"];
    const decision = decided(standing("overdue-2 0 sms 2026-12-07 11:00", { done: before }), "2026-12-07 11:01");
    expect(outcome(decision)).toEqual(["send overdue by sms", "then close 0 sms 2026-12-07 11:11"]);
    expect(doneBy(decision)).toEqual([...before, "overdue-2"]);
  });

  it("ends its step with its last hop", () => {
    const decision = decided(standing("issued 2 email 2026-11-15 14:32"), "2026-11-15 14:33");
    expect(outcome(decision)).toEqual(["send issued by email", "then due-soon 0 whatsapp 2026-11-27 10:00"]);
    expect(doneBy(decision)).toEqual(["issued"]);
  });

  it("is sent late the same day after an outage of hours", () => {
    expect(outcome(decided(standing("issued 0 whatsapp 2026-11-15 10:00"), "2026-11-15 18:00"))[0]).toBe(
      "send issued by whatsapp",
    );
  });

  it("waits where it is not yet its time", () => {
    expect(outcome(decided(standing("issued 0 whatsapp 2026-11-15 10:00"), "2026-11-15 09:59"))).toEqual([
      "wait for issued 0 whatsapp 2026-11-15 10:00",
    ]);
  });

  it("waits for the window when the evening has come", () => {
    expect(outcome(decided(standing("issued 0 whatsapp 2026-11-15 10:00"), "2026-11-15 20:00"))).toEqual([
      "wait for issued 0 whatsapp 2026-11-16 09:00",
    ]);
  });
});

describe("a bill that is not payable", () => {
  const stop = "due-soon 0 whatsapp 2026-11-27 10:00";
  const payment = { amount: 124_900, refunded: 0, paidAt: kolkata("2026-11-20 10:00"), n: 0 };

  it.each([
    ["paid", { payments: { "standard:a": payment } }],
    ["paid", { payments: { "standard:a": { ...payment, amount: 124_901 } } }],
    ["canceled", { canceled: { at: kolkata("2026-11-20 10:00") } }],
    ["expired", { dueDate: "2026-11-20", expiresOn: "2026-11-26" }],
  ] as const)("is not announced: it is %s, and leaves the index", (reason, overrides) => {
    const decision = decided(standing(stop, { done: ["issued"] }, overrides), "2026-11-27 10:01");
    expect(outcome(decision)).toEqual([`due-soon 0 whatsapp not sent: ${reason}`, "then nothing"]);
    expect(doneBy(decision)).toEqual(["issued"]);
  });

  it("has ended a step that was begun, so that it is not told again when the bill is owed once more", () => {
    const claim = claimAt("due-soon 0 whatsapp 2026-11-27 10:01");
    const canceled = { at: kolkata("2026-11-27 10:20") };
    const decision = decided(
      standing("due-soon 1 sms 2026-11-27 10:31", { done: ["issued"], claim }, { canceled }),
      "2026-11-27 10:32",
    );
    expect(outcome(decision)).toEqual(["due-soon 1 sms not sent: canceled", "then nothing"]);
    expect(doneBy(decision)).toEqual(["issued", "due-soon"]);
  });

  it("is announced again when money was given back", () => {
    const bill = standing(
      stop,
      { done: ["issued"] },
      { payments: { "standard:a": { ...payment, refunded: 124_900 } } },
    );
    expect(outcome(decided(bill, "2026-11-27 10:01"))[0]).toBe("send due-soon by whatsapp");
  });
});

describe("a fallback hop", () => {
  const claim = claimAt("issued 0 whatsapp 2026-11-15 10:01");
  const waiting = (progress: Partial<Progress> = {}): Bill =>
    standing("issued 1 sms 2026-11-15 10:31", { claim, ...progress });

  it.each([
    ["is unconfirmed after its wait", { acceptedAt: 1 }],
    ["is unknown", { unknownAt: 1 }],
    [
      "failed for good",
      { acceptedAt: 1, failedAt: 2, failure: { kind: "permanent-failure", reason: "no such number" } },
    ],
  ] as const)("is sent when the hop before %s", (_case, facts) => {
    const decision = decided(waiting(), "2026-11-15 10:32", [known("issued", 0, facts)]);
    expect(outcome(decision)).toEqual(["send issued by sms", "then issued 2 email 2026-11-15 14:32"]);
  });

  it.each([
    ["delivered", { acceptedAt: 1, deliveredAt: 2 }],
    ["read", { readAt: 2 }],
  ] as const)("is spared when the hop before was %s", (_case, facts) => {
    const decision = decided(waiting(), "2026-11-15 10:32", [known("issued", 0, facts)]);
    expect(outcome(decision)).toEqual(["spared issued 1 sms", "then due-soon 0 whatsapp 2026-11-27 10:00"]);
    expect(doneBy(decision)).toEqual(["issued"]);
  });

  it("is spared when it was the last hop of the last step, too", () => {
    const done = ["issued", "due-soon", "due-today"];
    const settings = aBiller({ cadence: biller.cadence.slice(0, 4) });
    const bill = standing("overdue 1 sms 2026-12-03 11:31", {
      claim: claimAt("overdue 0 whatsapp 2026-12-03 11:01"),
      done,
    });
    const decision = decided(bill, "2026-12-03 11:32", [known("overdue", 0, { deliveredAt: 1 })], settings);
    expect(outcome(decision)).toEqual(["spared overdue 1 sms", "then close 0 sms 2026-12-03 11:42"]);
  });

  it("goes by what its hop calls success", () => {
    const hops = [{ channel: "whatsapp", wait: "PT30M", success: "read" }, { channel: "sms" }] as const;
    const settings = aBiller({ hops: hops.map((hop) => ({ ...hop })) });
    const delivered = known("issued", 0, { deliveredAt: 1 });
    expect(outcome(decided(waiting(), "2026-11-15 10:32", [delivered], settings))[0]).toBe("send issued by sms");
    expect(outcome(decided(waiting(), "2026-11-15 10:10", [delivered], settings))[0]).toMatch(/^wait for issued 1/);
  });

  it("is superseded when the next step is due", () => {
    const decision = decided(waiting(), "2026-11-27 10:01", [known("issued", 0, { acceptedAt: 1 })]);
    expect(outcome(decision)).toEqual([
      "issued 1 sms not sent: superseded",
      "then due-soon 0 whatsapp 2026-11-27 10:00",
    ]);
    expect(doneBy(decision)).toEqual(["issued"]);
  });

  it("goes on where the due date moved its step into the future", () => {
    const claim = claimAt("due-today 0 whatsapp 2026-11-30 09:01");
    const bill = standing(
      "due-today 1 sms 2026-11-30 09:31",
      { claim, done: ["issued", "due-soon"] },
      { dueDate: "2026-12-20" },
    );
    const decision = decided(bill, "2026-11-30 09:32", [known("due-today", 0, { acceptedAt: 1 })]);
    expect(outcome(decision)).toEqual(["send due-today by sms", "then due-today 2 email 2026-11-30 13:32"]);
  });
});

describe("a customer with few addresses", () => {
  const only = (addresses: object) => ({ customer: aCustomer({ addresses }) });

  it("whose address is gone is told by the next channel", () => {
    const bill = standing("issued 0 whatsapp 2026-11-15 10:00", {}, only({ email }));
    expect(outcome(decided(bill, "2026-11-15 10:01"))).toEqual([
      "issued 0 whatsapp not sent: no-address",
      "then issued 2 email 2026-11-15 10:01",
    ]);
  });

  it("with no address for any hop of a step has that recorded, and the next step comes", () => {
    const bill = standing("issued 0 whatsapp 2026-11-15 10:00", {}, only({}));
    const decision = decided(bill, "2026-11-15 10:01");
    expect(outcome(decision)).toEqual([
      "issued 0 whatsapp not sent: no-address",
      "then due-soon 0 whatsapp 2026-11-27 10:00",
    ]);
    expect(doneBy(decision)).toEqual(["issued"]);
  });

  it("whose first hop is the second is still planned again by an amendment: nothing was begun", () => {
    const bill = standing(
      "due-soon 1 sms 2026-11-27 10:00",
      { done: ["issued"] },
      { ...only({ sms }), dueDate: "2026-12-10" },
    );
    expect(inWords(planAgain(bill, biller, kolkata("2026-11-20 10:00")))).toBe("due-soon 1 sms 2026-12-07 10:00");
    expect(outcome(decided(bill, "2026-11-27 10:01"))).toEqual(["wait for due-soon 1 sms 2026-12-07 10:00"]);
  });

  it("is told by the first channel again when its address came", () => {
    const bill = standing("due-soon 1 sms 2026-11-27 10:00", { done: ["issued"] });
    expect(inWords(planAgain(bill, biller, kolkata("2026-11-20 10:00")))).toBe("due-soon 0 whatsapp 2026-11-27 10:00");
  });
});

describe("a hop that is not sent", () => {
  const bill = standing("issued 0 whatsapp 2026-11-15 10:00");
  const situation = {
    bill,
    biller,
    cursor: cursorAt(stopAt("issued 0 whatsapp 2026-11-15 10:00"), bill.biller, 0),
    notifications: [],
    now: kolkata("2026-11-15 10:01"),
  };

  it("is recorded, and the next hop is tried at once", () => {
    expect(outcome(decline(situation, "suppressed"))).toEqual([
      "issued 0 whatsapp not sent: suppressed",
      "then issued 1 sms 2026-11-15 10:01",
    ]);
  });

  it("goes the same way when it ended without a decision", () => {
    expect(inWords(passOn(situation).next)).toBe("issued 1 sms 2026-11-15 10:01");
  });

  it("is no hop at the last look, which is only repeated", () => {
    const cursor = cursorAt(stopAt("close 0 sms 2026-12-07 11:11"), bill.biller, 0);
    expect(passOn({ ...situation, cursor })).toEqual({ next: { ...stopAt("close 0 sms 2026-11-15 10:11") }, done: [] });
  });
});
