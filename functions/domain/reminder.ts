import { type Bill, type BillStatus, isPayable, outstanding, statusOf } from "./bill.ts";
import { type Biller, messageOf } from "./biller.ts";
import {
  closeStop,
  fallbackAt,
  firstStop,
  type PlannedStep,
  pendingSteps,
  planSteps,
  presentStep,
  stopAfter,
  waitOf,
  windowOf,
} from "./cadence.ts";
import { sendTermsOf } from "./compliance-terms.ts";
import { type Decision, hopsBefore, isClosing, type NonSend, type Onward, type Pass, successOf } from "./decision.ts";
import { type Moment, minuteMs } from "./local-time.ts";
import { hasSucceeded, type NonSendReason, type Notification, notificationStatus } from "./notification.ts";
import { type Cursor, type Stop, spare } from "./progress.ts";
import { moveIntoWindow } from "./send-window.ts";

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
  if (outstanding(bill, now).value === 0) return decline(situation, "nothing-due");
  if (bill.pausedUntil !== undefined && bill.pausedUntil > now)
    return { do: "wait", stop: { ...stopOf(cursor), at: bill.pausedUntil } };
  if (cursor.at > now) return { do: "wait", stop: stopOf(cursor) };
  const pending = pendingSteps(planSteps(bill, biller), bill.progress.done);
  const index = pending.findIndex(({ step }) => step.step === cursor.step);
  const planned = pending[index];
  const present = presentStep(pending, now);
  if (!planned || (present > 0 && index <= present)) return supersede(situation, pending, present);
  const before = hopsBefore(situation.notifications, cursor.step, cursor.hop);
  const isOtherHop = planned.hops[cursor.hop]?.channel !== cursor.channel;
  if (!isBegun(bill) && before.length === 0) {
    const entry = firstStop(bill, pending.slice(present));
    if (entry && (index > present || planned.moment > now || isOtherHop)) return { do: "wait", stop: entry };
  }
  if (isOtherHop) return decline(situation, "superseded");
  if (before.some((earlier) => hasSucceeded(earlier, successOf(planned.hops[earlier.hop])))) {
    return finishStep(situation, pending);
  }
  const waiting = waitsUntil(situation, pending, index);
  if (waiting > now) return { do: "wait", stop: { ...stopOf(cursor), at: waiting } };
  const opens = moveIntoWindow(now, windowOf(bill, biller), bill.customer.timeZone);
  if (opens > now) return { do: "wait", stop: { ...stopOf(cursor), at: opens } };
  if (bill.customer.addresses[cursor.channel] === undefined) return decline(situation, "no-address");
  if (!hasConsent(situation)) return decline(situation, "consent-missing");
  return {
    do: "send",
    stop: stopOf(cursor),
    message: messageOf(planned.step),
    onward: departure(situation, pending, waitOf(planned, cursor.hop)),
    atOnce: departure(situation, pending, 0),
  };
}

const stopOf = ({ step, hop, channel, at }: Cursor): Stop => ({ step, hop, channel, at });

/** Whether the customer has consented to the channel, where bills of this category ask for it. */
const hasConsent = ({ bill, biller, cursor }: ReminderSituation): boolean =>
  sendTermsOf(biller, bill.category).consent !== "explicit" ||
  (bill.customer.consents?.includes(cursor.channel) ?? false);

/** Whether a hop of the step that the cursor stands at was claimed: the step then goes on where it is, whatever is planned again. */
const isBegun = ({ progress: { cursor, claim } }: Bill): boolean => cursor !== undefined && claim?.step === cursor.step;

/** Until when the newest claim of this step waits for its success: a plan made since may have called the next hop too early. */
function waitsUntil(
  { bill, biller, notifications }: ReminderSituation,
  pending: readonly PlannedStep[],
  index: number,
): Moment {
  const { claim } = bill.progress;
  const tried = notifications.find(({ step, hop }) => step === claim?.step && hop === claim.hop);
  const status = tried && notificationStatus(tried);
  if (!claim || !isBegun(bill) || (status !== "accepted" && status !== "delivered")) return 0;
  return fallbackAt(bill, biller, {
    at: claim.at,
    waitMs: waitOf(pending[index], claim.hop),
    next: pending[index + 1],
  });
}

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
export const decline = (situation: ReminderSituation, reason: NonSendReason): Pass => ({
  do: "pass",
  nonSends: [nonSend(situation.cursor, reason)],
  onward: passOn(situation),
});

/** The present step is not sent over any of its hops that are left, for this reason; the next one comes in its time. */
export function declineStep(situation: ReminderSituation, reason: NonSendReason): Pass {
  const { bill, biller, cursor, now } = situation;
  const pending = pendingSteps(planSteps(bill, biller), bill.progress.done);
  const following = pending.filter(({ step }) => step.step !== cursor.step);
  const next = firstStop(bill, following) ?? closeStop(cursor.channel, now + closeAfterMs);
  return {
    do: "pass",
    nonSends: [nonSend(cursor, reason)],
    onward: { next, done: [...bill.progress.done, cursor.step] },
  };
}

/** Where a bill goes whose present hop has ended without a wait; a last look that came to nothing is repeated later. */
export function passOn(situation: ReminderSituation): Onward {
  const { bill, biller, cursor, now } = situation;
  if (isClosing(cursor)) return { next: closeStop(cursor.channel, now + closeAfterMs), done: bill.progress.done };
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

/** Steps before the present one, and a step that the biller's settings no longer have, give way to the present one. */
function supersede(
  { bill, cursor, now }: ReminderSituation,
  pending: readonly PlannedStep[],
  present: number,
): Decision {
  const passed = pending.slice(0, present);
  const isGone = pending.every(({ step }) => step.step !== cursor.step);
  const stops = passed.map((planned) =>
    planned.step.step === cursor.step ? cursor : (firstStop(bill, [planned]) ?? cursor),
  );
  const ended = isGone ? [cursor, ...stops] : stops;
  const stays = pending[present]?.step.step === cursor.step ? stopOf(cursor) : undefined;
  const next = stays ?? firstStop(bill, pending.slice(present)) ?? closeStop(cursor.channel, now + closeAfterMs);
  const done = [...bill.progress.done, ...ended.map(({ step }) => step)];
  const reasonFor = ({ step }: Stop): NonSendReason => (step === cursor.step && cursor.held) || "superseded";
  return { do: "pass", nonSends: ended.map((stop) => nonSend(stop, reasonFor(stop))), onward: { next, done } };
}

/**
 * The steps that have ended when the reminders stop because nothing is asked for any more: one that was begun is among them, so
 * that it is not told again when the bill is owed once more.
 */
export function doneAtEnd(bill: Bill): readonly string[] {
  const { cursor, done } = bill.progress;
  return cursor && isBegun(bill) ? [...done, cursor.step] : done;
}

/** The bill's final status ends every step that is left; of one that a cap held until the bill expired, it was the cap. */
function leave({ bill, cursor }: ReminderSituation, ended: NonSendReason): Decision {
  const reason = (ended === "expired" && cursor.held) || ended;
  return { do: "pass", nonSends: [nonSend(cursor, reason)], onward: { next: undefined, done: doneAtEnd(bill) } };
}

/** The last look: a step that came into the cadence since is taken up, otherwise the bill leaves the index. */
function reopenOrLeave({ bill, biller, now }: ReminderSituation): Decision {
  const pending = isPayable(statusOf(bill, now)) ? pendingSteps(planSteps(bill, biller), bill.progress.done) : [];
  return { do: "pass", nonSends: [], onward: { next: firstStop(bill, pending), done: bill.progress.done } };
}

/**
 * Where the reminders of a bill stand after it was registered, amended, paused or resumed: a step already begun goes on with the hop
 * it was at, the others are planned again from what is not done.
 */
export function planAgain(bill: Bill, biller: Biller, now: Moment): Stop | undefined {
  const { cursor, claim, done } = bill.progress;
  const closes = claim && closeStop(claim.channel, now);
  if (!isPayable(statusOf(bill, now))) return closes;
  const pending = pendingSteps(planSteps(bill, biller), done);
  const stop = cursor && isBegun(bill) ? begunStop(bill, biller, { cursor, pending }) : firstStop(bill, pending);
  return stop ? heldBack(stop, bill, now) : closes;
}

/** The stop after a pause, where there is one. */
const heldBack = (stop: Stop, { pausedUntil }: Bill, now: Moment): Stop =>
  pausedUntil !== undefined && pausedUntil > now ? { ...stop, at: Math.max(stop.at, pausedUntil) } : stop;

type Standing = { readonly cursor: Cursor; readonly pending: readonly PlannedStep[] };

/** The waiting hop of a begun step: no later than its wait or the next step says, so that neither an old pause nor an old plan holds. */
function begunStop(bill: Bill, biller: Biller, { cursor, pending }: Standing): Stop {
  const { claim } = bill.progress;
  const index = pending.findIndex(({ step }) => step.step === cursor.step);
  if (!claim || index < 0) return stopOf(cursor);
  const waitMs = waitOf(pending[index], claim.hop);
  return {
    ...stopOf(cursor),
    at: Math.min(cursor.at, fallbackAt(bill, biller, { at: claim.at, waitMs, next: pending[index + 1] })),
  };
}

/** What the reminders do next, for a person: passed steps are already left out. */
export function nextReminder(bill: Bill, biller: Biller, now: Moment): Stop | undefined {
  const { cursor } = bill.progress;
  if (!cursor || isClosing(cursor) || !isPayable(statusOf(bill, now))) return undefined;
  const pending = pendingSteps(planSteps(bill, biller), bill.progress.done);
  const present = presentStep(pending, now);
  const index = pending.findIndex(({ step }) => step.step === cursor.step);
  const stop =
    index === present || (index > present && isBegun(bill)) ? stopOf(cursor) : firstStop(bill, pending.slice(present));
  return stop && heldBack(stop, bill, now);
}
