import { describe } from "vitest";
import { liveBillCacheContract } from "./contracts/live-bill-cache-contract.ts";
import { memoryPorts } from "./memory-ports.ts";

describe("the double of the live bill cache", () => {
  liveBillCacheContract(async () => memoryPorts().liveBillCache);
});
