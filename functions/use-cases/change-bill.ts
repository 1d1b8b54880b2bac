import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { conflict, notFound } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import type { Moment } from "../domain/local-time.ts";
import type { Notification } from "../domain/notification.ts";
import { planned } from "../domain/registration.ts";
import type { Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";

export type ChangePorts = Pick<Ports, "bills" | "billers" | "linkCodes" | "clock">;

export type NamedBill = { readonly biller: BillerId; readonly billId: BillId };

export type ChangedBill = { readonly bill: Bill; readonly biller: Biller };

/** What else a change may look at. */
export type ChangedAbout = { readonly biller: Biller; readonly notifications: readonly Notification[] };

const attempts = 5;

/**
 * Changes a bill and plans its reminders again; a change that answers the bill itself writes nothing. Throws not-found for an unknown
 * biller or bill, conflict when others keep writing the same bill.
 */
export async function changeBill(
  ports: ChangePorts,
  { biller: id, billId }: NamedBill,
  change: (bill: Bill, now: Moment, about: ChangedAbout) => Bill,
): Promise<ChangedBill> {
  const biller = await ports.billers.get(id);
  if (!biller) throw notFound(`There is no biller ${id}.`);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { story } = await locateBill(ports, id, billId);
    const stored = story.bill;
    if (!stored) throw notFound(`There is no bill ${billId}.`);
    const now = ports.clock.now();
    const changed = change(stored, now, { biller, notifications: story.notifications });
    if (changed === stored) return { bill: stored, biller };
    const bill = { ...changed, version: stored.version + 1, progress: planned(changed, biller, now) };
    if (await ports.bills.save(bill, stored.version)) return { bill, biller };
  }
  throw conflict(`Bill ${billId} is being changed by others at the same time; try again.`);
}
