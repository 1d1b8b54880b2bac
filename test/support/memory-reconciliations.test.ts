import { describe } from "vitest";
import { reconciliationStoreContract } from "./contracts/reconciliation-store-contract.ts";
import { memoryPorts } from "./memory-ports.ts";

describe("memoryReconciliationStore", () => {
  reconciliationStoreContract(async () => memoryPorts().reconciliations);
});
