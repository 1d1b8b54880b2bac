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
import { decideNotice, declineNotice, noticeStep, type PaymentNotice, passNoticeOn } from "../domain/payment-notice.ts";
import type { Cursor, Progress } from "../domain/progress.ts";
import { decideReceipt, declineReceipt, passReceiptOn } from "../domain/receipt.ts";
import { decideReminder, decline, passOn } from "../domain/reminder.ts";
import type { Ports, ReadOptions } from "../ports.ts";

/** What waits in the due index, whichever it is: a bill for its reminders, a payment for its receipt, or a notice of a payment. */
export type DueItem = {
  readonly kind: "reminder" | "receipt" | "notice";
  /** What names it in the table, as due messages do. */
  readonly key: ItemKey;
  readonly bill: Bill;
  readonly detail?: BillDetail | undefined;
  readonly biller: Biller;
  readonly payment?: Payment;
  readonly notice?: PaymentNotice;
  readonly progress: Progress;
  readonly notifications: readonly Notification[];
  /** How often the customer may be reminded; nothing else is capped. */
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
  /** Whether the bill is what was read, for an item whose decision hangs on it and whose own write does not tell. */
  isStillSo?(): Promise<boolean>;
};

/** Which cap is reached: reminders of the customer's day or week, or money of the channel's day. */
export type Full = "day-full" | "week-full" | "spent";

/** The key of one item of the table. */
export type ItemKey = { readonly pk: string; readonly sk: string };

export type ItemPorts = Pick<Ports, "bills" | "payments" | "notices" | "billers">;

/** Reads the item that a due message names, with its whole story; undefined when there is none. */
export async function readDueItem(
  ports: ItemPorts,
  key: ItemKey,
  options: ReadOptions = {},
): Promise<DueItem | undefined> {
  const code = key.pk.slice("BILL#".length) as LinkCode;
  const items = await itemsOf(ports, code, options);
  return items.find((item) => item.key.sk === key.sk);
}

/** Reads what a bill's payments call for under the step that its notifications are recorded under; undefined when there is none. */
export async function readSideItem(ports: ItemPorts, code: LinkCode, step: string): Promise<DueItem | undefined> {
  const items = await itemsOf(ports, code, { consistent: true });
  return items.find((item) => item.kind !== "reminder" && item.notificationKey("", 0).step === step);
}

/** Everything of a bill that may wait in the due index. */
async function itemsOf(ports: ItemPorts, code: LinkCode, options: ReadOptions): Promise<readonly DueItem[]> {
  const { bill, detail, payments, notices = [], notifications } = await ports.bills.story(code, options);
  const biller = bill && (await ports.billers.getCached(bill.biller));
  if (!bill || !biller) return [];
  const read = { bill, detail, biller, notifications };
  return [
    reminderItem(ports, read),
    ...payments.map((payment) => receiptItem(ports, read, payment)),
    ...notices.map((notice) => noticeItem(ports, { ...read, notices }, notice)),
  ];
}

type Read = Pick<DueItem, "bill" | "detail" | "biller" | "notifications">;

const keyIn = ({ code }: Bill, sk: string): ItemKey => ({ pk: `BILL#${code}`, sk });

function reminderItem(ports: ItemPorts, read: Read): DueItem {
  const { bill, biller, notifications } = read;
  const { caps } = sendTermsOf(biller, bill.category);
  return {
    kind: "reminder",
    key: keyIn(bill, "BILL"),
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

/** No cap holds what a payment calls for: it goes to its next channel where one is asked for all the same. */
const uncapped = (full: Full): NonSendReason => (full === "spent" ? "spend-cap" : "frequency-cap");

function receiptItem(ports: ItemPorts, read: Read, payment: Payment): DueItem {
  const { bill, notifications } = read;
  const step = receiptStep(payment);
  const about = { bill, payment, notifications };
  return {
    kind: "receipt",
    key: keyIn(bill, `PAY#${paymentKey(payment)}`),
    ...read,
    payment,
    progress: payment.progress,
    notificationKey: (_step, hop) => ({ code: bill.code, step, hop }),
    decide: (cursor, now) => decideReceipt({ ...about, cursor, now }),
    decline: (cursor, reason, now) => declineReceipt({ ...about, cursor, now }, reason),
    hold: (cursor, full, now) => declineReceipt({ ...about, cursor, now }, uncapped(full)),
    passOn: (cursor, now) => passReceiptOn({ ...about, cursor, now }),
    save: async (progress) => {
      const next = { ...payment, progress, version: payment.version + 1 };
      return (await ports.payments.save(next, payment.version)) ? receiptItem(ports, read, next) : undefined;
    },
  };
}

type ReadNotices = Read & { readonly notices: readonly PaymentNotice[] };

function noticeItem(ports: ItemPorts, { notices, ...read }: ReadNotices, notice: PaymentNotice): DueItem {
  const { bill, biller, notifications } = read;
  const step = noticeStep(notice);
  const about = { bill, biller, notice, notices, notifications };
  return {
    kind: "notice",
    key: keyIn(bill, `NOTICE#${notice.kind}#${notice.key}`),
    ...read,
    notice,
    progress: notice.progress,
    notificationKey: (_step, hop) => ({ code: bill.code, step, hop }),
    decide: (cursor, now) => decideNotice({ ...about, cursor, now }),
    decline: (cursor, reason, now) => declineNotice({ ...about, cursor, now }, reason),
    hold: (cursor, full, now) => declineNotice({ ...about, cursor, now }, uncapped(full)),
    passOn: (cursor, now) => passNoticeOn({ ...about, cursor, now }),
    save: async (progress) => {
      const next = { ...notice, progress, version: notice.version + 1 };
      return (await ports.notices.save(next, notice.version))
        ? noticeItem(ports, { ...read, notices }, next)
        : undefined;
    },
    isStillSo: async () => {
      const stored = await ports.bills.get(bill.code, { consistent: true });
      return stored?.version === bill.version;
    },
  };
}
