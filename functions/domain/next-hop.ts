import type { BillerId } from "./ids.ts";
import type { Moment } from "./local-time.ts";
import { cursorAt, type Progress } from "./progress.ts";

/** The hop that failed, by the name its item's cursor uses. */
export type FailedHop = { readonly step: string; readonly hop: number };

/** The progress with the cursor at the next minute; undefined unless the newest claim is the failed hop and a later hop of its step waits. */
export function withNextHop(
  progress: Progress,
  { step, hop }: FailedHop,
  { biller, now }: { readonly biller: BillerId; readonly now: Moment },
): Progress | undefined {
  const { cursor, claim } = progress;
  const isNewest = claim?.step === step && claim.hop === hop;
  if (!isNewest || !cursor || cursor.step !== step || cursor.hop <= hop || cursor.at <= now) return undefined;
  return { ...progress, cursor: cursorAt({ ...cursor, at: now }, biller, now) };
}
