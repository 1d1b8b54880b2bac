import { describe } from "vitest";
import { deskMailStoreContract } from "./contracts/desk-mail-store-contract.ts";
import { controlledClock } from "./memory-clock.ts";
import { memoryDeskMailStore } from "./memory-desk-mails.ts";
import { MemoryTable } from "./memory-table.ts";

describe("what desks were told, in memory", () =>
  deskMailStoreContract(async () => memoryDeskMailStore(new MemoryTable({ clock: controlledClock() }))));
