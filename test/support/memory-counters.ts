import type { Counter } from "../../functions/domain/counter.ts";
import type { NumberRecord, ReceiptNumber } from "../../functions/domain/receipt-number.ts";
import type { CounterStore, ReceiptNumberStore } from "../../functions/money-ports.ts";
import type { MemoryTable } from "./memory-table.ts";

/** Counters in memory. */
export function memoryCounterStore(table: MemoryTable): CounterStore {
  const stored = (name: string): Counter | undefined =>
    table.get(`COUNTER#${name}`, "COUNTER", { consistent: true }) as Counter | undefined;
  return {
    get: async (name) => stored(name),
    async save(counter, readVersion) {
      if ((stored(counter.name)?.version ?? 0) !== readVersion) return false;
      table.put(`COUNTER#${counter.name}`, "COUNTER", { value: counter });
      return true;
    },
  };
}

/** What became of receipt numbers, in memory. */
export function memoryReceiptNumberStore(table: MemoryTable): ReceiptNumberStore {
  const place = (biller: string, { year, n }: ReceiptNumber): [string, string] => [
    `NUMBERS#${biller}#${year}`,
    String(n).padStart(10, "0"),
  ];
  const stored = (biller: string, number: ReceiptNumber): NumberRecord | undefined =>
    table.get(...place(biller, number), { consistent: true }) as NumberRecord | undefined;
  return {
    get: async (biller, number) => stored(biller, number),
    async add(biller, record) {
      if (!stored(biller, record)) table.put(...place(biller, record), { value: record });
      return stored(biller, record) ?? record;
    },
  };
}
