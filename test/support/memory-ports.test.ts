import { describe } from "vitest";
import { billStoreContract } from "./contracts/bill-store-contract.ts";
import { billerStoreContract } from "./contracts/biller-store-contract.ts";
import { dueIndexContract } from "./contracts/due-index-contract.ts";
import { importStoreContract } from "./contracts/import-store-contract.ts";
import { notificationStoreContract } from "./contracts/notification-store-contract.ts";
import { openStoreContract } from "./contracts/open-store-contract.ts";
import { paymentStoreContract } from "./contracts/payment-store-contract.ts";
import { smsReferenceStoreContract } from "./contracts/sms-reference-store-contract.ts";
import { contractLanes, type OpenStores } from "./contracts/stores.ts";
import { suppressionStoreContract } from "./contracts/suppression-store-contract.ts";
import { watermarkStoreContract } from "./contracts/watermark-store-contract.ts";
import { memoryPorts } from "./memory-ports.ts";

const open: OpenStores = async () => memoryPorts({ lanes: contractLanes });

describe("the stores in memory", () => {
  billStoreContract(open);
  paymentStoreContract(open);
  notificationStoreContract(open);
  dueIndexContract(open);
  watermarkStoreContract(open);
  suppressionStoreContract(open);
  smsReferenceStoreContract(open);
  billerStoreContract(open);
  importStoreContract(open);
  openStoreContract(open);
});
