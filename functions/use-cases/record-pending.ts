import type { Bill } from "../domain/bill.ts";
import { providerError } from "../domain/errors.ts";
import { type PaymentFact, paymentKey } from "../domain/payment.ts";
import { withFailure, withPending } from "../domain/pending.ts";
import type { Ports } from "../ports.ts";
import { placeOf } from "./place-payment.ts";

type PendingPorts = Pick<Ports, "bills" | "linkCodes" | "clock">;

/** What is told of a payment that has not arrived: it is under way, or came to nothing. */
export type RecordPending = { readonly type: "payment.pending" | "payment.failed"; readonly payment: PaymentFact };

/** What became of it: `unchanged` where the bill says so already, or is not to say it. */
export type RecordedPending = { readonly outcome: "pending" | "failed" | "unchanged" };

const mostTries = 8;

/**
 * Keeps on the bill that a payment is under way, or takes it back, for its page to say; in any order, and never against a payment that
 * arrived. Nothing is kept for a bill that is not known, or in another currency. At most one write.
 */
export async function recordPending(ports: PendingPorts, { type, payment }: RecordPending): Promise<RecordedPending> {
  const { code, story, agrees } = await placeOf(ports, payment);
  let stored = agrees ? story.bill : undefined;
  const outcome = type === "payment.pending" ? "pending" : "failed";
  // Nothing is told of the future: a clock that is ahead must not outdo what is told later.
  const told = {
    key: paymentKey(payment),
    amount: payment.amount.value,
    at: Math.min(payment.paidAt, ports.clock.now()),
  };
  for (let tries = 0; tries < mostTries; tries++) {
    if (!stored || stored.amountDue.currency !== payment.amount.currency) return { outcome: "unchanged" };
    const changed: Bill = outcome === "pending" ? withPending(stored, told) : withFailure(stored, told);
    if (changed === stored) return { outcome: "unchanged" };
    if (await ports.bills.save({ ...changed, version: stored.version + 1 }, stored.version)) return { outcome };
    const found = await ports.bills.get(code, { consistent: true });
    stored = found && "title" in found ? found : undefined;
  }
  throw providerError("the bill is being written by others; what was told of the payment is tried again");
}
