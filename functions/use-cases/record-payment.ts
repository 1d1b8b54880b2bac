import { providerError } from "../domain/errors.ts";
import { mergePayment, type Payment, type PaymentFact, paymentKey } from "../domain/payment.ts";
import type { Ports } from "../ports.ts";
import { adoptLastSaid } from "./adopt-live-bill.ts";
import { placeOf } from "./place-payment.ts";
import { type RecordedPending, type RecordPending, recordPending } from "./record-pending.ts";
import { type SettledPayment, type SettlePorts, settlePayment, tellOutcome } from "./settle-payment.ts";

type PaymentPorts = SettlePorts & Pick<Ports, "billers" | "linkCodes" | "dueQueues" | "liveBillCache">;

/** What is told of money: that it arrived, or how much of it was given back in total. */
type RecordMoney = { readonly type: "payment.succeeded" | "payment.refunded"; readonly payment: PaymentFact };

/** What is told of a payment, of money or before any. */
export type RecordPayment = RecordMoney | RecordPending;

const attempts = 8;

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
  return type === "payment.pending" || type === "payment.failed"
    ? await recordPending(ports, { type, payment })
    : await recordMoney(ports, { type, payment });
}

async function recordMoney(ports: PaymentPorts, command: RecordMoney): Promise<SettledPayment> {
  const told = await paymentTold(ports, command);
  if (!told.known) return await keepAside(ports, told.payment);
  const payment = await storePayment(ports, told.payment);
  const biller = await ports.billers.get(payment.biller);
  await adoptLastSaid(ports, payment.code, biller);
  const settled = await settlePayment(ports, payment, biller);
  const { cursor } = settled.payment.progress;
  if (cursor && settled.payment.version !== payment.version) {
    await ports.dueQueues.send([{ pk: `BILL#${payment.code}`, sk: `PAY#${paymentKey(payment)}`, due: cursor.due }]);
  }
  return settled;
}

/** The payment as it is told, under the bill it names; `known` is false for a link code that is not of this biller, or not that of the bill id beside it. */
async function paymentTold(
  ports: PaymentPorts,
  { type, payment: fact }: RecordMoney,
): Promise<{ payment: Payment; known: boolean }> {
  const place = await placeOf(ports, fact);
  const refund = type === "payment.refunded";
  const refunded = refund ? (fact.refundedTotal ?? fact.amount).value : (fact.refundedTotal?.value ?? 0);
  const billId = fact.billId ?? place.story.bill?.billId;
  const payment: Payment = {
    code: place.code,
    biller: fact.biller,
    ...(billId && { billId }),
    source: fact.source,
    paymentId: fact.paymentId,
    amount: fact.amount,
    refunded,
    confirmed: !refund,
    ...(fact.rail && { rail: fact.rail }),
    // Money cannot arrive in the future: a clock that is ahead must not decide what was owed.
    paidAt: Math.min(fact.paidAt, ports.clock.now()),
    receivedAt: ports.clock.now(),
    version: 1,
    progress: { done: [] },
  };
  return { payment, known: place.agrees && (fact.billId !== undefined || place.story.bill !== undefined) };
}

/** A payment for a link code that is none of this biller's: nothing of that bill is touched. */
async function keepAside(ports: PaymentPorts, payment: Payment): Promise<SettledPayment> {
  await ports.payments.keepUnmatched(payment);
  await tellOutcome(ports, "unmatched", payment);
  return { outcome: "unmatched", payment };
}

/** The stored payment with what was told merged in. */
async function storePayment(ports: SettlePorts, told: Payment): Promise<Payment> {
  let stored = await ports.payments.add(told);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const merged = mergePayment(stored, told);
    if (merged === stored) return stored;
    const next = { ...merged, version: stored.version + 1 };
    if (await ports.payments.save(next, stored.version)) return next;
    stored = (await ports.payments.get(told.code, paymentKey(told), { consistent: true })) ?? stored;
  }
  throw providerError("the payment is being written by others; it is tried again");
}
