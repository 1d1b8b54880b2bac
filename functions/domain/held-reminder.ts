import { type PlannedStep, pendingSteps, planSteps, windowOf } from "./cadence.ts";
import type { HeldStop, Pass, Wait } from "./decision.ts";
import {
  addDays,
  type LocalDate,
  type LocalTime,
  localOf,
  type Moment,
  momentOf,
  mondayOf,
  type TimeZone,
} from "./local-time.ts";
import { decline, passOn, type ReminderSituation } from "./reminder.ts";
import { moveIntoWindow } from "./send-window.ts";

/**
 * A reminder that its customer may not get today, or this week, waits for the next: from the first open moment of that day in the
 * customer's zone, and no longer than until the next step takes its place.
 */
export function capWait(situation: ReminderSituation, full: "day-full" | "week-full"): Wait {
  const zone = situation.bill.customer.timeZone;
  const today = localOf(situation.now, zone).date;
  const day = full === "day-full" ? addDays(today, 1) : addDays(mondayOf(today), 7);
  return heldUntil(situation, startOf(day, zone), "frequency-cap");
}

/**
 * A reminder for which its channel has no money left today is passed on to the next hop of its step; the last hop waits for the
 * biller's next day, and no longer than until the next step takes its place.
 */
export function spendWait(situation: ReminderSituation): Pass | Wait {
  const { bill, cursor, now } = situation;
  if (passOn(situation).next?.step === cursor.step) return decline(situation, "spend-cap");
  const tomorrow = addDays(localOf(now, bill.zone).date, 1);
  return heldUntil(situation, startOf(tomorrow, bill.zone), "spend-cap");
}

const startOf = (date: LocalDate, zone: TimeZone): Moment => momentOf(date, "00:00" as LocalTime, zone);

function heldUntil(situation: ReminderSituation, from: Moment, held: NonNullable<HeldStop["held"]>): Wait {
  const { bill, biller, cursor, now } = situation;
  const opens = moveIntoWindow(Math.max(from, now), windowOf(bill, biller), bill.customer.timeZone);
  const pending = pendingSteps(planSteps(bill, biller), bill.progress.done);
  const next: PlannedStep | undefined = pending[pending.findIndex(({ step }) => step.step === cursor.step) + 1];
  const at = next && next.moment > now ? Math.min(opens, next.moment) : opens;
  const { step, hop, channel } = cursor;
  return { do: "wait", stop: { step, hop, channel, at, held } };
}
