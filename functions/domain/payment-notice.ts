import { type Bill, type BillStatus, isPayable, statusOf } from "./bill.ts";
import type { Biller, Hop } from "./biller.ts";
import { windowOf } from "./cadence.ts";
import type { Decision, Onward, Pass } from "./decision.ts";
import type { BillerId } from "./ids.ts";
import type { LinkCode } from "./link-code.ts";
import { type Moment, minuteMs } from "./local-time.ts";
import type { NoticeKind } from "./notice-kind.ts";
import { isFailure, type NonSendReason, type Notification, notificationStatus } from "./notification.ts";
import { type Cursor, cursorAt, type Progress } from "./progress.ts";
import { moveIntoWindow } from "./send-window.ts";
import { shortHash } from "./short-hash.ts";
import { decideSide, declineSide, passSideOn, type SideMessage, type SideRule } from "./side-message.ts";
import type { SideName } from "./side-name.ts";

/** What the customer is told of one payment that is not money yet: an item of its own, with a cursor like a receipt's. */
export type PaymentNotice = {
  readonly code: LinkCode;
  readonly biller: BillerId;
  readonly kind: NoticeKind;
  /** Of the payment: `<source>:<payment id>`. */
  readonly key: string;
  /** In minor units of the bill's currency. */
  readonly amount: number;
  readonly at: Moment;
  readonly hops: readonly Hop[];
  readonly progress: Progress;
  readonly version: number;
};

/** The step each kind's cursor stands at; its notifications are recorded under `failed.<hash>` and `pending.<hash>`. */
const names = { "payment-failed": "failed", "payment-pending": "pending" } as const satisfies Record<
  NoticeKind,
  SideName
>;

/** Most payments that are pending arrive within minutes, and who failed tries again at once: neither needs a message. */
const restMs = { "payment-failed": 2 * minuteMs, "payment-pending": 5 * minuteMs } as const;

/** What happened a day ago is no news any more; of what did since, one message of a kind is enough. */
const newsMs = 24 * 60 * minuteMs;

/** The step that a notice's notifications are recorded under. */
export const noticeStep = ({ kind, key }: Pick<PaymentNotice, "kind" | "key">): string =>
  `${names[kind]}.${shortHash(key)}`;

/** A notice as it is first kept, its first stop a few minutes ahead. */
export function newNotice(about: Omit<PaymentNotice, "progress" | "version">, now: Moment): PaymentNotice {
  const { kind, biller, hops } = about;
  const [first] = hops;
  const stop = first && { step: names[kind], hop: 0, channel: first.channel, at: now + restMs[kind] };
  return { ...about, version: 1, progress: { done: [], ...(stop && { cursor: cursorAt(stop, biller, now) }) } };
}

/** Everything a notice's decision looks at. */
export type NoticeSituation = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly notice: PaymentNotice;
  /** All notices of the bill. */
  readonly notices: readonly PaymentNotice[];
  readonly cursor: Cursor;
  readonly notifications: readonly Notification[];
  readonly now: Moment;
};

const sideOf = ({ notice, notices: _notices, biller: _, ...situation }: NoticeSituation): SideMessage => ({
  ...situation,
  name: names[notice.kind],
  step: noticeStep(notice),
  message: notice.kind,
  hops: notice.hops,
  done: notice.progress.done,
});

const endedBy: Readonly<Partial<Record<BillStatus, NonSendReason>>> = {
  paid: "paid",
  overpaid: "paid",
  canceled: "canceled",
  expired: "expired",
};

/** What is to happen now to a notice whose stop has come. */
export function decideNotice(situation: NoticeSituation): Decision {
  return decideSide(sideOf(situation), ruleOf(situation));
}

/** Like a reminder it keeps to the customer's send window, unlike one it is given up once it is no news any more. */
function ruleOf(situation: NoticeSituation): SideRule {
  const { bill, biller, notice, now } = situation;
  const isNoNews = hasMovedOn(bill, notice) || isOutdone(situation);
  const ended = isNoNews ? "superseded" : endedReason(bill, now);
  if (ended) return { close: ended };
  const opens = moveIntoWindow(now, windowOf(bill, biller), bill.customer.timeZone);
  if (opens > notice.at + newsMs) return { close: "superseded" };
  if (bill.pausedUntil !== undefined && bill.pausedUntil > opens) return { close: "paused" };
  return wasTold(situation) ? { close: "frequency-cap" } : { notBefore: opens };
}

/**
 * Whether the same happened to a later payment, so that this notice is not begun any more: of those that wait at the same time one at most
 * is left, whichever sender reads them. One that was begun goes on to its fallbacks.
 */
function isOutdone({ bill, notice, notices }: NoticeSituation): boolean {
  const { kind, key, progress } = notice;
  if (progress.claim) return false;
  const { failed = [] } = bill;
  const own = { key, at: failed.find((failure) => failure.key === key)?.at ?? notice.at };
  if (kind === "payment-failed") return failed.some((other) => isLater(other, own));
  return notices.some((other) => other.kind === kind && isLater(other, notice) && !hasMovedOn(bill, other));
}

type Told = Pick<PaymentNotice, "key" | "at">;

const isLater = (one: Told, than: Told): boolean =>
  one.key !== than.key && (one.at > than.at || (one.at === than.at && one.key > than.key));

/** Whether another notice of the kind reached the customer within the last day, may have, or is about to. */
function wasTold({ notice, notices, notifications, now }: NoticeSituation): boolean {
  return notices.some((other) => {
    const { claim, done } = other.progress;
    if (other.kind !== notice.kind || other.key === notice.key || !claim || claim.at <= now - newsMs) return false;
    const own = notifications.filter(({ step }) => step === noticeStep(other));
    const isOpen = !done.includes(names[other.kind]) || !own.some(({ hop }) => hop === claim.hop);
    return isOpen || own.map(notificationStatus).some((status) => status !== "not-sent" && !isFailure(status));
  });
}

function endedReason(bill: Bill, now: Moment): NonSendReason | undefined {
  const status = statusOf(bill, now);
  return isPayable(status) ? undefined : endedBy[status];
}

/** Whether the payment has become something else: it arrived, or one that was pending failed, or one that had failed is under way again. */
export function hasMovedOn(
  { payments, pending, failed = [] }: Pick<Bill, "payments" | "pending" | "failed">,
  { kind, key, at }: Pick<PaymentNotice, "kind" | "key" | "at">,
): boolean {
  if (payments[key]) return true;
  if (kind === "payment-failed") return pending?.key === key && pending.at > at;
  return failed.some((failure) => failure.key === key && failure.at >= at);
}

/** Where a notice goes whose present hop has ended without a wait. */
export const passNoticeOn = (situation: NoticeSituation): Onward => passSideOn(sideOf(situation));

/** The present hop of a notice is not sent; the next is tried at once. */
export const declineNotice = (situation: NoticeSituation, reason: NonSendReason): Pass =>
  declineSide(sideOf(situation), reason);
