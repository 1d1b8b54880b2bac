import * as z from "zod/mini";
import type { Bill } from "./bill.ts";
import type { Biller, Hop } from "./biller.ts";
import { conflict, notFound } from "./errors.ts";
import { Channel } from "./ids.ts";
import { localOf, type Moment, toIso } from "./local-time.ts";
import { hasSucceeded, type Notification } from "./notification.ts";
import { type Payment, paymentKey, receiptStep } from "./payment.ts";
import { cursorAt, parseSpared, spare } from "./progress.ts";
import { firstReceiptStop, receiptHops } from "./receipt.ts";

const name = z.string().check(z.maxLength(100));

/** Which receipt is to be sent again, and where: the newest payment's, by the channel that reached the customer, unless told. */
export const ResendRequest = z.strictObject({
  paymentId: z.exactOptional(name),
  source: z.exactOptional(name),
  channel: z.exactOptional(Channel),
});
export type ResendRequest = z.output<typeof ResendRequest>;

/** How often a receipt is sent again in one day of the bill's zone. */
export const mostResentADay = 3;

/** The newest counted payment of a bill that the request fits. Throws not-found where there is none. */
export function paymentToResend(bill: Bill, payments: readonly Payment[], request: ResendRequest): Payment {
  const { paymentId, source } = request;
  const fitting = payments
    .filter((payment) => payment.confirmed && bill.payments[paymentKey(payment)])
    .filter((payment) => paymentId === undefined || payment.paymentId === paymentId)
    .filter((payment) => source === undefined || payment.source === source);
  const newest = fitting.reduce<Payment | undefined>((a, b) => (a && a.paidAt > b.paidAt ? a : b), undefined);
  if (newest) return newest;
  throw notFound(
    paymentId === undefined ? `Nothing was paid of bill ${bill.billId}.` : `Bill ${bill.billId} has no such payment.`,
  );
}

/** Everything that sending a receipt again looks at. */
export type ResendSituation = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly payment: Payment;
  readonly notifications: readonly Notification[];
  readonly now: Moment;
};

/**
 * The payment with its receipt on its way again, by a way and under a step of its own. Throws conflict while the receipt before it is on
 * its way, after three in a day, for a payment that was given back, and where nothing reaches the customer.
 */
export function withReceiptAgain(situation: ResendSituation, channel?: Channel): Payment {
  const { bill, biller, payment, notifications, now } = situation;
  refuseUnlessEnded(situation);
  if (payment.refunded >= payment.amount.value) throw conflict("The payment was given back: it has no receipt.");
  if (resentToday(situation) >= mostResentADay)
    throw conflict(`The receipt was sent again ${mostResentADay} times today.`);
  const hops = hopsOf(bill, { biller, notifications, ...(channel && { channel }) });
  const stop = firstReceiptStop(hops, now);
  if (!stop) throw conflict("No channel reaches the customer.");
  const { spared = [] } = payment.progress;
  // A hop that was not needed stays told of under the step of its own receipt.
  const kept = spared.map((text) => {
    const { step, hop, channel: by, at } = parseSpared(text);
    return spare({ step: step.includes(".") ? step : receiptStep(payment), hop, channel: by, at }, at);
  });
  return {
    ...payment,
    hops,
    resent: (payment.resent ?? 0) + 1,
    version: payment.version + 1,
    progress: { done: [], cursor: cursorAt(stop, bill.biller, now), ...(kept.length > 0 && { spared: kept }) },
  };
}

/** The receipt before has a cursor until it has ended, and a claim whose notification is not there could not be told from ours. */
function refuseUnlessEnded({ payment, notifications }: ResendSituation): void {
  const { cursor, claim } = payment.progress;
  const step = receiptStep(payment);
  const isTold = !claim || notifications.some((known) => known.step === step && known.hop === claim.hop);
  if (!cursor && payment.outcome !== undefined && isTold) return;
  const isDelivered = notifications.some(
    ({ channel, ...known }) => known.step === step && channel && hasSucceeded(known, "delivered"),
  );
  if (cursor && isDelivered) throw conflict(`The receipt was sent moments ago; ask again after ${toIso(cursor.at)}.`);
  const next = cursor ? `; it is looked after next at ${toIso(cursor.at)}` : "";
  throw conflict(`The receipt is still on its way${next}.`);
}

/** How many of the times that the receipt was sent again were today, by when anything first became known of each. */
function resentToday({ bill, payment, notifications, now }: ResendSituation): number {
  const today = localOf(now, bill.zone).date;
  const times = Array.from({ length: payment.resent ?? 0 }, (_, n) => {
    const step = receiptStep({ ...payment, resent: n + 1 });
    return Math.min(...notifications.filter((known) => known.step === step).map(firstKnown));
  });
  return times.filter((at) => Number.isFinite(at) && localOf(at, bill.zone).date === today).length;
}

const firstKnown = ({ acceptedAt, deliveredAt, readAt, failedAt, unknownAt, notSentAt }: Notification): Moment =>
  Math.min(
    ...[acceptedAt, deliveredAt, readAt, failedAt, unknownAt, notSentAt].map((at) => at ?? Number.POSITIVE_INFINITY),
  );

function hopsOf(
  bill: Bill,
  {
    biller,
    notifications,
    channel,
  }: Pick<ResendSituation, "biller" | "notifications"> & Pick<ResendRequest, "channel">,
): readonly Hop[] {
  if (channel === undefined) return receiptHops(bill, biller, notifications);
  if (bill.customer.addresses[channel] === undefined) throw conflict(`The customer has no address for ${channel}.`);
  return [biller.hops.find((hop) => hop.channel === channel) ?? { channel }];
}
