import { describe, expect, it } from "vitest";
import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Decision } from "../../../functions/domain/decision.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { Notification, NotificationFacts } from "../../../functions/domain/notification.ts";
import { type Payment, receiptStep } from "../../../functions/domain/payment.ts";
import { cursorAt, type Stop } from "../../../functions/domain/progress.ts";
import {
  decideReceipt,
  declineReceipt,
  firstReceiptStop,
  passReceiptOn,
  type ReceiptSituation,
  receiptHops,
} from "../../../functions/domain/receipt.ts";
import { aBill, aBiller, aCustomer, aPayment } from "../../support/builders.ts";

const sms = new PhoneNumber("+919830012345");
const email = new EmailAddress("asha@example.org");
const biller = aBiller();
/** Half past eleven at night: no time for a reminder. */
const now = Date.parse("2026-11-20T23:30:00+05:30");

const told = (
  channel: "sms" | "email" | "whatsapp",
  facts: NotificationFacts,
  step = "issued",
  hop = 0,
): Notification => ({
  code: aBill().code,
  step,
  hop,
  channel,
  ...facts,
});

const channelsOf = (notifications: readonly Notification[], bill = aBill(), settings = biller): readonly string[] =>
  receiptHops(bill, settings, notifications).map(({ channel }) => channel);

describe("the hops of a receipt", () => {
  it("are the biller's where nothing was confirmed", () => {
    expect(receiptHops(aBill(), biller, [])).toEqual(biller.hops);
    expect(channelsOf([told("sms", { acceptedAt: 5 }), told("email", { unknownAt: 5 })])).toEqual([
      "whatsapp",
      "sms",
      "email",
    ]);
  });

  it("begin with the channel that was confirmed last", () => {
    const notifications = [
      told("email", { deliveredAt: 5 }),
      told("sms", { deliveredAt: 7 }),
      told("whatsapp", { readAt: 6 }),
    ];
    expect(channelsOf(notifications)).toEqual(["sms", "whatsapp", "email"]);
    expect(channelsOf(notifications.slice(0, 1))).toEqual(["email", "whatsapp", "sms"]);
  });

  it("do not begin with a channel that bounced after all", () => {
    const failure = { kind: "permanent-failure", reason: "bounced" } as const;
    expect(channelsOf([told("email", { deliveredAt: 5, failedAt: 6, failure })])).toEqual(["whatsapp", "sms", "email"]);
  });

  it("are only those with an address, so that an older confirmation may decide", () => {
    const bill = aBill({ customer: aCustomer({ addresses: { sms, email } }) });
    const notifications = [told("email", { deliveredAt: 5 }), told("whatsapp", { deliveredAt: 7 })];
    expect(channelsOf(notifications, bill)).toEqual(["email", "sms"]);
  });

  it("are the biller's where there is no address at all, so that this is recorded", () => {
    expect(channelsOf([], aBill({ customer: aCustomer({ addresses: {} }) }))).toEqual(["whatsapp", "sms", "email"]);
  });

  it("begin with a confirmed channel that only a step names", () => {
    const settings = aBiller({ hops: [{ channel: "whatsapp" }] });
    expect(channelsOf([told("sms", { deliveredAt: 5 }, "overdue-2")], aBill(), settings)).toEqual(["sms", "whatsapp"]);
  });

  it("keep their waits wherever they stand", () => {
    expect(receiptHops(aBill(), biller, [told("sms", { deliveredAt: 5 })])[0]).toEqual(biller.hops[1]);
  });
});

const decidedPayment = (overrides: Partial<Payment> = {}): Payment => ({
  ...aPayment(),
  hops: biller.hops,
  outcome: "full",
  ...overrides,
});

function situation(overrides: Partial<ReceiptSituation> & { readonly stop?: Partial<Stop> } = {}): ReceiptSituation {
  const { stop, ...rest } = overrides;
  const bill = aBill();
  const cursor = cursorAt({ step: "receipt", hop: 0, channel: "whatsapp", at: now, ...stop }, bill.biller, now);
  return { bill, payment: decidedPayment(), cursor, notifications: [], now, ...rest };
}

function inWords(decision: Decision): readonly string[] {
  if (decision.do === "wait") return ["wait"];
  const { next, spared } = decision.onward;
  const then = next
    ? `then ${next.step} ${next.hop} ${next.channel} after ${(next.at - now) / minuteMs} min`
    : "then nothing";
  if (decision.do === "send") return [`send ${decision.message} by ${decision.stop.channel}`, then];
  return [
    ...decision.nonSends.map(({ channel, reason }) => `${channel} not sent: ${reason}`),
    ...(spared ? [`spared ${spared}`] : []),
    then,
  ];
}

describe("a receipt", () => {
  const step = receiptStep(aPayment());

  it("starts at once, at any hour, where a channel reaches the customer", () => {
    expect(firstReceiptStop(biller.hops, now)).toEqual({ step: "receipt", hop: 0, channel: "whatsapp", at: now });
    expect(firstReceiptStop([], now)).toBeUndefined();
  });

  it("is sent, and the next hop waits", () => {
    const decision = decideReceipt(situation());
    expect(inWords(decision)).toEqual(["send receipt by whatsapp", "then receipt 1 sms after 30 min"]);
    expect(decision.do === "send" && decision.atOnce.next?.at).toBe(now);
    expect(decision.do === "send" && decision.onward.done).toEqual([]);
  });

  it("ends with its last hop, and is looked at once more", () => {
    const decision = decideReceipt(situation({ stop: { hop: 2, channel: "email" } }));
    expect(inWords(decision)).toEqual(["send receipt by email", "then close 0 email after 10 min"]);
    expect(decision.do === "send" && decision.onward.done).toEqual(["receipt"]);
  });

  it("falls back when the hop before did not get through, and is spared when it did", () => {
    const second = { stop: { hop: 1, channel: "sms" } } as const;
    const accepted = told("whatsapp", { acceptedAt: 1 }, step);
    expect(inWords(decideReceipt(situation({ ...second, notifications: [accepted] })))).toEqual([
      "send receipt by sms",
      "then receipt 2 email after 240 min",
    ]);
    const delivered = told("whatsapp", { deliveredAt: 1 }, step);
    expect(inWords(decideReceipt(situation({ ...second, notifications: [delivered] })))).toEqual([
      `spared receipt#1#sms#${now}`,
      "then close 0 sms after 10 min",
    ]);
  });

  it("does not go by the reminders of its bill, nor by the receipt of another payment", () => {
    const other = [
      told("whatsapp", { deliveredAt: 1 }),
      told("whatsapp", { deliveredAt: 1 }, receiptStep(aPayment({ paymentId: "other" }))),
    ];
    const second = { stop: { hop: 1, channel: "sms" } } as const;
    expect(inWords(decideReceipt(situation({ ...second, notifications: other })))[0]).toBe("send receipt by sms");
  });

  it("is not sent for a payment that was given back whole, and is for one that was in part", () => {
    const refunded = decideReceipt(situation({ payment: decidedPayment({ refunded: 124_900 }) }));
    expect(inWords(refunded)).toEqual(["whatsapp not sent: nothing-due", "then close 0 whatsapp after 10 min"]);
    expect(inWords(decideReceipt(situation({ payment: decidedPayment({ refunded: 124_899 }) })))[0]).toBe(
      "send receipt by whatsapp",
    );
  });

  it("passes over a channel whose address is gone", () => {
    const bill = aBill({ customer: aCustomer({ addresses: { email } }) });
    expect(inWords(decideReceipt(situation({ bill })))).toEqual([
      "whatsapp not sent: no-address",
      "then receipt 1 sms after 0 min",
    ]);
  });

  it("supersedes a hop that it does not have", () => {
    expect(inWords(decideReceipt(situation({ stop: { channel: "email" } })))[0]).toBe("email not sent: superseded");
    const { hops: _hops, ...without } = decidedPayment();
    expect(inWords(decideReceipt(situation({ payment: without })))).toEqual([
      "whatsapp not sent: superseded",
      "then close 0 whatsapp after 10 min",
    ]);
  });

  it("tries the next channel at once when one may not be used", () => {
    expect(inWords(declineReceipt(situation(), "suppressed"))).toEqual([
      "whatsapp not sent: suppressed",
      "then receipt 1 sms after 0 min",
    ]);
    expect(passReceiptOn(situation()).next).toMatchObject({ step: "receipt", hop: 1, channel: "sms", at: now });
  });

  it("leaves the index at its last look", () => {
    const payment = decidedPayment({ progress: { done: ["receipt"] } });
    expect(decideReceipt(situation({ payment, stop: { step: "close" } }))).toEqual({
      do: "pass",
      nonSends: [],
      onward: { next: undefined, done: ["receipt"] },
    });
  });

  it("is never taken up again by a last look that came to nothing: that is only repeated", () => {
    const payment = decidedPayment({ progress: { done: ["receipt"] } });
    expect(passReceiptOn(situation({ payment, stop: { step: "close" } }))).toEqual({
      next: { step: "close", hop: 0, channel: "whatsapp", at: now + 10 * minuteMs },
      done: ["receipt"],
    });
  });
});
