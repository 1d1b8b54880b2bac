import type { DueIndex, Watermark, WatermarkStore } from "../../functions/ports.ts";
import { compareEntries, copyOf, type MemoryTable } from "./memory-table.ts";

/** The due index of the table in memory. */
export const memoryDueIndex = (table: MemoryTable): DueIndex => ({
  async find(lane, { after, before, limit }) {
    return table
      .indexed(lane)
      .filter((entry) => (typeof after === "string" ? entry.due > after : compareEntries(entry, after) > 0))
      .filter(({ due }) => due < before)
      .slice(0, limit);
  },
});

/** Watermarks in memory. */
export function memoryWatermarkStore(table: MemoryTable): WatermarkStore {
  const stored = (lane: string): Watermark | undefined =>
    table.get(`LANE#${lane}`, "WATERMARK", { consistent: true }) as Watermark | undefined;
  return {
    get: async (lane) => stored(lane),
    async advance(lane, position, readVersion) {
      if ((stored(lane)?.version ?? 0) !== readVersion) return false;
      const kept = typeof position === "string" ? position : { pk: position.pk, sk: position.sk, due: position.due };
      table.put(`LANE#${lane}`, "WATERMARK", { value: { position: copyOf(kept), version: readVersion + 1 } });
      return true;
    },
  };
}
