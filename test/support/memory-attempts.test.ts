import { describe } from "vitest";
import { attemptStoreContract } from "./contracts/attempt-store-contract.ts";
import { memoryAttemptStore } from "./memory-attempts.ts";
import { memoryBillStore } from "./memory-bill-store.ts";
import { controlledClock } from "./memory-clock.ts";
import { MemoryTable } from "./memory-table.ts";

describe("memoryAttemptStore", () => {
  attemptStoreContract(async () => {
    const table = new MemoryTable({ clock: controlledClock() });
    return { attempts: memoryAttemptStore(table), bills: memoryBillStore({ table, lanes: 1 }) };
  });
});
