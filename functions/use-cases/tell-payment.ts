import type { Bill } from "../domain/bill.ts";
import { type DuebellEvent, type EventType, eventOf } from "../domain/event.ts";
import { isBelowMinimum, type PaymentOutcome, paymentKey, type UnmatchedPayment } from "../domain/payment.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Ports } from "../ports.ts";

type EventPorts = Pick<Ports, "events" | "clock">;

const eventTypes: Readonly<Record<PaymentOutcome, EventType>> = {
  full: "bill.paid",
  partial: "bill.part-paid",
  over: "bill.overpaid",
  duplicate: "payment.duplicate",
  late: "payment.late",
  "wrong-currency": "payment.unmatched",
  unmatched: "payment.unmatched",
  "already-held": "payment.duplicate",
};

/** What is known beside a payment of which its outcome is told. */
type Beside = { readonly bill?: Bill | undefined; readonly proposal?: Proposal | undefined };

/** Puts what a payment turned out to be on the bus; a refund that came before its payment says nothing yet. */
export async function tellOutcome(
  { events }: Pick<Ports, "events">,
  { payment, outcome }: { readonly payment: UnmatchedPayment; readonly outcome: PaymentOutcome },
  { bill, proposal }: Beside = {},
): Promise<void> {
  if (!payment.confirmed) return;
  const { source, paymentId } = payment;
  const ids: DuebellEvent["ids"] = {
    source,
    paymentId,
    ...(bill && outcome === "partial" && isBelowMinimum(bill, payment) && { belowMinimum: true }),
    ...(proposal && { proposal: proposal.id }),
    ...(proposal?.held && { held: paymentKey(proposal.held) }),
  };
  const { biller, billId } = payment;
  const type = eventTypes[outcome];
  // One fact under one id, whichever bill it is that was named and is not there.
  const about = type === "payment.unmatched" ? { biller } : payment;
  // Counted after all, it may turn out to be a duplicate, which is another fact.
  const id = outcome === "already-held" ? `${paymentKey(payment)}/held` : paymentKey(payment);
  const event = eventOf(type, about, { id, at: payment.receivedAt, ids });
  await events.publish([{ ...event, ...(billId && { billId }) }]);
}

/** Puts on the bus how much of a counted payment was given back in all, where anything was: each total is a fact of its own. */
export async function tellRefund(
  { events, clock }: EventPorts,
  { payment, bill }: { readonly payment: UnmatchedPayment; readonly bill: Bill },
): Promise<void> {
  const { source, paymentId } = payment;
  const counted = bill.payments[paymentKey(payment)];
  if (!payment.confirmed || !counted || counted.refunded === 0) return;
  const ids = { source, paymentId, full: counted.refunded >= counted.amount };
  const id = `${paymentKey(payment)}/${counted.refunded}`;
  await events.publish([eventOf("bill.refunded", bill, { id, at: clock.now(), ids })]);
}
