import { addressOf } from "../domain/addresses.ts";
import type { Bill } from "../domain/bill.ts";
import { invalidInput, providerError } from "../domain/errors.ts";
import type { Channel } from "../domain/ids.ts";
import { withNextHop } from "../domain/next-hop.ts";
import type { Notification, NotificationFacts, NotificationStatus } from "../domain/notification.ts";
import { isFailure, notificationStatus } from "../domain/notification.ts";
import type { Progress } from "../domain/progress.ts";
import { sideNameIn } from "../domain/side-message.ts";
import type { SideName } from "../domain/side-name.ts";
import type { DeliveryReport } from "../messages.ts";
import type { Ports } from "../ports.ts";
import { type ItemPorts, readSideItem } from "./due-item.ts";
import { suppressAddress, tellOptOut } from "./suppress-address.ts";
import { tellNotification } from "./tell-notification.ts";

export type ReportPorts = ItemPorts & Pick<Ports, "notifications" | "suppressions" | "events" | "clock">;

export type RecordedReport =
  | { readonly outcome: "recorded"; readonly status: NotificationStatus }
  | { readonly outcome: "suppressed" }
  | { readonly outcome: "foreign" };

/** A report that says what became of the message. */
type StatusReport = DeliveryReport & { readonly status: NonNullable<DeliveryReport["status"]> };

const says = (report: DeliveryReport): report is StatusReport => report.status !== undefined;

const attempts = 5;

/**
 * Records what a carrier says of a notification; a failure brings the step's next hop forward, an address that must not be messaged any
 * more is kept. Only what was promised to be sent is touched. Throws invalid-input for an address that is none.
 */
export async function recordReport(ports: ReportPorts, report: DeliveryReport): Promise<RecordedReport> {
  const bill = await ports.bills.get(report.code);
  if (!bill || !("title" in bill) || (report.biller !== undefined && report.biller !== bill.biller))
    return { outcome: "foreign" };
  if (!(await wasClaimed(ports, bill, report))) return { outcome: "foreign" };
  const { channel, at, suppress } = report;
  const address = suppress && addressIn(suppress, channel, bill);
  // Before a failure brings the next hop forward: it may go to the same address.
  const kept = address && (await suppressAddress(ports, bill, { channel, address, reason: suppress.reason, at }));
  if (kept?.isWish) await tellOptOut(ports, bill, kept);
  const status = says(report) ? await recordStatus(ports, bill, report) : undefined;
  if (suppress?.address !== undefined && !address)
    throw invalidInput("A report is about no address.", [{ path: "suppress.address", message: "is no address" }]);
  return status === undefined ? { outcome: "suppressed" } : { outcome: "recorded", status };
}

/** The address a carrier means: the one it names, or the bill's own unless that may have been another when the message was sent. */
function addressIn({ address }: NonNullable<DeliveryReport["suppress"]>, channel: Channel, bill: Bill) {
  if (address !== undefined) return addressOf(channel, address);
  return bill.amendedAt === undefined ? bill.customer.addresses[channel] : undefined;
}

/** Whether we ever promised to send this: a claim or a notification of it is there. */
async function wasClaimed(ports: ReportPorts, bill: Bill, { code, step, hop }: DeliveryReport): Promise<boolean> {
  const isHop = (claim: Progress["claim"], name: string): boolean => claim?.step === name && claim.hop === hop;
  if (isHop(bill.progress.claim, step) || (await ports.notifications.get({ code, step, hop }))) return true;
  const { bill: fresh, notifications } = await ports.bills.story(code, { consistent: true });
  if (isHop(fresh?.progress.claim, step)) return true;
  if (notifications.some((known) => known.step === step && known.hop === hop)) return true;
  const side = sideNameIn(step);
  return side !== undefined && isHop((await readSideItem(ports, code, step))?.progress.claim, side);
}

async function recordStatus(ports: ReportPorts, bill: Bill, report: StatusReport): Promise<NotificationStatus> {
  const { code, step, hop } = report;
  const known = await ports.notifications.record({ code, step, hop }, factsOf(report));
  const status = notificationStatus(known);
  const failed = isFailure(status) && report.status === "failed";
  const side = sideNameIn(step);
  if (failed) await (side ? pullSide(ports, report, side) : pullReminder(ports, report));
  if (report.status !== "accepted") await tell(ports, bill, known);
  return status;
}

async function tell(ports: ReportPorts, bill: Bill, known: Notification): Promise<void> {
  const biller = await ports.billers.getCached(bill.biller);
  if (biller) await tellNotification(ports, { bill, biller }, known);
}

function factsOf({ status, at, channel, failure, providerReference }: StatusReport): NotificationFacts {
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

async function pullReminder(ports: ReportPorts, { code, step, hop }: DeliveryReport): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const bill = await ports.bills.get(code, { consistent: true });
    if (!bill || !("title" in bill)) return;
    const place = { biller: bill.biller, now: ports.clock.now() };
    const progress = withNextHop(bill.progress, { step, hop }, place);
    if (!progress || (await ports.bills.save({ ...bill, progress, version: bill.version + 1 }, bill.version))) return;
  }
  throw providerError("the bill is being written by others; the report is tried again");
}

async function pullSide(ports: ReportPorts, { code, step, hop }: DeliveryReport, name: SideName): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const item = await readSideItem(ports, code, step);
    const place = item && { biller: item.bill.biller, now: ports.clock.now() };
    const progress = place && withNextHop(item.progress, { step: name, hop }, place);
    if (!progress || (await item.save(progress))) return;
  }
  throw providerError("the item is being written by others; the report is tried again");
}
