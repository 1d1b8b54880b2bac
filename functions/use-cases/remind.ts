import { type Bill, isPayable, statusOf } from "../domain/bill.ts";
import { conflict } from "../domain/errors.ts";
import { reminderOf, withReminder } from "../domain/extra-reminder.ts";
import { type Moment, toIso } from "../domain/local-time.ts";
import { type ChangePorts, changeBill, type NamedBill } from "./change-bill.ts";

/** The step of the reminder, `remind.<date>`, and when it is due. */
export type Reminded = { readonly step: string; readonly at: Moment };

/**
 * Asks for one extra reminder with the message of the step the bill is at: as soon as the window is open, one a day of the customer at
 * most. Asked again for its day, or while the one before has not ended, it answers that one. Throws not-found for an unknown biller or
 * bill, conflict for a bill that is not payable or is paused.
 */
export async function remind(ports: ChangePorts, command: NamedBill): Promise<Reminded> {
  const { bill, biller } = await changeBill(ports, command, (stored, now, about) => {
    refuseUnlessOwed(stored, now);
    return withReminder(stored, about, now);
  });
  const reminder = reminderOf(bill, biller);
  if (!reminder) throw conflict(`Bill ${command.billId} has no step to remind with.`);
  return reminder;
}

function refuseUnlessOwed(bill: Bill, now: Moment): void {
  const status = statusOf(bill, now);
  if (!isPayable(status)) throw conflict(`Bill ${bill.billId} is ${status}: there is nothing to remind of.`);
  if (bill.pausedUntil !== undefined && bill.pausedUntil > now)
    throw conflict(`The reminders of bill ${bill.billId} are paused until ${toIso(bill.pausedUntil)}.`);
}
