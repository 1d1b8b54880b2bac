import type { DeskMailStore } from "../../functions/money-ports.ts";
import type { MemoryTable } from "./memory-table.ts";

/** Of which events billers' desks were written to, in memory. */
export function memoryDeskMailStore(table: MemoryTable): DeskMailStore {
  const place = (biller: string, eventId: string): [string, string] => [`DESK#${biller}#${eventId}`, "MAILED"];
  return {
    has: async (biller, eventId) => table.get(...place(biller, eventId), { consistent: true }) !== undefined,
    async keep(biller, eventId) {
      table.put(...place(biller, eventId), { value: {} });
    },
  };
}
