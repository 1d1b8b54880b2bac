import type { Bill } from "./bill.ts";
import { type Biller, messageOf } from "./biller.ts";
import { planSteps, presentStep, remindStep, windowOf } from "./cadence.ts";
import { type LocalDate, type LocalTime, localOf, type Moment, momentOf } from "./local-time.ts";
import type { Notification } from "./notification.ts";
import { moveIntoWindow } from "./send-window.ts";

/** Whose settings apply, and what the customer was told so far. */
export type RemindAbout = { readonly biller: Biller; readonly notifications: readonly Notification[] };

/** The day on which the last extra reminder went out, in the customer's zone: a deferred one goes out later than it was asked for. */
function lastDay({ remind, customer }: Bill, notifications: readonly Notification[]): LocalDate | undefined {
  const name = remind && remindStep(remind);
  const sent = notifications
    .filter(({ step }) => step === name)
    .flatMap(({ acceptedAt, unknownAt, failedAt }) => acceptedAt ?? unknownAt ?? failedAt ?? []);
  return sent.length > 0 ? localOf(Math.max(...sent), customer.timeZone).date : undefined;
}

/**
 * The bill with one extra reminder, for the first day on which it may go out and with the message of the step that day is at; the bill
 * itself where it has one for that day, or one that has not ended: one a day at most, in the customer's zone.
 */
export function withReminder(bill: Bill, { biller, notifications }: RemindAbout, now: Moment): Bill {
  const zone = bill.customer.timeZone;
  const { remind: last, ...rest } = bill;
  const at = Math.max(now, momentOf(bill.issuedOn, "00:00" as LocalTime, zone));
  const { date } = localOf(moveIntoWindow(at, windowOf(bill, biller), zone), zone);
  if (last && (last.date === date || lastDay(bill, notifications) === date)) return bill;
  if (last && !bill.progress.done.includes(remindStep(last))) return bill;
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
