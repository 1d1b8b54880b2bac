import type { BillerId } from "../../domain/ids.ts";
import type { LinkCode } from "../../domain/link-code.ts";
import type { Moment } from "../../domain/local-time.ts";
import type { Clock } from "../../ports.ts";

const restMs = 15_000;
/** So many questions without an answer, one after the other, and a biller's whole system rests. */
const mostInARow = 3;
const mostEntries = 500;

type Place = { readonly biller: BillerId; readonly bill: LinkCode };
type Answered = { readonly outcome: string; readonly reason?: string };

/** Which questions failed so lately that they are not asked again: kept in memory, and so by each copy of a Lambda for itself. */
export function failureRest(clock: Clock) {
  const bills = new Map<LinkCode, Moment>();
  const billers = new Map<BillerId, { readonly inARow: number; readonly until: Moment }>();
  return {
    /** Whether the bill's question, or three in a row to its biller, failed within the last 15 seconds. */
    isResting({ biller, bill }: Place): boolean {
      const now = clock.now();
      const known = billers.get(biller);
      const isDown = known !== undefined && known.inARow >= mostInARow && now < known.until;
      return isDown || now < (bills.get(bill) ?? 0);
    },
    /** Remembers what became of a question. */
    note({ biller, bill }: Place, { outcome, reason = "" }: Answered): void {
      const until = clock.now() + restMs;
      if (outcome === "failed") put(bills, bill, until);
      else bills.delete(bill);
      // Whatever has an answer, a refusal of one customer for example, is up.
      if (outcome !== "failed" || !outages.has(reason)) billers.delete(biller);
      else put(billers, biller, { inARow: (billers.get(biller)?.inARow ?? 0) + 1, until });
    },
  };
}

const outages: ReadonlySet<string> = new Set([
  "unreachable",
  "timed-out",
  "broken-off",
  "server-error",
  "could-not-be-asked",
]);

function put<K, V>(map: Map<K, V>, key: K, value: V): void {
  // What is forgotten is only asked once more.
  if (map.size >= mostEntries) map.clear();
  map.set(key, value);
}
