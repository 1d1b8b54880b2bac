import type { Bill } from "./bill.ts";
import { type Biller, type Hop, hopWaitMs } from "./biller.ts";
import { closeStop } from "./cadence.ts";
import { type Decision, hopsBefore, isClosing, type NonSend, type Onward, type Pass, successOf } from "./decision.ts";
import type { Channel } from "./ids.ts";
import { type Moment, minuteMs } from "./local-time.ts";
import { hasSucceeded, type NonSendReason, type Notification } from "./notification.ts";
import { type Payment, receiptStep } from "./payment.ts";
import { type Cursor, type Stop, spare } from "./progress.ts";

/** The step a receipt's cursor stands at; its notifications are recorded under `receipt.<hash>`. */
export const receiptName = "receipt";

const closeAfterMs = 10 * minuteMs;

/**
 * The hops of a receipt: first the channel whose delivery was confirmed last, be it one that only a step names, then the biller's
 * own order; only channels the customer has an address for, or all of them where there is none, to be recorded as such.
 */
export function receiptHops(
  bill: Pick<Bill, "customer">,
  biller: Biller,
  notifications: readonly Notification[],
): readonly Hop[] {
  const hasAddress = (channel: Channel): boolean => bill.customer.addresses[channel] !== undefined;
  const confirmedAt = ({ deliveredAt, readAt }: Notification): Moment => Math.max(deliveredAt ?? 0, readAt ?? 0);
  const proven = notifications
    .filter(({ channel, ...facts }) => channel && hasAddress(channel) && hasSucceeded(facts, "delivered"))
    .reduce<Notification | undefined>((a, b) => (a && confirmedAt(a) >= confirmedAt(b) ? a : b), undefined)?.channel;
  const usable = biller.hops.filter(({ channel }) => hasAddress(channel));
  const own = usable.find(({ channel }) => channel === proven) ?? (proven && { channel: proven });
  const hops = [...(own ? [own] : []), ...usable.filter(({ channel }) => channel !== proven)];
  return hops.length > 0 ? hops : biller.hops;
}

/** The first stop of a receipt: at once, at any hour; undefined when no channel reaches the customer. */
export function firstReceiptStop(hops: readonly Hop[], now: Moment): Stop | undefined {
  const [first] = hops;
  return first && { step: receiptName, hop: 0, channel: first.channel, at: now };
}

/** Everything a receipt's decision looks at. */
export type ReceiptSituation = {
  readonly bill: Bill;
  readonly payment: Payment;
  readonly cursor: Cursor;
  readonly notifications: readonly Notification[];
  readonly now: Moment;
};

/** What is to happen now to a payment whose receipt's stop has come. */
export function decideReceipt(situation: ReceiptSituation): Decision {
  const { bill, payment, cursor, notifications } = situation;
  const hops = payment.hops ?? [];
  const hop = hops[cursor.hop];
  if (isClosing(cursor)) return { do: "pass", nonSends: [], onward: { next: undefined, done: payment.progress.done } };
  if (payment.refunded >= payment.amount.value) return declineReceipt(situation, "nothing-due", "close");
  if (!hop || hop.channel !== cursor.channel) return declineReceipt(situation, "superseded");
  const delivered = hopsBefore(notifications, receiptStep(payment), cursor.hop).some((earlier) =>
    hasSucceeded(earlier, successOf(hops[earlier.hop])),
  );
  if (delivered)
    return { do: "pass", nonSends: [], onward: { ...closedReceipt(situation), spared: spare(cursor, situation.now) } };
  if (bill.customer.addresses[cursor.channel] === undefined) return declineReceipt(situation, "no-address");
  const { step, channel, at } = cursor;
  return {
    do: "send",
    stop: { step, hop: cursor.hop, channel, at },
    message: receiptName,
    onward: receiptDeparture(situation, hopWaitMs(hop)),
    atOnce: receiptDeparture(situation, 0),
  };
}

/** Where a receipt goes whose present hop has ended without a wait; a last look that came to nothing is repeated later. */
export function passReceiptOn(situation: ReceiptSituation): Onward {
  const { payment, cursor, now } = situation;
  if (isClosing(cursor)) return { next: closeStop(cursor.channel, now + closeAfterMs), done: payment.progress.done };
  return receiptDeparture(situation, 0);
}

function receiptDeparture(situation: ReceiptSituation, waitMs: number): Onward {
  const { payment, cursor, now } = situation;
  const hop = cursor.hop + 1;
  const channel = payment.hops?.[hop]?.channel;
  if (channel) return { next: { step: receiptName, hop, channel, at: now + waitMs }, done: payment.progress.done };
  return closedReceipt(situation);
}

/** The present hop of a receipt is not sent; the next is tried at once unless the receipt is to `close`. */
export function declineReceipt(situation: ReceiptSituation, reason: NonSendReason, then?: "close"): Pass {
  const { cursor } = situation;
  const nonSend: NonSend = { step: cursor.step, hop: cursor.hop, channel: cursor.channel, reason };
  return { do: "pass", nonSends: [nonSend], onward: then ? closedReceipt(situation) : receiptDeparture(situation, 0) };
}

const closedReceipt = ({ payment, cursor, now }: ReceiptSituation): Onward => ({
  next: closeStop(cursor.channel, now + closeAfterMs),
  done: [...payment.progress.done, receiptName],
});
