import type { BillerId } from "../../domain/ids.ts";
import type { Moment } from "../../domain/local-time.ts";
import type { BillerRest } from "../../money-ports.ts";
import type { Clock } from "../../ports.ts";

/** So many events in a row that were not taken, and the biller's system rests; then one after the other tries it again. */
const mostInARow = 5;
const restMs = 30_000;
const mostBillers = 1_000;

/** Which billers' systems are left alone for a while: kept in memory, and so by each copy of a Lambda for itself. */
export function billerRest(clock: Clock): BillerRest {
  const failing = new Map<BillerId, { readonly inARow: number; readonly until: Moment }>();
  return {
    isResting(biller) {
      const known = failing.get(biller);
      return known !== undefined && known.inARow >= mostInARow && clock.now() < known.until;
    },
    note(biller, isUp) {
      const inARow = (failing.get(biller)?.inARow ?? 0) + 1;
      failing.delete(biller);
      if (isUp) return;
      // What is forgotten is only asked a few more times.
      if (failing.size >= mostBillers) failing.clear();
      failing.set(biller, { inARow, until: clock.now() + restMs });
    },
  };
}
