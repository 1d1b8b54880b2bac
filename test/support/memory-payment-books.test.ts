import { describe } from "vitest";
import { paymentBooksContract } from "./contracts/payment-books-contract.ts";
import { controlledClock } from "./memory-clock.ts";
import { memoryPaidDayStore, memoryPaymentReferenceStore, memoryProposalStore } from "./memory-payment-books.ts";
import { MemoryTable } from "./memory-table.ts";

const table = () => new MemoryTable({ clock: controlledClock() });

describe("in memory", () => {
  paymentBooksContract({
    references: async () => memoryPaymentReferenceStore(table()),
    days: async () => memoryPaidDayStore(table()),
    proposals: async () => memoryProposalStore(table()),
  });
});
