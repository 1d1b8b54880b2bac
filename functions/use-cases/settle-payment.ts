import { type Bill, isPayable, statusOf } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { providerError } from "../domain/errors.ts";
import { type EventType, eventOf } from "../domain/event.ts";
import { countBesideTold } from "../domain/live-bill.ts";
import { minuteMs } from "../domain/local-time.ts";
import { judgePayment, type Payment, type PaymentOutcome, paymentKey } from "../domain/payment.ts";
import { withoutPending } from "../domain/pending.ts";
import { cursorAt } from "../domain/progress.ts";
import { firstReceiptStop, receiptHops } from "../domain/receipt.ts";
import { planned } from "../domain/registration.ts";
import type { Ports } from "../ports.ts";

export type SettlePorts = Pick<Ports, "bills" | "payments" | "events" | "clock">;

export type SettledPayment = { readonly outcome: PaymentOutcome; readonly bill?: Bill; readonly payment: Payment };

const attempts = 8;

/** Counts a stored payment on its bill and decides it; without a bill it is kept where operators look. */
export async function settlePayment(
  ports: SettlePorts,
  payment: Payment,
  biller: Biller | undefined,
): Promise<SettledPayment> {
  const bill = await countOnBill(ports, payment, biller);
  if (!bill || !biller || payment.amount.currency !== bill.amountDue.currency) {
    const outcome = bill && biller ? "wrong-currency" : "unmatched";
    await ports.payments.keepUnmatched(payment);
    const kept = await decide(ports, payment, () => ({ outcome }));
    // The bill came in between, and its registration has counted the payment.
    if (kept.outcome !== outcome) return await settlePayment(ports, kept, biller);
    await tellOutcome(ports, outcome, kept);
    return { outcome, payment: kept, ...(bill && { bill }) };
  }
  if (isKeptAside(payment) || cameFirst(payment, bill)) await ports.payments.forgetUnmatched(payment);
  if (!payment.confirmed) return { outcome: "partial", payment, bill };
  const { notifications } = await ports.bills.story(payment.code);
  const decided = await decide(ports, payment, (present) => {
    const hops = receiptHops(bill, biller, notifications);
    const stop = firstReceiptStop(hops, ports.clock.now());
    const cursor = stop && cursorAt(stop, bill.biller, ports.clock.now());
    return {
      outcome: judgePayment(bill, present),
      billId: bill.billId,
      hops,
      progress: { done: [], ...(cursor && { cursor }) },
    };
  });
  const outcome = decided.outcome ?? "partial";
  await tellOutcome(ports, outcome, decided);
  return { outcome, payment: decided, bill };
}

/** Whether the payment could not be counted so far: it is decided again when the bill comes, or comes to its currency. */
export const isKeptAside = ({ outcome }: Payment): boolean => outcome === "unmatched" || outcome === "wrong-currency";

/** Whether a payment was there before its bill, or so close that it may have missed it: the same however often it is asked. */
export const cameFirst = (payment: Payment, bill: Bill): boolean => payment.receivedAt < bill.registeredAt + minuteMs;

/** The bill with the payment in its map, whoever wrote it there; undefined where there is no bill. Reminders end when nothing is left to pay; a refund reopens what is owed, and does not remind by itself. */
async function countOnBill(
  ports: SettlePorts,
  payment: Payment,
  biller: Biller | undefined,
): Promise<Bill | undefined> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const found = await ports.bills.get(payment.code, { consistent: true });
    if (!found || !("title" in found) || !biller) return undefined;
    if (payment.amount.currency !== found.amountDue.currency) return found;
    const counted = withoutPending(countBesideTold(found, payment), paymentKey(payment));
    if (counted === found) return found;
    const now = ports.clock.now();
    const settled = isPayable(statusOf(found, now)) && !isPayable(statusOf(counted, now));
    const ended = settled ? { ...counted, progress: planned(counted, biller, now) } : counted;
    const next = { ...ended, version: found.version + 1 };
    if (await ports.bills.save(next, found.version)) return next;
  }
  throw providerError("the bill is being written by others; the payment is tried again");
}

/** Stores what a payment turned out to be, once; a payment that was only kept aside so far is decided again. */
async function decide(
  ports: SettlePorts,
  payment: Payment,
  verdict: (present: Payment) => Partial<Payment>,
): Promise<Payment> {
  let present = payment;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const final = present.outcome !== undefined && !isKeptAside(present);
    const decision = final ? {} : verdict(present);
    if (final || decision.outcome === present.outcome) return present;
    const next = { ...present, ...decision, decidedAt: ports.clock.now(), version: present.version + 1 };
    if (await ports.payments.save(next, present.version)) return next;
    present = (await ports.payments.get(payment.code, paymentKey(payment), { consistent: true })) ?? present;
  }
  throw providerError("the payment is being written by others; it is tried again");
}

const eventTypes: Readonly<Record<PaymentOutcome, EventType>> = {
  full: "bill.paid",
  partial: "bill.part-paid",
  over: "bill.overpaid",
  duplicate: "payment.duplicate",
  late: "payment.late",
  "wrong-currency": "payment.unmatched",
  unmatched: "payment.unmatched",
};

/** Puts what a payment turned out to be on the bus; a refund that came before its payment says nothing yet. */
export async function tellOutcome(
  ports: Pick<Ports, "events">,
  outcome: PaymentOutcome,
  payment: Payment,
): Promise<void> {
  if (!payment.confirmed) return;
  const { source, paymentId } = payment;
  const fact = { id: paymentKey(payment), at: payment.receivedAt, ids: { source, paymentId } };
  await ports.events.publish([eventOf(eventTypes[outcome], payment, fact)]);
}
