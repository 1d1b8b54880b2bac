import type { Bill, BillDetail } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import type { Caps } from "../domain/compliance.ts";
import { sendTermsOf } from "../domain/compliance-terms.ts";
import type { Decision, Onward, Pass, Wait } from "../domain/decision.ts";
import { capWait, spendWait } from "../domain/held-reminder.ts";
import type { LinkCode } from "../domain/link-code.ts";
import type { Moment } from "../domain/local-time.ts";
import type { NonSendReason, Notification, NotificationKey } from "../domain/notification.ts";
import { type Payment, paymentKey, receiptStep } from "../domain/payment.ts";
import type { Cursor, Progress } from "../domain/progress.ts";
import { decideReceipt, declineReceipt, passReceiptOn } from "../domain/receipt.ts";
import { decideReminder, decline, passOn } from "../domain/reminder.ts";
import type { Ports, ReadOptions } from "../ports.ts";

/** What waits in the due index, whichever it is: a bill for its reminders, or a payment for its receipt. */
export type DueItem = {
  readonly kind: "reminder" | "receipt";
  readonly bill: Bill;
  readonly detail?: BillDetail | undefined;
  readonly biller: Biller;
  readonly payment?: Payment;
  readonly progress: Progress;
  readonly notifications: readonly Notification[];
  /** How often the customer may be reminded; none for receipts. */
  readonly caps?: Caps;
  /** The name a hop's notification is recorded under. */
  notificationKey(step: string, hop: number): NotificationKey;
  decide(cursor: Cursor, now: Moment): Decision;
  decline(cursor: Cursor, reason: NonSendReason, now: Moment): Pass;
  /** What becomes of a stop that a cap does not let through now. */
  hold(cursor: Cursor, full: Full, now: Moment): Pass | Wait;
  /** Where the item goes when its present hop has ended without a wait. */
  passOn(cursor: Cursor, now: Moment): Onward;
  /** The same item with new progress, written over the version that was read; undefined when it is not what is stored. */
  save(progress: Progress): Promise<DueItem | undefined>;
};

/** Which cap is reached: reminders of the customer's day or week, or money of the channel's day. */
export type Full = "day-full" | "week-full" | "spent";

type ItemPorts = Pick<Ports, "bills" | "payments" | "billers">;

/** Reads the item that a due message names, with its whole story; undefined when there is none. */
export async function readDueItem(
  ports: ItemPorts,
  key: { readonly pk: string; readonly sk: string },
  options: ReadOptions = {},
): Promise<DueItem | undefined> {
  const code = key.pk.slice("BILL#".length) as LinkCode;
  const { bill, detail, payments, notifications } = await ports.bills.story(code, options);
  const biller = bill && (await ports.billers.getCached(bill.biller));
  if (!bill || !biller) return undefined;
  if (key.sk === "BILL") return reminderItem(ports, { bill, detail, biller, notifications });
  const payment = payments.find((candidate) => `PAY#${paymentKey(candidate)}` === key.sk);
  return payment && receiptItem(ports, { bill, detail, biller, notifications }, payment);
}

type Read = Pick<DueItem, "bill" | "detail" | "biller" | "notifications">;

function reminderItem(ports: ItemPorts, read: Read): DueItem {
  const { bill, biller, notifications } = read;
  const { caps } = sendTermsOf(biller, bill.category);
  return {
    kind: "reminder",
    ...read,
    ...(caps && { caps }),
    progress: bill.progress,
    notificationKey: (step, hop) => ({ code: bill.code, step, hop }),
    decide: (cursor, now) => decideReminder({ bill, biller, cursor, notifications, now }),
    decline: (cursor, reason, now) => decline({ bill, biller, cursor, notifications, now }, reason),
    hold: (cursor, full, now) => {
      const situation = { bill, biller, cursor, notifications, now };
      return full === "spent" ? spendWait(situation) : capWait(situation, full);
    },
    passOn: (cursor, now) => passOn({ bill, biller, cursor, notifications, now }),
    save: async (progress) => {
      const next = { ...bill, progress, version: bill.version + 1 };
      return (await ports.bills.save(next, bill.version)) ? reminderItem(ports, { ...read, bill: next }) : undefined;
    },
  };
}

function receiptItem(ports: ItemPorts, read: Read, payment: Payment): DueItem {
  const { bill, notifications } = read;
  const step = receiptStep(payment);
  return {
    kind: "receipt",
    ...read,
    payment,
    progress: payment.progress,
    notificationKey: (_step, hop) => ({ code: bill.code, step, hop }),
    decide: (cursor, now) => decideReceipt({ bill, payment, cursor, notifications, now }),
    decline: (cursor, reason, now) => declineReceipt({ bill, payment, cursor, notifications, now }, reason),
    // No cap holds a receipt: it goes to its next channel where one is asked for all the same.
    hold: (cursor, full, now) =>
      declineReceipt({ bill, payment, cursor, notifications, now }, full === "spent" ? "spend-cap" : "frequency-cap"),
    passOn: (cursor, now) => passReceiptOn({ bill, payment, cursor, notifications, now }),
    save: async (progress) => {
      const next = { ...payment, progress, version: payment.version + 1 };
      return (await ports.payments.save(next, payment.version)) ? receiptItem(ports, read, next) : undefined;
    },
  };
}
