import { type Bill, type BillStatus, isPayable, statusOf } from "./bill.ts";
import { type Biller, messageOf } from "./biller.ts";
import {
  closeStop,
  firstStop,
  type PlannedStep,
  pendingSteps,
  planSteps,
  presentStep,
  stopAfter,
  waitOf,
} from "./cadence.ts";
import { type Decision, hopsBefore, isClosing, type NonSend, type Onward, successOf } from "./decision.ts";
import { type Moment, minuteMs } from "./local-time.ts";
import { hasSucceeded, type NonSendReason, type Notification } from "./notification.ts";
import { type Cursor, type Stop, spare } from "./progress.ts";
import { isWindowOpen, moveIntoWindow } from "./send-window.ts";

/** Everything a reminder's decision looks at. */
export type ReminderSituation = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly cursor: Cursor;
  readonly notifications: readonly Notification[];
  readonly now: Moment;
};

/** A bill with nothing left is looked at once more after this long: by then every claim of it has its notification. */
const closeAfterMs = 10 * minuteMs;

const reasonOf: Readonly<Partial<Record<BillStatus, NonSendReason>>> = {
  paid: "paid",
  overpaid: "paid",
  canceled: "canceled",
  expired: "expired",
};

/** What is to happen now to a bill whose stop has come: the rules of the cadence, in the order they apply. */
export function decideReminder(situation: ReminderSituation): Decision {
  const { bill, biller, cursor, now } = situation;
  const status = statusOf(bill, now);
  if (isClosing(cursor)) return reopenOrLeave(situation);
  if (!isPayable(status)) return leave(situation, reasonOf[status] ?? "nothing-due");
  if (bill.pausedUntil !== undefined && bill.pausedUntil > now)
    return { do: "wait", stop: { ...stopOf(cursor), at: bill.pausedUntil } };
  if (cursor.at > now) return { do: "wait", stop: stopOf(cursor) };
  const pending = pendingSteps(planSteps(bill, biller), bill.progress.done);
  const index = pending.findIndex(({ step }) => step.step === cursor.step);
  const planned = pending[index];
  const present = presentStep(pending, now);
  if (!planned || index < present) return supersede(situation, pending, Math.max(index, present));
  if (planned.moment > now && cursor.hop === 0) return { do: "wait", stop: { ...stopOf(cursor), at: planned.moment } };
  if (planned.hops[cursor.hop]?.channel !== cursor.channel) return decline(situation, "superseded");
  const delivered = hopsBefore(situation.notifications, cursor.step, cursor.hop).some((earlier) =>
    hasSucceeded(earlier, successOf(planned.hops[earlier.hop])),
  );
  if (delivered) return finishStep(situation, pending);
  if (!isWindowOpen(now, biller.window, bill.customer.timeZone)) {
    return { do: "wait", stop: { ...stopOf(cursor), at: moveIntoWindow(now, biller.window, bill.customer.timeZone) } };
  }
  if (bill.customer.addresses[cursor.channel] === undefined) return decline(situation, "no-address");
  return {
    do: "send",
    stop: stopOf(cursor),
    message: messageOf(planned.step),
    onward: departure(situation, pending, waitOf(planned, cursor.hop)),
    atOnce: departure(situation, pending, 0),
  };
}

const stopOf = ({ step, hop, channel, at }: Cursor): Stop => ({ step, hop, channel, at });

/** Where the bill goes from its present hop: the step has ended unless another of its hops follows. */
function departure(
  { bill, biller, cursor, now }: ReminderSituation,
  pending: readonly PlannedStep[],
  waitMs: number,
): Onward {
  const next = stopAfter(bill, biller, { pending, from: cursor, at: now, waitMs, closeAt: now + closeAfterMs });
  return { next, done: next.step === cursor.step ? bill.progress.done : [...bill.progress.done, cursor.step] };
}

/** The present hop is not sent, for this reason; the next one is tried at once. */
export const decline = (situation: ReminderSituation, reason: NonSendReason): Decision => ({
  do: "pass",
  nonSends: [nonSend(situation.cursor, reason)],
  onward: passOn(situation),
});

/** Where a bill goes whose present hop has ended without a wait. */
export function passOn(situation: ReminderSituation): Onward {
  const { bill, biller } = situation;
  return departure(situation, pendingSteps(planSteps(bill, biller), bill.progress.done), 0);
}

const nonSend = ({ step, hop, channel }: Stop, reason: NonSendReason): NonSend => ({ step, hop, channel, reason });

/** An earlier hop of the step got through: the step is done. */
function finishStep({ bill, cursor, now }: ReminderSituation, pending: readonly PlannedStep[]): Decision {
  const following = pending.filter(({ step }) => step.step !== cursor.step);
  return {
    do: "pass",
    nonSends: [],
    onward: {
      spared: spare(cursor, now),
      next: firstStop(bill, following) ?? closeStop(cursor.channel, now + closeAfterMs),
      done: [...bill.progress.done, cursor.step],
    },
  };
}

/** Steps whose moment has wholly passed, or that the biller's settings no longer have, give way to the present one. */
function supersede(
  { bill, cursor, now }: ReminderSituation,
  pending: readonly PlannedStep[],
  present: number,
): Decision {
  const passed = pending.slice(0, present);
  const hasCursorStep = passed.some(({ step }) => step.step === cursor.step);
  const steps = hasCursorStep
    ? passed.map(({ step }) => step.step)
    : [cursor.step, ...passed.map(({ step }) => step.step)];
  const next = firstStop(bill, pending.slice(present)) ?? closeStop(cursor.channel, now + closeAfterMs);
  const nonSends = steps.map((step) => {
    const hop = passed.find((planned) => planned.step.step === step);
    const at =
      step === cursor.step ? cursor : { step, hop: 0, channel: hop?.hops[0]?.channel ?? cursor.channel, at: now };
    return nonSend(at, "superseded");
  });
  return { do: "pass", nonSends, onward: { next, done: [...bill.progress.done, ...steps] } };
}

/** The bill's final status ends every step that is left. */
function leave({ bill, cursor }: ReminderSituation, reason: NonSendReason): Decision {
  return { do: "pass", nonSends: [nonSend(cursor, reason)], onward: { next: undefined, done: bill.progress.done } };
}

/** The last look: a step that came into the cadence since is taken up, otherwise the bill leaves the index. */
function reopenOrLeave({ bill, biller, now }: ReminderSituation): Decision {
  const pending = isPayable(statusOf(bill, now)) ? pendingSteps(planSteps(bill, biller), bill.progress.done) : [];
  return { do: "pass", nonSends: [], onward: { next: firstStop(bill, pending), done: bill.progress.done } };
}

/**
 * Where the reminders of a bill stand after it was registered, amended or resumed: a step already begun keeps its cursor, the others
 * are planned again from what is not done.
 */
export function planAgain(bill: Bill, biller: Biller, now: Moment): Stop | undefined {
  const { cursor, claim, done } = bill.progress;
  const closes = claim && closeStop(claim.channel, now);
  if (!isPayable(statusOf(bill, now))) return closes;
  const pending = pendingSteps(planSteps(bill, biller), done);
  const begun = cursor !== undefined && cursor.hop > 0 && pending.some(({ step }) => step.step === cursor.step);
  const stop = begun ? stopOf(cursor) : firstStop(bill, pending);
  if (!stop) return closes;
  return bill.pausedUntil !== undefined && bill.pausedUntil > now
    ? { ...stop, at: Math.max(stop.at, bill.pausedUntil) }
    : stop;
}

/** What the reminders do next, for a person: passed steps are already left out. */
export function nextReminder(bill: Bill, biller: Biller, now: Moment): Stop | undefined {
  const { cursor } = bill.progress;
  if (!cursor || isClosing(cursor) || !isPayable(statusOf(bill, now))) return undefined;
  const pending = pendingSteps(planSteps(bill, biller), bill.progress.done);
  const present = presentStep(pending, now);
  if (pending[present]?.step.step === cursor.step) return stopOf(cursor);
  return firstStop(bill, pending.slice(present));
}
