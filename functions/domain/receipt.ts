import type { Bill } from "./bill.ts";
import type { Biller, Hop } from "./biller.ts";
import type { Decision, Onward, Pass } from "./decision.ts";
import type { Channel } from "./ids.ts";
import type { Moment } from "./local-time.ts";
import { hasSucceeded, type NonSendReason, type Notification } from "./notification.ts";
import { type Payment, receiptStep } from "./payment.ts";
import type { Cursor, Stop } from "./progress.ts";
import { decideSide, declineSide, passSideOn, type SideMessage } from "./side-message.ts";

/** The step a receipt's cursor stands at; its notifications are recorded under `receipt.<hash>`. */
export const receiptName = "receipt";

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

const sideOf = ({ payment, ...situation }: ReceiptSituation): SideMessage => ({
  ...situation,
  name: receiptName,
  step: receiptStep(payment),
  message: receiptName,
  hops: payment.hops ?? [],
  done: payment.progress.done,
});

/** What is to happen now to a payment whose receipt's stop has come. */
export function decideReceipt(situation: ReceiptSituation): Decision {
  const { refunded, amount } = situation.payment;
  return decideSide(sideOf(situation), refunded >= amount.value ? { close: "nothing-due" } : {});
}

/** Where a receipt goes whose present hop has ended without a wait; a last look that came to nothing is repeated later. */
export const passReceiptOn = (situation: ReceiptSituation): Onward => passSideOn(sideOf(situation));

/** The present hop of a receipt is not sent; the next is tried at once unless the receipt is to `close`. */
export const declineReceipt = (situation: ReceiptSituation, reason: NonSendReason, then?: "close"): Pass =>
  declineSide(sideOf(situation), reason, then);
