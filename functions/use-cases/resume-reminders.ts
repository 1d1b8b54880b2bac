import type { Bill } from "../domain/bill.ts";
import type { Moment } from "../domain/local-time.ts";
import { type ChangedBill, type ChangePorts, changeBill, type NamedBill } from "./change-bill.ts";

/** Ends a pause now; a bill that is not paused stays as it is. */
export async function resumeReminders(ports: ChangePorts, command: NamedBill): Promise<ChangedBill> {
  return await changeBill(ports, command, (bill, now) => {
    const paused = bill.pausedUntil !== undefined && bill.pausedUntil > now;
    return paused ? { ...bill, pausedUntil: now, resumedAt: now, progress: heldBackTo(bill, now) } : bill;
  });
}

/** A stop that the pause held back is due at once when it ends. */
function heldBackTo({ progress, pausedUntil }: Bill, now: Moment): Bill["progress"] {
  const { cursor } = progress;
  return cursor && cursor.at === pausedUntil ? { ...progress, cursor: { ...cursor, at: now } } : progress;
}
