import { type Bill, statusOf, type Tombstone } from "../domain/bill.ts";
import { conflict, notFound } from "../domain/errors.ts";
import { eventOf } from "../domain/event.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import { planned } from "../domain/registration.ts";
import type { Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";

type CancelPorts = Pick<Ports, "bills" | "billers" | "linkCodes" | "clock" | "events">;

export type CancelBill = { readonly biller: BillerId; readonly billId: BillId; readonly reason?: string };

const attempts = 5;

/**
 * Cancels a bill and ends its reminders; a cancel for a bill not yet known is kept, so that the bill is refused when it comes.
 * Throws not-found for an unknown biller, conflict for a paid bill.
 */
export async function cancelBill(
  ports: CancelPorts,
  command: CancelBill,
): Promise<{ readonly bill: Bill | Tombstone }> {
  const biller = await ports.billers.get(command.biller);
  if (!biller) throw notFound(`There is no biller ${command.biller}.`);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const now = ports.clock.now();
    const { code, story } = await locateBill(ports, command.biller, command.billId);
    const stored = story.bill ?? story.tombstone;
    const canceled = stored?.canceled ?? { at: now, ...(command.reason !== undefined && { reason: command.reason }) };
    const next = story.bill
      ? withoutReminders({ ...story.bill, canceled }, (bill) => planned(bill, biller, now))
      : { code, biller: command.biller, billId: command.billId, canceled, version: 0 };
    if (story.bill && !story.bill.canceled && ["paid", "overpaid"].includes(statusOf(story.bill, now))) {
      throw conflict(`Bill ${command.billId} is paid.`);
    }
    const version = stored?.version ?? 0;
    if (stored?.canceled || (await ports.bills.save({ ...next, version: version + 1 }, version))) {
      await ports.events.publish([eventOf("bill.canceled", command, { id: "canceled", at: canceled.at })]);
      return { bill: stored?.canceled ? stored : { ...next, version: version + 1 } };
    }
  }
  throw conflict(`Bill ${command.billId} is being changed by others at the same time; try again.`);
}

const withoutReminders = (bill: Bill, plan: (bill: Bill) => Bill["progress"]): Bill => ({
  ...bill,
  progress: plan(bill),
});
