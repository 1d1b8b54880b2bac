import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { conflict, invalidInput, notFound } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import type { Moment } from "../domain/local-time.ts";
import { planned } from "../domain/registration.ts";
import type { Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";

type PausePorts = Pick<Ports, "bills" | "billers" | "linkCodes" | "clock">;

type Named = { readonly biller: BillerId; readonly billId: BillId };

const attempts = 5;
const longestPauseMs = 400 * 86_400_000;

/** Holds every reminder of a bill back until a moment; its link and its receipts go on. Throws invalid-input for a moment that has passed. */
export async function pauseReminders(ports: PausePorts, command: Named & { readonly until: Moment }): Promise<Paused> {
  return await changePause(ports, command, (bill, now) => {
    if (command.until <= now) throw invalidInput("A pause must end in the future.", [{ path: "until", message: "must be in the future" }]);
    if (command.until > now + longestPauseMs) throw invalidInput("A pause is 400 days at most.", [{ path: "until", message: "must be within 400 days" }]);
    return { ...bill, pausedAt: now, pausedUntil: command.until };
  });
}

/** Ends a pause now; a bill that is not paused stays as it is. */
export async function resumeReminders(ports: PausePorts, command: Named): Promise<Paused> {
  return await changePause(ports, command, (bill, now) => {
    const paused = bill.pausedUntil !== undefined && bill.pausedUntil > now;
    return paused ? { ...bill, pausedUntil: now, resumedAt: now, progress: heldBackTo(bill, now) } : bill;
  });
}

/** A stop that the pause held back is due at once when it ends. */
function heldBackTo({ progress, pausedUntil }: Bill, now: Moment): Bill["progress"] {
  const { cursor } = progress;
  return cursor && cursor.at === pausedUntil ? { ...progress, cursor: { ...cursor, at: now } } : progress;
}

export type Paused = { readonly bill: Bill; readonly biller: Biller };

async function changePause(ports: PausePorts, { biller: id, billId }: Named, change: (bill: Bill, now: Moment) => Bill): Promise<Paused> {
  const biller = await ports.billers.get(id);
  if (!biller) throw notFound(`There is no biller ${id}.`);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { story } = await locateBill(ports, id, billId);
    const stored = story.bill;
    if (!stored) throw notFound(`There is no bill ${billId}.`);
    const now = ports.clock.now();
    const changed = change(stored, now);
    if (changed === stored) return { bill: stored, biller };
    const bill = { ...changed, version: stored.version + 1, progress: planned(changed, biller, now) };
    if (await ports.bills.save(bill, stored.version)) return { bill, biller };
  }
  throw conflict(`Bill ${billId} is being changed by others at the same time; try again.`);
}
