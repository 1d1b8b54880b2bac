import type { Bill, BillTerms } from "./bill.ts";
import { type Biller, type Hop, hopsOf, hopWaitMs, messageOf, type Step } from "./biller.ts";
import { sendTermsOf } from "./compliance-terms.ts";
import type { Channel, StepName } from "./ids.ts";
import { addDays, type LocalTime, type Moment, momentOf } from "./local-time.ts";
import { closing, type Stop } from "./progress.ts";
import { moveIntoWindow, type SendWindow } from "./send-window.ts";

/** A step of the cadence for one bill: when it comes, and its hops in order. */
export type PlannedStep = {
  readonly step: Pick<Step, "step" | "message">;
  /** When its first hop is due: the local time, moved into the send window. */
  readonly moment: Moment;
  readonly hops: readonly Hop[];
  /** It would come before the bill was issued: the next step takes its place. */
  readonly beforeIssue: boolean;
};

/** What the cadence of a bill depends on. */
export type PlanTerms = Pick<BillTerms, "customer" | "issuedOn" | "dueDate" | "category"> & Pick<Bill, "remind">;

/** When this bill's customer may be reminded of it. */
export const windowOf = (bill: Pick<BillTerms, "category">, biller: Biller): SendWindow | undefined =>
  sendTermsOf(biller, bill.category).window;

const midnight = "00:00" as LocalTime;

/** The step of a reminder asked for by hand, by the day it counts for. */
export const remindStep = ({ date }: NonNullable<Bill["remind"]>): StepName => `remind.${date}` as StepName;

type TimedStep = { readonly step: PlannedStep["step"]; readonly local: Moment; readonly hops: readonly Hop[] };

/** The reminder asked for by hand: by the hops of the step whose message it says. */
function remindedStep({ remind }: PlanTerms, biller: Biller): readonly TimedStep[] {
  if (!remind) return [];
  const like = biller.cadence.find((step) => messageOf(step) === remind.message);
  return [
    { step: { step: remindStep(remind), message: remind.message }, local: remind.at, hops: hopsOf(biller, like) },
  ];
}

/**
 * Every step of the biller's cadence for this bill, and the newest reminder asked for by hand, in the order in which they come: of those that the window moves to one moment,
 * the one whose own time is later comes later. None comes before the issue date.
 */
export function planSteps(bill: PlanTerms, biller: Biller): readonly PlannedStep[] {
  const zone = bill.customer.timeZone;
  const issued = momentOf(bill.issuedOn, midnight, zone);
  const window = windowOf(bill, biller);
  const own = biller.cadence.map((step): TimedStep => {
    const local = momentOf(addDays(bill[step.relativeTo], step.days), step.at, zone);
    return { step, local, hops: hopsOf(biller, step) };
  });
  // The reminder by hand stands first: a step of the cadence that comes at the same moment takes its place.
  return [...remindedStep(bill, biller), ...own]
    .sort((a, b) => a.local - b.local)
    .map(({ step, local, hops }) => ({
      step,
      moment: moveIntoWindow(Math.max(local, issued), window, zone),
      hops,
      beforeIssue: local < issued,
    }));
}

/** The steps still to come, in order. */
export const pendingSteps = (plan: readonly PlannedStep[], done: readonly string[]): readonly PlannedStep[] =>
  plan.filter(({ step }) => !done.includes(step.step));

/** The hops from `from` on for which the customer has an address. */
const usableHop = (planned: PlannedStep, bill: PlanTerms, from: number): number =>
  planned.hops.findIndex((hop, n) => n >= from && bill.customer.addresses[hop.channel] !== undefined);

/** The first stop of a step: its first usable hop, or its first hop where there is no address at all, to be recorded as such. */
function enter(planned: PlannedStep, bill: PlanTerms): Stop {
  const hop = Math.max(0, usableHop(planned, bill, 0));
  return { step: planned.step.step, hop, channel: planned.hops[hop]?.channel as Channel, at: planned.moment };
}

/** The first stop of what is still to come; undefined when no step is left. */
export function firstStop(bill: PlanTerms, pending: readonly PlannedStep[]): Stop | undefined {
  const [first] = pending;
  return first && enter(first, bill);
}

/**
 * The step that ought to be said now: the newest whose moment has come, and none from before the bill was issued while another
 * follows. What stands before it is superseded.
 */
export function presentStep(pending: readonly PlannedStep[], now: Moment): number {
  let present = Math.max(
    0,
    pending.findLastIndex(({ moment }) => moment <= now),
  );
  while (pending[present]?.beforeIssue && present + 1 < pending.length) present++;
  return present;
}

/** The last look at an item before it leaves the index, carried by the queue of the channel used last. */
export const closeStop = (channel: Channel, at: Moment): Stop => ({ step: closing, hop: 0, channel, at });

/** Where a bill goes after one of its hops: `wait` 0 moves on at once. */
export type Departure = {
  readonly pending: readonly PlannedStep[];
  readonly from: Pick<Stop, "step" | "hop" | "channel">;
  readonly at: Moment;
  readonly waitMs: number;
  /** When a bill with nothing left gets its last look. */
  readonly closeAt: Moment;
};

/** The next stop after a hop: the step's next usable hop once the wait is over, else the next step, else the last look. */
export function stopAfter(bill: PlanTerms, biller: Biller, { pending, from, at, waitMs, closeAt }: Departure): Stop {
  const index = pending.findIndex(({ step }) => step.step === from.step);
  const present = pending[index];
  const hop = present ? usableHop(present, bill, from.hop + 1) : -1;
  const channel = present?.hops[hop]?.channel;
  if (channel) {
    return { step: from.step, hop, channel, at: fallbackAt(bill, biller, { next: pending[index + 1], at, waitMs }) };
  }
  const following = pending.filter((_, n) => n !== index);
  return firstStop(bill, following) ?? closeStop(from.channel, closeAt);
}

/** A hop that was tried, how long the one behind it waits, and the step that comes after theirs. */
export type FallbackWait = {
  readonly at: Moment;
  readonly waitMs: number;
  readonly next: PlannedStep | undefined;
};

/** When a fallback hop is due: once the wait is over and the window open, or when the next step takes its place. */
export function fallbackAt(bill: PlanTerms, biller: Biller, { at, waitMs, next }: FallbackWait): Moment {
  const waited = moveIntoWindow(at + waitMs, windowOf(bill, biller), bill.customer.timeZone);
  return next ? Math.min(waited, Math.max(at, next.moment)) : waited;
}

/** How long the hop waits for its success. */
export const waitOf = (planned: PlannedStep | undefined, hop: number): number => {
  const found = planned?.hops[hop];
  return found ? hopWaitMs(found) : 0;
};
