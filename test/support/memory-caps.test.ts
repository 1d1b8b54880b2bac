import { describe } from "vitest";
import { frequencyCapsContract } from "./contracts/frequency-caps-contract.ts";
import { spendStoreContract } from "./contracts/spend-store-contract.ts";
import { memoryFrequencyCaps, memorySpendStore } from "./memory-caps.ts";
import { controlledClock } from "./memory-clock.ts";
import { MemoryTable } from "./memory-table.ts";

const table = () => new MemoryTable({ clock: controlledClock() });

describe("the frequency caps in memory", () => frequencyCapsContract(async () => memoryFrequencyCaps(table())));
describe("the spend caps in memory", () => spendStoreContract(async () => memorySpendStore(table())));
