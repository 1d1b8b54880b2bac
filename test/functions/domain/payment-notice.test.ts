import { describe, expect, it } from "vitest";
import type { NoticeKind } from "../../../functions/domain/notice-kind.ts";
import {
  type Notification,
  notificationReference,
  parseNotificationReference,
} from "../../../functions/domain/notification.ts";
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
    notices: [],
    cursor: cursorAt(place, bill.biller, now),
    notifications: [],
    now,
    ...rest,
  };
}

/** Another payment, a minute later. */
const later = { key: "standard:pay_0002", at: minutes(1) };

/** A bill on which two payments failed at the same moment. */
const tied = (other: string) =>
  aBill({
    failed: [
      { key: other, at },
      { key, at },
    ],
  });

/** Another payment's notice whose first hop was claimed, as its last unless told. */
const begun = ({ done = ["failed"] }: { readonly done?: readonly string[] } = {}, claimedAt = at) =>
  aNotice({
    key: "standard:pay_0000",
    at: at - 1,
    progress: { done, claim: { step: "failed", hop: 0, channel: "whatsapp", at: claimedAt, nonce: "n" } },
  });

const recorded = (facts: Partial<Notification>): Notification => ({
  ...{ code: aBill().code, step: noticeStep(begun()), hop: 0, channel: "whatsapp" },
  ...facts,
});

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
    ["a later payment failed too", { bill: aBill({ failed: [{ key, at }, later] }) }, "superseded"],
    ["another failed at that moment, and is named behind it", { bill: tied(`${key}0`) }, "superseded"],
    ["the bill is paused", { bill: aBill({ pausedUntil: minutes(3) }) }, "paused"],
    ["another was sent", { notices: [begun()], notifications: [recorded({ acceptedAt: at })] }, "frequency-cap"],
    ["another may have been", { notices: [begun()], notifications: [recorded({ unknownAt: at })] }, "frequency-cap"],
    ["another is being sent", { notices: [begun()] }, "frequency-cap"],
    [
      "another failed, and its next hop is to come",
      { notices: [begun({ done: [] })], notifications: [recorded({ failedAt: at })] },
      "frequency-cap",
    ],
  ])("is not sent when %s", (_, overrides, reason) => {
    expect(inWords(decideNotice(situation(overrides)))).toBe(`${reason}, then close`);
  });

  it.each<[string, Partial<NoticeSituation>]>([
    [
      "an earlier payment failed too",
      {
        bill: aBill({
          failed: [
            { key: "other", at: at - 1 },
            { key, at },
          ],
        }),
      },
    ],
    ["another failed at that moment, and is named before it", { bill: tied("a") }],
    [
      "it failed once more after another had",
      {
        bill: aBill({
          failed: [
            { ...later, at: minutes(1) },
            { key, at: minutes(2) },
          ],
        }),
      },
    ],
    ["the bill was paused until now", { bill: aBill({ pausedUntil: minutes(2) }) }],
    ["no carrier took another", { notices: [begun()], notifications: [recorded({ failedAt: at })] }],
    ["another was sent a day ago", { notices: [begun({}, minutes(2 - 24 * 60))] }],
    ["one of the other kind was sent", { notices: [aNotice({ ...begun(), kind: "payment-pending" })] }],
    [
      "a later payment failed, but this one's message is on its way",
      { notice: begun({ done: [] }), bill: aBill({ failed: [{ key, at }, later] }) },
    ],
  ])("is sent though %s", (_, overrides) => {
    const { notice = aNotice() } = overrides;
    const own = { ...notice, key };
    const decision = decideNotice(situation({ ...overrides, notice: own }));
    expect(inWords(decision)).toBe("send payment-failed by whatsapp");
  });

  it("of payments that are pending at once is sent for the latest that still is", () => {
    const [first, second] = [aNotice(), aNotice({ ...later })].map((one) => ({
      ...one,
      kind: "payment-pending" as const,
    }));
    if (!first || !second) throw new Error("there are no notices");
    const about = { notices: [first, second], stop: { step: "pending" } };
    const pending = aBill({ pending: { ...later, amount: 1 } });
    const decided = [first, second].map((notice) =>
      inWords(decideNotice(situation({ ...about, notice, bill: pending }))),
    );
    expect(decided).toEqual(["superseded, then close", "send payment-pending by whatsapp"]);
    const arrived = aBill({ payments: { [later.key]: { amount: 1, refunded: 0, paidAt: at, n: 1 } } });
    expect(inWords(decideNotice(situation({ ...about, notice: first, bill: arrived })))).toBe(
      "send payment-pending by whatsapp",
    );
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
