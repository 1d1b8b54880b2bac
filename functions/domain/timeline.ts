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
import type { OpenDay } from "./open.ts";
import { type Payment, type PaymentOutcome, paymentKey, receiptReference, receiptStep } from "./payment.ts";
import { parseSpared } from "./progress.ts";

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
      readonly receipt: string;
    }
  | { readonly kind: "refund"; readonly paymentId: string; readonly source: string; readonly refundedTotal: Money }
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
  readonly notifications: readonly Notification[];
  readonly opens: readonly OpenDay[];
};

/** The whole story of a bill, oldest first. */
export function timelineOf(bill: Bill, { payments, notifications, opens }: ToldBeside): readonly TimelineEntry[] {
  const spared = (bill.progress.spared ?? [])
    .map(parseSpared)
    .map(({ step, hop, channel, at }) => sparedEntry({ step, hop, channel }, at));
  const receipts = payments.flatMap((payment) =>
    (payment.progress.spared ?? [])
      .map(parseSpared)
      .map(({ hop, channel, at }) => sparedEntry({ step: receiptStep(payment), hop, channel }, at)),
  );
  const entries: readonly { at: Moment; entry: TimelineEntry }[] = [
    ...ownEntries(bill),
    ...spared,
    ...receipts,
    ...payments.flatMap((payment) => paymentEntries(payment, bill)),
    ...notifications.map(notificationEntry),
    ...opens.map((day) => openedEntry(day, notifications)),
  ];
  return [...entries].sort((a, b) => a.at - b.at).map(({ entry }) => entry);
}

type Dated = { readonly at: Moment; readonly entry: TimelineEntry };

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

function paymentEntries(payment: Payment, bill: Bill): readonly Dated[] {
  const { paymentId, source, amount, outcome, receivedAt } = payment;
  const counted = bill.payments[paymentKey(payment)];
  const paid = dated(receivedAt, {
    kind: "payment",
    paymentId,
    source,
    amount,
    ...(outcome && { outcome }),
    receipt: receiptReference(payment),
  });
  const refunded = counted?.refunded ?? 0;
  const given = { value: refunded, currency: amount.currency };
  return refunded > 0 ? [paid, dated(receivedAt, { kind: "refund", paymentId, source, refundedTotal: given })] : [paid];
}

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
