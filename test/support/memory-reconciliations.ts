import type { Reconciliation } from "../../functions/domain/reconciliation.ts";
import type { ReconciliationMessage } from "../../functions/messages.ts";
import type { ReconciliationQueue, ReconciliationStore } from "../../functions/money-ports.ts";
import { copyOf, type MemoryTable } from "./memory-table.ts";

/** What the daily pass found, in memory. */
export function memoryReconciliationStore(table: MemoryTable): ReconciliationStore {
  const partition = (biller: string): string => `RECONCILED#${biller}`;
  return {
    async put(reconciliation) {
      const { biller, date, gateway } = reconciliation;
      table.put(partition(biller), `${date}#${gateway}`, { value: reconciliation });
    },
    find: async (biller, { limit }) =>
      table
        .query(partition(biller))
        .map(({ value }) => value as Reconciliation)
        .reverse()
        .slice(0, limit),
  };
}

/** A queue that keeps the days that are sent to it. */
export function recordingReconciliationQueue(): ReconciliationQueue & {
  readonly sent: readonly ReconciliationMessage[];
} {
  const sent: ReconciliationMessage[] = [];
  return { sent, send: async (days) => void sent.push(...copyOf(days)) };
}
