import type { Bill } from "../domain/bill.ts";
import { providerError } from "../domain/errors.ts";
import type { NotificationFacts, NotificationStatus } from "../domain/notification.ts";
import { notificationStatus } from "../domain/notification.ts";
import { type Payment, receiptStep } from "../domain/payment.ts";
import { cursorAt, type Progress } from "../domain/progress.ts";
import type { DeliveryReport } from "../messages.ts";
import type { Ports } from "../ports.ts";

type DeliveryPorts = Pick<Ports, "bills" | "payments" | "notifications" | "clock">;

/** `foreign`: the report names nothing that we sent, or a bill of another biller than whose webhook told it. */
export type RecordedDelivery =
  | { readonly outcome: "recorded"; readonly status: NotificationStatus }
  | { readonly outcome: "foreign" };

const attempts = 5;

/** Records what a carrier says of a notification, in any order and number; a failure brings the step's next hop forward. */
export async function recordDelivery(ports: DeliveryPorts, report: DeliveryReport): Promise<RecordedDelivery> {
  const bill = await ports.bills.get(report.code);
  if (!bill || !("title" in bill) || (report.biller !== undefined && report.biller !== bill.biller))
    return { outcome: "foreign" };
  const { code, step, hop } = report;
  if (!(await wasClaimed(ports, bill, report))) return { outcome: "foreign" };
  const known = await ports.notifications.record({ code, step, hop }, factsOf(report));
  const status = notificationStatus(known);
  const failed = status !== "delivered" && status !== "read" && report.status === "failed";
  if (failed) await (step.includes(".") ? pullReceipt(ports, report) : pullReminder(ports, report));
  return { outcome: "recorded", status };
}

/** Whether we ever promised to send this: a claim or a notification of it is there. */
async function wasClaimed(ports: DeliveryPorts, bill: Bill, { code, step, hop }: DeliveryReport): Promise<boolean> {
  const isHop = (claim: Progress["claim"], name: string): boolean => claim?.step === name && claim.hop === hop;
  if (isHop(bill.progress.claim, step) || (await ports.notifications.get({ code, step, hop }))) return true;
  const { bill: fresh, payments, notifications } = await ports.bills.story(code, { consistent: true });
  return (
    isHop(fresh?.progress.claim, step) ||
    notifications.some((known) => known.step === step && known.hop === hop) ||
    payments.some((payment) => receiptStep(payment) === step && isHop(payment.progress.claim, "receipt"))
  );
}

function factsOf({ status, at, channel, failure, providerReference }: DeliveryReport): NotificationFacts {
  const about = { channel, ...(providerReference !== undefined && { providerReference }) };
  switch (status) {
    case "accepted":
      return { ...about, acceptedAt: at };
    case "delivered":
      return { ...about, deliveredAt: at };
    case "read":
      return { ...about, readAt: at };
    case "failed":
      return { ...about, failedAt: at, failure: failure ?? { kind: "technical-failure", reason: "not-stated" } };
  }
}

/** The progress with the cursor at the next minute; undefined unless the newest claim is the failed hop and the next hop of its step waits. */
function pulled(
  progress: Progress,
  step: string,
  { hop, biller, now }: { hop: number; biller: Bill["biller"]; now: number },
): Progress | undefined {
  const { cursor, claim } = progress;
  if (
    !cursor ||
    claim?.step !== step ||
    claim.hop !== hop ||
    cursor.step !== step ||
    cursor.hop <= hop ||
    cursor.at <= now
  )
    return undefined;
  return { ...progress, cursor: cursorAt({ ...cursor, at: now }, biller, now) };
}

async function pullReminder(ports: DeliveryPorts, { code, step, hop }: DeliveryReport): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const bill = await ports.bills.get(code, { consistent: true });
    if (!bill || !("title" in bill)) return;
    const progress = pulled(bill.progress, step, { hop, biller: bill.biller, now: ports.clock.now() });
    if (!progress || (await ports.bills.save({ ...bill, progress, version: bill.version + 1 }, bill.version))) return;
  }
  throw providerError("the bill is being written by others; the report is tried again");
}

async function pullReceipt(ports: DeliveryPorts, { code, step, hop }: DeliveryReport): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { payments } = await ports.bills.story(code, { consistent: true });
    const payment: Payment | undefined = payments.find((candidate) => receiptStep(candidate) === step);
    const progress =
      payment && pulled(payment.progress, "receipt", { hop, biller: payment.biller, now: ports.clock.now() });
    if (!payment || !progress) return;
    if (await ports.payments.save({ ...payment, progress, version: payment.version + 1 }, payment.version)) return;
  }
  throw providerError("the payment is being written by others; the report is tried again");
}
