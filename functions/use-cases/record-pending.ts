import { type Bill, isPayable, statusOf } from "../domain/bill.ts";
import { providerError } from "../domain/errors.ts";
import type { NoticeKind } from "../domain/notice-kind.ts";
import { type PaymentFact, paymentKey } from "../domain/payment.ts";
import { hasMovedOn, newNotice } from "../domain/payment-notice.ts";
import { type PendingFact, withFailure, withPending } from "../domain/pending.ts";
import { receiptHops } from "../domain/receipt.ts";
import type { BillStory, Ports } from "../ports.ts";
import { placeOf } from "./place-payment.ts";

export type PendingPorts = Pick<Ports, "bills" | "billers" | "notices" | "linkCodes" | "clock">;

/** What is told of a payment that has not arrived: it is under way, or came to nothing. */
export type RecordPending = { readonly type: "payment.pending" | "payment.failed"; readonly payment: PaymentFact };

/** What became of it: `unchanged` where the bill says so already, or is not to say it. */
export type RecordedPending = { readonly outcome: "pending" | "failed" | "unchanged" };

const mostTries = 8;

/**
 * Keeps on the bill that a payment is under way, or takes it back, for its page to say; in any order, and never against a payment that
 * arrived. Nothing is kept for a bill that is not known, or in another currency. Where the biller asks for it, the customer is told, once
 * for each payment: told again, what was left undone is done.
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
    const kept = { ...changed, version: stored.version + 1 };
    if (changed === stored || (await ports.bills.save(kept, stored.version))) {
      await planNotice(ports, { bill: changed, notifications: story.notifications, kind: type, told });
      return { outcome: changed === stored ? "unchanged" : outcome };
    }
    const found = await ports.bills.get(code, { consistent: true });
    stored = found && "title" in found ? found : undefined;
  }
  throw providerError("the bill is being written by others; what was told of the payment is tried again");
}

const kinds = { "payment.pending": "payment-pending", "payment.failed": "payment-failed" } as const;

type ToNotice = Pick<BillStory, "notifications"> & {
  readonly bill: Bill;
  readonly kind: RecordPending["type"];
  readonly told: PendingFact;
};

/** Plans the customer's message where the biller wants one and the payment is still what was told. */
async function planNotice(ports: PendingPorts, { bill, notifications, kind: type, told }: ToNotice): Promise<void> {
  const kind: NoticeKind = kinds[type];
  const now = ports.clock.now();
  const biller = await ports.billers.getCached(bill.biller);
  if (!biller?.paymentNotices?.includes(kind) || !isPayable(statusOf(bill, now))) return;
  const { code, biller: id } = bill;
  const about = { code, biller: id, kind, ...told, hops: receiptHops(bill, biller, notifications) };
  if (!hasMovedOn(bill, about)) await ports.notices.add(newNotice(about, now));
}
