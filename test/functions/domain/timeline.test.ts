import { describe, expect, it } from "vitest";
import { markOf } from "../../../functions/domain/attribution.ts";
import { type LocalDate, toIso } from "../../../functions/domain/local-time.ts";
import type { Notification } from "../../../functions/domain/notification.ts";
import { type Payment, receiptStep } from "../../../functions/domain/payment.ts";
import { type TimelineEntry, timelineOf } from "../../../functions/domain/timeline.ts";
import { aBill, aPayment } from "../../support/builders.ts";

const { code, registeredAt } = aBill();
const at = (minutes: number): number => registeredAt + minutes * 60_000;
const iso = (minutes: number): string => toIso(at(minutes));
const nothing = { payments: [], notifications: [], opens: [] };
const entryOf = (notification: Omit<Notification, "code">): TimelineEntry | undefined =>
  timelineOf(aBill(), { ...nothing, notifications: [{ code, ...notification }] })[1];

describe("the timeline of a bill", () => {
  it("begins with its registration", () => {
    expect(timelineOf(aBill(), nothing)).toEqual([{ at: iso(0), kind: "registered" }]);
  });

  it("tells everything in order, oldest first", () => {
    const payment = aPayment({ receivedAt: at(50), outcome: "full", refunded: 900 });
    const bill = aBill({
      amendedAt: at(20),
      pausedAt: at(30),
      pausedUntil: at(40),
      resumedAt: at(35),
      canceled: { at: at(60), reason: "moved out" },
      payments: { "standard:pay_0001": { amount: 124_900, refunded: 900, paidAt: at(49), n: 0 } },
      progress: { done: [], spared: [`issued#1#sms#${at(31)}`] },
    });
    const notifications = [
      { code, step: "due-soon", hop: 0, channel: "sms", notSentAt: at(55), reason: "paid" },
      { code, step: "issued", hop: 0, channel: "whatsapp", acceptedAt: at(1), deliveredAt: at(2) },
    ] as const;
    const told = timelineOf(bill, { ...nothing, payments: [payment], notifications });
    expect(told.map(({ at, kind }) => [at, kind])).toEqual([
      [iso(0), "registered"],
      [iso(1), "notification"],
      [iso(20), "amended"],
      [iso(30), "paused"],
      [iso(31), "non-send"],
      [iso(35), "resumed"],
      [iso(50), "payment"],
      [iso(50), "refund"],
      [iso(55), "non-send"],
      [iso(60), "canceled"],
    ]);
    expect(told[3]).toMatchObject({ until: iso(40) });
    expect(told[9]).toMatchObject({ reason: "moved out" });
  });

  it("tells what the customer answered, and the rest that follows from it", () => {
    const bill = aBill({
      answers: [{ answer: "will-pay", at: at(10), payOn: "2026-11-28", channel: "sms" }],
      pausedAt: at(10),
      pausedUntil: at(9_000),
    });
    expect(timelineOf(bill, nothing).slice(1)).toEqual([
      { at: iso(10), kind: "answered", answer: "will-pay", payOn: "2026-11-28", channel: "sms" },
      { at: iso(10), kind: "paused", until: iso(9_000) },
    ]);
  });

  it("tells the opens of a day, and which messages led to them as far as the bill has such", () => {
    const sent = { code, step: "issued", hop: 1, channel: "sms", acceptedAt: at(1) } as const;
    const marks = { [markOf("sms", "issued", 1)]: 2, [markOf("email", "issued", 2)]: 1 };
    const date = "2026-11-15" as LocalDate;
    const day = { date, first: at(5), last: at(50), humans: 4, bots: 3, marks };
    expect(timelineOf(aBill(), { ...nothing, notifications: [sent], opens: [day] })[2]).toEqual({
      at: iso(5),
      kind: "opened",
      date: "2026-11-15",
      humans: 4,
      bots: 3,
      from: [{ step: "issued", hop: 1, channel: "sms", humans: 2 }],
    });
  });

  it("tells a notification with everything that is known of it, and nothing of the bill's link", () => {
    const notification = {
      step: "issued",
      hop: 0,
      channel: "sms",
      message: "issued",
      language: "bn",
      template: "builtin/issued.bn@1",
      segments: 2,
      providerReference: "m-1",
      acceptedAt: at(1),
      deliveredAt: at(3),
      readAt: at(4),
    } as const;
    expect(entryOf(notification)).toEqual({
      at: iso(1),
      kind: "notification",
      step: "issued",
      hop: 0,
      channel: "sms",
      status: "read",
      language: "bn",
      template: "builtin/issued.bn@1",
      segments: 2,
      providerReference: "m-1",
      acceptedAt: iso(1),
      deliveredAt: iso(3),
      readAt: iso(4),
    });
  });

  it.each([
    [
      { notSentAt: at(5), reason: "suppressed" },
      { kind: "non-send", status: "not-sent", reason: "suppressed", at: iso(5) },
    ],
    [{ unknownAt: at(5) }, { kind: "notification", status: "unknown", at: iso(5) }],
    [
      { acceptedAt: at(1), failedAt: at(5), failure: { kind: "permanent-failure", reason: "no such number" } },
      { kind: "notification", status: "permanent-failure", reason: "no such number", at: iso(1), failedAt: iso(5) },
    ],
  ] as const)("says why a notification did not arrive: %j", (facts, entry) => {
    expect(entryOf({ step: "issued", hop: 0, channel: "sms", ...facts })).toMatchObject(entry);
  });

  it("tells a hop that was sent after it was once not sent as sent, when it was", () => {
    const entry = entryOf({
      step: "issued",
      hop: 0,
      channel: "sms",
      notSentAt: at(5),
      reason: "expired",
      acceptedAt: at(90),
    });
    expect(entry).toEqual({
      at: iso(90),
      kind: "notification",
      step: "issued",
      hop: 0,
      channel: "sms",
      status: "accepted",
      acceptedAt: iso(90),
    });
  });

  it("tells a spared hop of the bill and of a receipt under the names they are recorded by", () => {
    const payment = aPayment({
      receivedAt: at(10),
      progress: { done: ["receipt"], spared: [`receipt#1#sms#${at(12)}`] },
    });
    const bill = aBill({ progress: { done: ["issued"], spared: [`issued#2#email#${at(5)}`] } });
    const spared = timelineOf(bill, { ...nothing, payments: [payment] }).filter(({ kind }) => kind === "non-send");
    const reason = { kind: "non-send", status: "not-sent", reason: "delivered-earlier" };
    expect(spared).toEqual([
      { at: iso(5), step: "issued", hop: 2, channel: "email", ...reason },
      { at: iso(12), step: receiptStep(payment), hop: 1, channel: "sms", ...reason },
    ]);
  });

  it("tells a payment with its outcome once it is decided, and no refund where nothing was given back", () => {
    const [, entry, ...more] = timelineOf(aBill(), { ...nothing, payments: [aPayment({ receivedAt: at(1) })] });
    expect(entry).toEqual({
      at: iso(1),
      kind: "payment",
      paymentId: "pay_0001",
      source: "standard",
      amount: { value: 124_900, currency: "INR" },
      receipt: receiptStep(aPayment()).slice("receipt.".length).toUpperCase(),
    });
    expect(more).toEqual([]);
  });

  it("tells with the number the reference that a payer of Bharat BillPay holds, and where that is all, nothing more", () => {
    const own = { source: "bbps", paymentId: "PP01" } as const;
    const numbered = aPayment({ ...own, receivedAt: at(1), number: { year: 2026, n: 1 } });
    const [, entry] = timelineOf(aBill(), { ...nothing, payments: [numbered] });
    const reference = receiptStep(own).slice("receipt.".length).toUpperCase();
    expect(entry).toMatchObject({ receipt: "2026-000001", reference });
    const [, bare] = timelineOf(aBill(), { ...nothing, payments: [aPayment({ ...own, receivedAt: at(1) })] });
    expect(bare).toMatchObject({ receipt: reference });
    expect(bare).not.toHaveProperty("reference");
  });

  it("tells a payment by the number of its receipt, with what offers made of it, and none of its other names", () => {
    const payment = aPayment({
      receivedAt: at(1),
      outcome: "full",
      references: ["rrn:636512345678"],
      raw: "webhooks/example-power/razorpay/1",
      number: { year: 2026, n: 123 },
      awards: [
        { offer: "first-three", kind: "cashback", value: 3_500, state: "granted", at: at(2) },
        { offer: "tea", kind: "coupon", coupon: { n: 1, code: "TEA-1" }, state: "reversed", at: at(3) },
      ] as unknown as NonNullable<Payment["awards"]>,
    });
    const counted = { "standard:pay_0001": { amount: 124_900, refunded: 0, paidAt: at(0), n: 0 } };
    const told = timelineOf(aBill({ payments: counted }), { ...nothing, payments: [payment] });
    const own = { paymentId: "pay_0001", source: "standard" };
    expect(told.slice(1)).toEqual([
      { at: iso(1), kind: "payment", ...own, amount: payment.amount, outcome: "full", receipt: "2026-000123" },
      {
        at: iso(2),
        kind: "award",
        ...own,
        offer: "first-three",
        state: "granted",
        value: { value: 3_500, currency: "INR" },
      },
      { at: iso(3), kind: "award", ...own, offer: "tea", state: "reversed" },
    ]);
  });

  it("tells a refund that waits for its payment, and no payment yet", () => {
    const refund = aPayment({ receivedAt: at(1), refunded: 900, confirmed: false });
    const refundedTotal = { value: 900, currency: "INR" };
    expect(timelineOf(aBill(), { ...nothing, payments: [refund] }).slice(1)).toEqual([
      { at: iso(1), kind: "refund", paymentId: "pay_0001", source: "standard", refundedTotal, waits: true },
    ]);
  });

  it("tells nothing of a payment that only lies with the bill and is counted elsewhere", () => {
    const elsewhere = aPayment({ receivedAt: at(1), outcome: "unmatched" });
    expect(timelineOf(aBill(), { ...nothing, payments: [elsewhere] })).toHaveLength(1);
  });
});
