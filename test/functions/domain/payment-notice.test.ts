import { describe, expect, it } from "vitest";
import type { NoticeKind } from "../../../functions/domain/notice-kind.ts";
import { notificationReference, parseNotificationReference } from "../../../functions/domain/notification.ts";
import {
  decideNotice,
  declineNotice,
  hasMovedOn,
  type NoticeSituation,
  newNotice,
  noticeStep,
  passNoticeOn,
} from "../../../functions/domain/payment-notice.ts";
import { cursorAt, type Stop } from "../../../functions/domain/progress.ts";
import { sideNameIn } from "../../../functions/domain/side-message.ts";
import { aBill, aBiller, aNotice } from "../../support/builders.ts";

const { key, at } = aNotice();
const minutes = (n: number): number => at + n * 60_000;
const kinds: readonly NoticeKind[] = ["payment-failed", "payment-pending"];

/** A notice at its first stop, two minutes on, at half past six in the evening. */
function situation(overrides: Partial<NoticeSituation> & { readonly stop?: Partial<Stop> } = {}): NoticeSituation {
  const { stop, ...rest } = overrides;
  const now = rest.now ?? minutes(2);
  const place = { step: "failed", hop: 0, channel: "whatsapp", at: now, ...stop } as const;
  const bill = aBill({ failed: [{ key, at }] });
  return {
    bill,
    biller: aBiller(),
    notice: aNotice(),
    cursor: cursorAt(place, bill.biller, now),
    notifications: [],
    now,
    ...rest,
  };
}

const inWords = (decision: ReturnType<typeof decideNotice>): string => {
  if (decision.do === "send") return `send ${decision.message} by ${decision.stop.channel}`;
  if (decision.do === "wait") return `wait until ${new Date(decision.stop.at).toISOString()}`;
  return `${decision.nonSends.map(({ reason }) => reason).join()}, then ${decision.onward.next?.step ?? "nothing"}`;
};

describe("a notice of a payment", () => {
  it.each(kinds)("about %s has a step of its own that comes back from every carrier", (kind) => {
    const step = noticeStep({ kind, key });
    expect(step).toMatch(kind === "payment-failed" ? /^failed\.[a-z0-9]{1,16}$/ : /^pending\.[a-z0-9]{1,16}$/);
    expect(sideNameIn(step)).toBe(kind === "payment-failed" ? "failed" : "pending");
    const named = { code: aBill().code, step, hop: 1 };
    expect(parseNotificationReference(notificationReference(named))).toEqual(named);
  });

  it("rests a few minutes first, in which most pending payments arrive and people try again", () => {
    const { code, biller, hops } = aNotice();
    const stops = kinds.map((kind) => newNotice({ code, biller, kind, key, amount: 1, at, hops }, at).progress.cursor);
    expect(stops).toMatchObject([
      { step: "failed", hop: 0, channel: "whatsapp", at: minutes(2) },
      { step: "pending", hop: 0, channel: "whatsapp", at: minutes(5) },
    ]);
  });

  it("never waits in the due index where no channel is left", () => {
    const { progress: _, version: _version, ...about } = aNotice({ hops: [] });
    expect(newNotice(about, at).progress).toEqual({ done: [] });
  });

  it("goes out over its first hop, then over the next after its wait", () => {
    const decision = decideNotice(situation());
    expect(inWords(decision)).toBe("send payment-failed by whatsapp");
    expect(decision).toMatchObject({
      onward: { next: { step: "failed", hop: 1, channel: "sms", at: minutes(32) }, done: [] },
      atOnce: { next: { step: "failed", hop: 1, channel: "sms", at: minutes(2) } },
    });
    const last = decideNotice(situation({ stop: { hop: 1, channel: "sms" } }));
    expect(last).toMatchObject({ onward: { next: { step: "close" }, done: ["failed"] } });
  });

  it("spares the hops behind one that got through, of the same notice only", () => {
    const step = noticeStep(aNotice());
    const delivered = { code: aBill().code, step, hop: 0, channel: "whatsapp", deliveredAt: at } as const;
    const second = { stop: { hop: 1, channel: "sms" as const } };
    expect(inWords(decideNotice(situation({ ...second, notifications: [delivered] })))).toBe(", then close");
    const other = { ...delivered, step: "failed.other" };
    expect(inWords(decideNotice(situation({ ...second, notifications: [other] })))).toBe("send payment-failed by sms");
  });

  it.each<[string, Partial<NoticeSituation>, string]>([
    [
      "the payment arrived after all",
      { bill: aBill({ payments: { [key]: { amount: 1, refunded: 0, paidAt: at, n: 1 } } }) },
      "superseded",
    ],
    ["it is under way again", { bill: aBill({ pending: { key, amount: 1, at: minutes(1) } }) }, "superseded"],
    [
      "another payment paid the bill",
      { bill: aBill({ payments: { other: { amount: 124_900, refunded: 0, paidAt: at, n: 1 } } }) },
      "paid",
    ],
    ["the bill was canceled", { bill: aBill({ canceled: { at } }) }, "canceled"],
    ["the bill has expired", { bill: aBill({ expiresOn: "2026-11-19" }) }, "expired"],
    ["it is a day old", { now: minutes(24 * 60 + 1) }, "superseded"],
  ])("is not sent when %s", (_, overrides, reason) => {
    expect(inWords(decideNotice(situation(overrides)))).toBe(`${reason}, then close`);
  });

  it("that a payment is pending is not sent once that payment failed", () => {
    const notice = aNotice({ kind: "payment-pending" });
    const stop = { step: "pending" };
    const waiting = aBill({ pending: { key, amount: 1, at } });
    expect(inWords(decideNotice(situation({ notice, stop, bill: waiting })))).toBe("send payment-pending by whatsapp");
    const failed = aBill({ failed: [{ key, at: minutes(1) }] });
    expect(inWords(decideNotice(situation({ notice, stop, bill: failed })))).toBe("superseded, then close");
    expect(hasMovedOn(aBill({ failed: [{ key, at: at - 1 }] }), notice)).toBe(false);
    expect(hasMovedOn(aBill({ failed: [{ key: "other", at: minutes(1) }] }), notice)).toBe(false);
  });

  it("waits for the send window, and is given up where that opens too late to be news", () => {
    const now = minutes(120);
    expect(inWords(decideNotice(situation({ now })))).toBe("wait until 2026-11-21T03:30:00.000Z");
    const weekdays = aBiller({ window: { start: "09:00", end: "18:00", days: ["mon", "tue", "wed", "thu", "fri"] } });
    expect(inWords(decideNotice(situation({ biller: weekdays })))).toBe("superseded, then close");
  });

  it("is declined on a channel without an address, and goes on to the next", () => {
    const customer = { ...aBill().customer, addresses: {} };
    const decision = decideNotice(situation({ bill: { ...aBill(), customer } }));
    expect(inWords(decision)).toBe("no-address, then failed");
    expect(inWords(declineNotice(situation(), "suppressed"))).toBe("suppressed, then failed");
    expect(passNoticeOn(situation()).next).toMatchObject({ step: "failed", hop: 1, channel: "sms", at: minutes(2) });
  });

  it("leaves the index with its last look, and repeats one that came to nothing", () => {
    const closing = situation({ stop: { step: "close" }, notice: aNotice({ progress: { done: ["failed"] } }) });
    expect(decideNotice(closing)).toEqual({
      do: "pass",
      nonSends: [],
      onward: { next: undefined, done: ["failed"] },
    });
    expect(passNoticeOn(closing).next).toMatchObject({ step: "close", at: minutes(12) });
  });
});
