import type { BillerId, Channel } from "./ids.ts";
import { type Moment, minuteMs, toIso } from "./local-time.ts";

/** Where an item stands in the due index: `<minute>#<biller>#<channel>#<step>#<hop>`, the minute as `2026-11-15T04:30`. */
export type DueKey = string;

/** The next stop of an item: what is to be tried, and from when. */
export type Stop = {
  /** A step of the cadence, `receipt`, or `close`: the last look before the item leaves the index. */
  readonly step: string;
  /** Which of the step's hops, counted from 0. */
  readonly hop: number;
  /** Whose queue carries the stop. */
  readonly channel: Channel;
  readonly at: Moment;
};

/** A stop that waits in the due index. */
export type Cursor = Stop & {
  readonly due: DueKey;
  /** How often the slow pass found it left behind. */
  readonly redated?: number;
  /** How often a carrier refused it for now. */
  readonly refused?: number;
  /** Why the stop was put off, where that is the reason if it is never sent. */
  readonly held?: "frequency-cap" | "spend-cap";
};

/** The promise, made before the carrier is called, that this hop is tried once. */
export type Claim = {
  readonly step: string;
  readonly hop: number;
  readonly channel: Channel;
  readonly at: Moment;
  /** Tells our own claim from another's when the answer to the write was lost. */
  readonly nonce: string;
};

/** How far the reminders of a bill, or the receipt of a payment, have come. */
export type Progress = {
  /** Absent: nothing waits, the item is out of the index. */
  readonly cursor?: Cursor;
  /** The newest claim. */
  readonly claim?: Claim;
  /** The steps that ended, in the order they did. */
  readonly done: readonly string[];
  /** Hops that were not needed because an earlier one got through, as `spare` writes them: recorded in the write that passes them. */
  readonly spared?: readonly string[];
};

/** A hop that was not needed, as text: `<step>#<hop>#<channel>#<moment>`. */
export const spare = ({ step, hop, channel }: Stop, now: Moment): string => `${step}#${hop}#${channel}#${now}`;

/** Reads a spared hop back. */
export function parseSpared(text: string): {
  readonly step: string;
  readonly hop: number;
  readonly channel: Channel;
  readonly at: Moment;
} {
  const [step = "", hop = "", channel = "", at = ""] = text.split("#");
  return { step, hop: Number(hop), channel: channel as Channel, at: Number(at) };
}

export const closing = "close";

/** The minute a moment lies in, as the due index writes it. */
export const minuteText = (at: Moment): string => toIso(at).slice(0, 16);

/** The first whole minute at or after `at`, and always later than the present minute, so that a minute that began gets no new entries. */
function dueMinute(at: Moment, now: Moment): Moment {
  const wanted = Math.ceil(at / minuteMs) * minuteMs;
  const next = (Math.floor(now / minuteMs) + 1) * minuteMs;
  return Math.max(wanted, next);
}

/** Puts a stop into the due index of `biller`, seen at `now`. */
export function cursorAt(stop: Stop, biller: BillerId, now: Moment): Cursor {
  const { step, hop, channel, at } = stop;
  return { step, hop, channel, at, due: `${minuteText(dueMinute(at, now))}#${biller}#${channel}#${step}#${hop}` };
}

/** What a due key says, so that the sweep can route it without reading the item. */
export function parseDue(due: DueKey): {
  readonly minute: string;
  readonly biller: BillerId;
  readonly channel: Channel;
  readonly step: string;
  readonly hop: number;
} {
  const [minute = "", biller = "", channel = "", step = "", hop = ""] = due.split("#");
  return { minute, biller: biller as BillerId, channel: channel as Channel, step, hop: Number(hop) };
}
