import type { Answer, AnswerName } from "./answer.ts";
import { markedNotification } from "./attribution.ts";
import type { Bill } from "./bill.ts";
import type { Channel } from "./ids.ts";
import { type LocalDate, type Moment, toIso } from "./local-time.ts";
import type { Money } from "./money.ts";
import {
  isFailure,
  type NonSendReason,
  type Notification,
  type NotificationStatus,
  notificationStatus,
} from "./notification.ts";
import type { Award, OfferId } from "./offer.ts";
import type { OpenDay } from "./open.ts";
import {
  type Payment,
  type PaymentOutcome,
  paymentKey,
  receiptAlias,
  receiptReference,
  receiptStep,
} from "./payment.ts";
import { noticeStep, type PaymentNotice } from "./payment-notice.ts";
import { type Progress, parseSpared } from "./progress.ts";
import { receiptNumberText } from "./receipt-number.ts";

/** One thing that happened to a bill, as operators and the API see it; `at` is ISO 8601 in UTC. */
export type TimelineEntry = { readonly at: string } & (
  | { readonly kind: "registered" | "amended" | "resumed" }
  | { readonly kind: "paused"; readonly until: string }
  | { readonly kind: "canceled"; readonly reason?: string }
  | {
      readonly kind: "answered";
      readonly answer: AnswerName;
      readonly payOn?: LocalDate;
      readonly channel?: Channel;
    }
  | {
      readonly kind: "opened";
      /** The day counted, in the biller's zone; `at` is its first open. */
      readonly date: LocalDate;
      readonly humans: number;
      readonly bots: number;
      /** Which of the bill's messages led here, and how often. */
      readonly from: readonly OpenedFrom[];
    }
  | ({ readonly kind: "notification" | "non-send" } & NotificationEntry)
  | {
      readonly kind: "payment";
      readonly paymentId: string;
      readonly source: string;
      readonly amount: Money;
      readonly outcome?: PaymentOutcome;
      /** Its number, such as `2026-000123`; a short reference where it has none. */
      readonly receipt: string;
      /** What the payer holds instead, whose platform was answered before there was a number. */
      readonly reference?: string;
    }
  | {
      readonly kind: "refund";
      readonly paymentId: string;
      readonly source: string;
      readonly refundedTotal: Money;
      /** Told before the payment it is of. */
      readonly waits?: true;
    }
  | {
      readonly kind: "award";
      readonly paymentId: string;
      readonly source: string;
      readonly offer: OfferId;
      readonly state: Award["state"];
      readonly value?: Money;
    }
);

type NotificationEntry = {
  readonly step: string;
  readonly hop: number;
  readonly channel?: Channel;
  readonly status: NotificationStatus;
  readonly reason?: NonSendReason | string;
  readonly language?: string;
  readonly template?: string;
  readonly segments?: number;
  readonly acceptedAt?: string;
  readonly deliveredAt?: string;
  readonly readAt?: string;
  readonly failedAt?: string;
  readonly providerReference?: string;
};

/** The message that led to opens of the page. */
export type OpenedFrom = {
  readonly step: string;
  readonly hop: number;
  readonly channel: Channel;
  readonly humans: number;
};

/** What lies beside a bill in its partition and is told with it. */
export type ToldBeside = {
  readonly payments: readonly Payment[];
  readonly notices?: readonly PaymentNotice[];
  readonly notifications: readonly Notification[];
  readonly opens: readonly OpenDay[];
};

/** The whole story of a bill, oldest first. */
export function timelineOf(
  bill: Bill,
  { payments, notices = [], notifications, opens }: ToldBeside,
): readonly TimelineEntry[] {
  const spared = (bill.progress.spared ?? [])
    .map(parseSpared)
    .map(({ step, hop, channel, at }) => sparedEntry({ step, hop, channel }, at));
  const besides = [
    ...payments.flatMap((payment) => sparedBeside(receiptStep(payment), payment)),
    ...notices.flatMap((notice) => sparedBeside(noticeStep(notice), notice)),
  ];
  const entries: readonly { at: Moment; entry: TimelineEntry }[] = [
    ...ownEntries(bill),
    ...spared,
    ...besides,
    ...payments.flatMap((payment) => paymentEntries(payment, bill)),
    ...notifications.map(notificationEntry),
    ...opens.map((day) => openedEntry(day, notifications)),
  ];
  return [...entries].sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

type Dated = { readonly at: Moment; readonly entry: TimelineEntry };

/** The hops that a message beside the cadence did not need, under the step it is recorded as; those of an earlier receipt name theirs. */
const sparedBeside = (step: string, { progress }: { readonly progress: Progress }): readonly Dated[] =>
  (progress.spared ?? [])
    .map(parseSpared)
    .map(({ step: own, hop, channel, at }) => sparedEntry({ step: own.includes(".") ? own : step, hop, channel }, at));

const dated = (at: Moment, rest: Record<string, unknown>): Dated => ({
  at,
  entry: { at: toIso(at), ...rest } as TimelineEntry,
});

function ownEntries(bill: Bill): readonly Dated[] {
  const { registeredAt, amendedAt, pausedAt, pausedUntil, resumedAt, canceled, answers = [] } = bill;
  return [
    dated(registeredAt, { kind: "registered" }),
    ...(amendedAt === undefined ? [] : [dated(amendedAt, { kind: "amended" })]),
    ...answers.map(answeredEntry),
    ...(pausedAt === undefined ? [] : [dated(pausedAt, { kind: "paused", until: toIso(pausedUntil ?? pausedAt) })]),
    ...(resumedAt === undefined ? [] : [dated(resumedAt, { kind: "resumed" })]),
    ...(canceled
      ? [dated(canceled.at, { kind: "canceled", ...(canceled.reason !== undefined && { reason: canceled.reason }) })]
      : []),
  ];
}

const answeredEntry = ({ at, ...rest }: Answer): Dated => dated(at, { kind: "answered", ...rest });

function openedEntry({ date, first, humans, bots, marks }: OpenDay, notifications: readonly Notification[]): Dated {
  const from = Object.entries(marks).flatMap(([mark, count]): OpenedFrom[] => {
    const { step, hop, channel } = markedNotification(mark, notifications) ?? {};
    return step === undefined || hop === undefined || !channel ? [] : [{ step, hop, channel, humans: count }];
  });
  return dated(first, { kind: "opened", date, humans, bots, from });
}

const sparedEntry = (hop: { step: string; hop: number; channel: Channel }, at: Moment): Dated =>
  dated(at, { kind: "non-send", ...hop, status: "not-sent", reason: "delivered-earlier" });

/** What came of a payment: nothing for one that was only stored here until its bill was found, or that belongs to another bill. */
function paymentEntries(payment: Payment, bill: Bill): readonly Dated[] {
  const { paymentId, source, amount, outcome, receivedAt, number, awards = [] } = payment;
  const counted = bill.payments[paymentKey(payment)];
  if (!counted && outcome === "unmatched") return [];
  const named = { paymentId, source };
  const given = { value: counted?.refunded ?? payment.refunded, currency: amount.currency };
  const refund = { kind: "refund", ...named, refundedTotal: given };
  if (!payment.confirmed) return [dated(receivedAt, { ...refund, waits: true })];
  const receipt = number ? receiptNumberText(number) : receiptReference(payment);
  const reference = receiptAlias(payment);
  const referred = { receipt, ...(reference !== undefined && { reference }) };
  return [
    dated(receivedAt, { kind: "payment", ...named, amount, ...(outcome && { outcome }), ...referred }),
    ...awards.map((award) => awardEntry(award, { ...named, currency: amount.currency })),
    ...(given.value > 0 ? [dated(receivedAt, refund)] : []),
  ];
}

function awardEntry({ offer, state, value, at }: Award, { currency, ...named }: AwardedPayment): Dated {
  return dated(at, {
    kind: "award",
    ...named,
    offer,
    state,
    ...(value !== undefined && { value: { value, currency } }),
  });
}

type AwardedPayment = Pick<Payment, "paymentId" | "source"> & Pick<Money, "currency">;

function notificationEntry(notification: Notification): Dated {
  const {
    code: _code,
    message: _message,
    failure,
    reason,
    acceptedAt,
    deliveredAt,
    readAt,
    failedAt,
    unknownAt,
    notSentAt,
    ...rest
  } = notification;
  const status = notificationStatus(notification);
  const isSent = status !== "not-sent";
  // A message that got through after a failure was told has none to explain.
  const why = isSent ? (isFailure(status) ? failure?.reason : undefined) : reason;
  const times = { acceptedAt, deliveredAt, readAt, failedAt };
  const iso = Object.fromEntries(
    Object.entries(times).flatMap(([name, at]) => (at === undefined ? [] : [[name, toIso(at)]])),
  );
  const at = Math.min(
    ...[acceptedAt, deliveredAt, readAt, failedAt, unknownAt, isSent ? undefined : notSentAt].filter(
      (time) => time !== undefined,
    ),
  );
  return dated(Number.isFinite(at) ? at : 0, {
    kind: isSent ? "notification" : "non-send",
    ...rest,
    status,
    ...(why !== undefined && { reason: why }),
    ...iso,
  });
}
