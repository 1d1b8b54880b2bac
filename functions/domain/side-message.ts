import type { Bill } from "./bill.ts";
import type { Hop } from "./biller.ts";
import { hopWaitMs } from "./biller.ts";
import { closeStop } from "./cadence.ts";
import { type Decision, hopsBefore, isClosing, type NonSend, type Onward, type Pass, successOf } from "./decision.ts";
import { type Moment, minuteMs } from "./local-time.ts";
import { hasSucceeded, type NonSendReason, type Notification } from "./notification.ts";
import { type Cursor, type Stop, spare } from "./progress.ts";
import { type SideName, sideNames } from "./side-name.ts";

const closeAfterMs = 10 * minuteMs;

/** Which of them a notification was, by the step it is recorded under, such as `receipt.<hash>`; undefined for a reminder's. */
export const sideNameIn = (step: string): SideName | undefined => {
  const [name, told] = step.split(".", 2);
  return told === undefined ? undefined : sideNames.find((known) => known === name);
};

/** A message beside the cadence that a payment calls for, such as its receipt, and everything its decision looks at. */
export type SideMessage = {
  readonly bill: Bill;
  /** The step its cursor stands at, which ends with it. */
  readonly name: SideName;
  /** The step its notifications are recorded under: the name with what tells payments apart. */
  readonly step: string;
  readonly message: string;
  readonly hops: readonly Hop[];
  readonly done: readonly string[];
  readonly cursor: Cursor;
  readonly notifications: readonly Notification[];
  readonly now: Moment;
};

/** What its own rules say of a stop: why nothing is to be said any more, or from when it may be. */
export type SideRule = { readonly close?: NonSendReason; readonly notBefore?: Moment };

/** What is to happen now to a message beside the cadence whose stop has come; the same for all of them but for their own `rule`. */
export function decideSide(side: SideMessage, rule: SideRule): Decision {
  const { bill, cursor, hops, notifications, now } = side;
  const hop = hops[cursor.hop];
  if (isClosing(cursor)) return { do: "pass", nonSends: [], onward: { next: undefined, done: side.done } };
  if (rule.close) return declineSide(side, rule.close, "close");
  if (!hop || hop.channel !== cursor.channel) return declineSide(side, "superseded");
  const delivered = hopsBefore(notifications, side.step, cursor.hop).some((earlier) =>
    hasSucceeded(earlier, successOf(hops[earlier.hop])),
  );
  if (delivered) return { do: "pass", nonSends: [], onward: { ...closed(side), spared: spare(cursor, now) } };
  const { step, channel, at } = cursor;
  const stop: Stop = { step, hop: cursor.hop, channel, at };
  if (rule.notBefore !== undefined && rule.notBefore > now)
    return { do: "wait", stop: { ...stop, at: rule.notBefore } };
  if (bill.customer.addresses[channel] === undefined) return declineSide(side, "no-address");
  return {
    do: "send",
    stop,
    message: side.message,
    onward: departure(side, hopWaitMs(hop)),
    atOnce: departure(side, 0),
  };
}

/** Where it goes when its present hop has ended without a wait; a last look that came to nothing is repeated later. */
export function passSideOn(side: SideMessage): Onward {
  const { cursor, now, done } = side;
  if (isClosing(cursor)) return { next: closeStop(cursor.channel, now + closeAfterMs), done };
  return departure(side, 0);
}

/** The present hop is not sent; the next is tried at once unless the message is to `close`. */
export function declineSide(side: SideMessage, reason: NonSendReason, then?: "close"): Pass {
  const { cursor } = side;
  const nonSend: NonSend = { step: cursor.step, hop: cursor.hop, channel: cursor.channel, reason };
  return { do: "pass", nonSends: [nonSend], onward: then ? closed(side) : departure(side, 0) };
}

function departure(side: SideMessage, waitMs: number): Onward {
  const { name, hops, cursor, now, done } = side;
  const hop = cursor.hop + 1;
  const channel = hops[hop]?.channel;
  return channel ? { next: { step: name, hop, channel, at: now + waitMs }, done } : closed(side);
}

const closed = ({ name, cursor, now, done }: SideMessage): Onward => ({
  next: closeStop(cursor.channel, now + closeAfterMs),
  done: [...done, name],
});
