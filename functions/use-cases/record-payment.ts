import {
  isMovement,
  namedBy,
  ownReference,
  type PaymentTold,
  paymentKey,
  type UnmatchedPayment,
} from "../domain/payment.ts";
import type { Ports } from "../ports.ts";
import { adoptLastSaid } from "./adopt-live-bill.ts";
import { homeOf, type PaymentHome, placePayment } from "./place-payment.ts";
import { type PendingPorts, type RecordedPending, type RecordPending, recordPending } from "./record-pending.ts";
import { type SettledPayment, type SettlePorts, settlePayment } from "./settle-payment.ts";
import { keepAside, storePayment } from "./store-payment.ts";
import { tellOutcome } from "./tell-payment.ts";

type PaymentPorts = SettlePorts &
  PendingPorts &
  Pick<Ports, "billers" | "linkCodes" | "dueQueues" | "liveBillCache" | "paymentReferences">;

/**
 * What is told of money: that it arrived, or how much of it was given back in total; `isOther` where an operator says that it is other
 * money than that of the payment that has its name.
 */
type RecordMoney = {
  readonly type: "payment.succeeded" | "payment.refunded";
  readonly payment: PaymentTold;
  readonly isOther?: true;
};

/** What is told of a payment, of money or before any. */
export type RecordPayment = RecordMoney | RecordPending;

/**
 * Counts a payment exactly once, ends the reminders when nothing is left to pay, and starts the receipt. Told twice, every later
 * write and event is done again; a payment before its bill is kept and counted when the bill comes. One that is pending, or failed, is
 * only kept for the page to say.
 */
export async function recordPayment(
  ports: PaymentPorts,
  command: RecordPayment,
): Promise<SettledPayment | RecordedPending> {
  const { type, payment } = command;
  // Of nothing that went back, nothing is known.
  if (type === "payment.refunded" && payment.refundedTotal?.value === 0) return { outcome: "unchanged" };
  return type === "payment.pending" || type === "payment.failed"
    ? await recordBeforeMoney(ports, { type, payment })
    : await recordMoney(ports, { ...command, type, payment });
}

/** What is told before money is kept where the money will be; its other names lead there from now on, but for those that money claims. */
async function recordBeforeMoney(ports: PaymentPorts, { type, payment }: RecordPending): Promise<RecordedPending> {
  const home = await placePayment(ports, payment);
  if (!home || home.waits) return { outcome: "unchanged" };
  const { billId: _named, ...told } = { ...payment, ...(home.key !== undefined && namedBy(home.key)) };
  const of = { code: home.code, key: paymentKey(told) };
  const names = told.references?.filter((name) => !isMovement(name));
  if (names) await ports.paymentReferences.put(payment.biller, names, of);
  return await recordPending(ports, { type, payment: { ...told, code: home.code } });
}

async function recordMoney(ports: PaymentPorts, command: RecordMoney): Promise<SettledPayment> {
  const told = paymentOf(ports, command);
  const home = (await placePayment(ports, command.payment)) ?? (await placeAside(ports, told));
  if (!home) {
    await tellOutcome(ports, { outcome: "unmatched", payment: told });
    return { outcome: "unmatched", payment: told };
  }
  const isOther = command.isOther === true;
  const settled = await settleAt(ports, told, { ...home, isOther });
  // Told of two bills, or under two names, at once: the first to count it keeps it.
  return settled.home ? await settleAt(ports, told, { ...settled.home, isOther }) : settled;
}

/** The payment as it is told, without the bill. */
function paymentOf(ports: Pick<Ports, "clock">, { type, payment: told }: RecordMoney): UnmatchedPayment {
  const { biller, source, paymentId, amount, rail, billId, references, raw } = told;
  const isRefund = type === "payment.refunded";
  return {
    biller,
    ...(billId && { billId }),
    source,
    paymentId,
    amount,
    refunded: isRefund ? (told.refundedTotal ?? amount).value : (told.refundedTotal?.value ?? 0),
    confirmed: !isRefund,
    ...(rail && { rail }),
    ...(references && references.length > 0 && { references }),
    ...(raw !== undefined && { raw }),
    // Money cannot arrive in the future: a clock that is ahead must not decide what was owed.
    paidAt: Math.min(told.paidAt, ports.clock.now()),
    receivedAt: ports.clock.now(),
    version: 1,
    progress: { done: [] },
  };
}

/** Keeps a payment that belongs nowhere where operators look; where it belongs after all, by what others wrote in between. */
async function placeAside(ports: PaymentPorts, told: UnmatchedPayment): Promise<Home | undefined> {
  const { code, billId, references = [] } = await keepAside(ports, { ...told, outcome: "unmatched" });
  const counted = await ports.paymentReferences.get(told.biller, ownReference(told));
  if (counted) return counted;
  const home = await homeOf(ports, told.biller, references);
  if (home) return { code: home };
  return code && { code, ...(billId && { billId }) };
}

type Home = Pick<PaymentHome, "code" | "key" | "billId">;

/** Stores and settles a payment under a link code, and queues its receipt where it was decided now. */
async function settleAt(
  ports: PaymentPorts,
  { billId: _named, ...told }: UnmatchedPayment,
  { code, key, billId, isOther }: Home & { readonly isOther: boolean },
) {
  const named = { ...told, ...(key !== undefined && namedBy(key)) };
  const payment = await storePayment(ports, { ...named, code, ...(billId && { billId }) });
  const biller = await ports.billers.get(payment.biller);
  await adoptLastSaid(ports, code, biller);
  const settled = await settlePayment(ports, payment, { biller, isOther });
  const { progress, decidedAt } = settled.payment;
  if (progress.cursor && decidedAt !== payment.decidedAt) {
    await ports.dueQueues.send([{ pk: `BILL#${code}`, sk: `PAY#${paymentKey(payment)}`, due: progress.cursor.due }]);
  }
  return settled;
}
