import { describe } from "vitest";
import { couponPoolContract, customerOffersContract, offerStoreContract } from "./contracts/offer-stores-contract.ts";
import { controlledClock } from "./memory-clock.ts";
import { memoryCouponPool, memoryCustomerOffers } from "./memory-offers.ts";
import { memoryPorts } from "./memory-ports.ts";
import { MemoryTable } from "./memory-table.ts";

const table = () => new MemoryTable({ clock: controlledClock() });

describe("the offers in memory", () => offerStoreContract(async () => memoryPorts()));
describe("what customers had of offers, in memory", () =>
  customerOffersContract(async () => memoryCustomerOffers(table())));
describe("the codes of coupons in memory", () => couponPoolContract(async () => memoryCouponPool(table())));
