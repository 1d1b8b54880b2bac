import type { Bill } from "./bill.ts";
import { type Biller, messageOf } from "./biller.ts";
import { planSteps, presentStep, remindStep, windowOf } from "./cadence.ts";
import { type LocalTime, localOf, type Moment, momentOf } from "./local-time.ts";
import { moveIntoWindow } from "./send-window.ts";

/**
 * The bill with one extra reminder, for the first day on which it may go out and with the message of the step that day is at; the bill
 * itself where it has one for that day, or one that has not ended: one a day at most, in the customer's zone.
 */
export function withReminder(bill: Bill, biller: Biller, now: Moment): Bill {
  const zone = bill.customer.timeZone;
  const { remind: last, ...rest } = bill;
  const at = Math.max(now, momentOf(bill.issuedOn, "00:00" as LocalTime, zone));
  const { date } = localOf(moveIntoWindow(at, windowOf(bill, biller), zone), zone);
  if (last && (last.date === date || !bill.progress.done.includes(remindStep(last)))) return bill;
  const plan = planSteps(rest, biller);
  const present = plan[presentStep(plan, now)]?.step;
  if (!present) return bill;
  // Of the reminders before this one only their records are left to tell.
  const done = bill.progress.done.filter((name) => !name.startsWith("remind."));
  return { ...rest, remind: { date, message: messageOf(present), at }, progress: { ...bill.progress, done } };
}

/** The step of the bill's extra reminder, and when it is due: at its cursor while it waits, else when it was planned for. */
export function reminderOf(bill: Bill, biller: Biller): { readonly step: string; readonly at: Moment } | undefined {
  const { cursor, claim } = bill.progress;
  const name = bill.remind && remindStep(bill.remind);
  const planned = planSteps(bill, biller).find(({ step }) => step.step === name);
  if (!name || !planned) return undefined;
  const waits = cursor?.step === name && claim?.step !== name;
  return { step: name, at: waits ? Math.max(cursor.at, planned.moment) : planned.moment };
}
