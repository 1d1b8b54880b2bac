import { notFound, notReady } from "../domain/errors.ts";
import type { BillerId, BillId, Channel } from "../domain/ids.ts";
import type { Moment } from "../domain/local-time.ts";
import { paymentKey } from "../domain/payment.ts";
import { paymentToResend, type ResendRequest, withReceiptAgain } from "../domain/resent-receipt.ts";
import type { Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";

export type ResendPorts = Pick<Ports, "bills" | "billers" | "payments" | "linkCodes" | "dueQueues" | "clock">;

export type ResendReceipt = ResendRequest & { readonly biller: BillerId; readonly billId: BillId };

/** Whose receipt goes out again, by which channel first, and from when. */
export type ResentReceipt = {
  readonly paymentId: string;
  readonly source: string;
  readonly channel: Channel;
  readonly at: Moment;
};

const attempts = 8;

/**
 * Sends the receipt of a bill's newest payment again, or that of the payment named, at once and as the first was sent. Throws not-found
 * for an unknown biller, bill or payment, conflict as `withReceiptAgain` does, not-ready where others keep writing the payment.
 */
export async function resendReceipt(ports: ResendPorts, command: ResendReceipt): Promise<ResentReceipt> {
  const biller = await ports.billers.get(command.biller);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { bill, payments, notifications } = (await locateBill(ports, command.biller, command.billId)).story;
    if (!biller || !bill) throw notFound(`There is no bill ${command.billId}.`);
    const payment = paymentToResend(bill, payments, command);
    const now = ports.clock.now();
    const next = withReceiptAgain({ bill, biller, payment, notifications, now }, command.channel);
    const { cursor } = next.progress;
    if (!cursor || !(await ports.payments.save(next, payment.version))) continue;
    await ports.dueQueues.send([{ pk: `BILL#${next.code}`, sk: `PAY#${paymentKey(next)}`, due: cursor.due }]);
    return { paymentId: next.paymentId, source: next.source, channel: cursor.channel, at: cursor.at };
  }
  throw notReady("The payment is being written by others; ask again.");
}
