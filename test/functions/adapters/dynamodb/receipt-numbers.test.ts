import { describe } from "vitest";
import { dynamoReceiptNumberStore } from "../../../../functions/adapters/dynamodb/receipt-numbers.ts";
import { receiptNumberStoreContract } from "../../../support/contracts/receipt-number-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";

describe.each(databases)("dynamoReceiptNumberStore on $name", (database) => {
  const table = tablesOf(database);
  receiptNumberStoreContract(async () => dynamoReceiptNumberStore(await table()));
});
