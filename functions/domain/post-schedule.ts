import { minuteMs } from "./local-time.ts";
import { chanceOf } from "./short-hash.ts";

const hourMs = 60 * minuteMs;

/** After the first failure, the second, and so on; then the last again and again. */
const waitsMs = [
  5_000,
  minuteMs,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  12 * hourMs,
] as const;
const longestMs = 12 * hourMs;

/** What a wait may be shortened by, so that what failed together does not come back together. */
const spread = 0.15;

/** One failed try: of which event, and how often it was handed out. */
export type FailedTry = { readonly eventId: string; readonly receiveCount: number; readonly retryAfterMs?: number };

/**
 * How long an event that was not taken waits for its next try: seconds at first, half a day in the end, so that its tries span three to
 * four days. As long as the biller's system asks for (`Retry-After`), where that is longer, but half a day at most. The same for the same try.
 */
export function postDelayMs({ eventId, receiveCount, retryAfterMs = 0 }: FailedTry): number {
  const wait = waitsMs[receiveCount - 1] ?? longestMs;
  const chance = chanceOf(`${eventId}#${receiveCount}`);
  return Math.round(Math.min(longestMs, Math.max(retryAfterMs, wait * (1 - spread * chance))));
}

/** From this receive on tries are hours apart: such a one is made though the biller's system rests. */
export const rareFrom = 5;
