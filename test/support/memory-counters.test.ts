import { describe } from "vitest";
import { counterStoreContract } from "./contracts/counter-store-contract.ts";
import { receiptNumberStoreContract } from "./contracts/receipt-number-store-contract.ts";
import { controlledClock } from "./memory-clock.ts";
import { memoryCounterStore, memoryReceiptNumberStore } from "./memory-counters.ts";
import { MemoryTable } from "./memory-table.ts";

const table = () => new MemoryTable({ clock: controlledClock() });

describe("the counters in memory", () => counterStoreContract(async () => memoryCounterStore(table())));
describe("the receipt numbers in memory", () =>
  receiptNumberStoreContract(async () => memoryReceiptNumberStore(table())));
