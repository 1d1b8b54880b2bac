import { describe } from "vitest";
import { dynamoReconciliationStore } from "../../../../functions/adapters/dynamodb/reconciliation-store.ts";
import { reconciliationStoreContract } from "../../../support/contracts/reconciliation-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";

describe.each(databases)("dynamoReconciliationStore on $name", (database) => {
  const table = tablesOf(database);
  reconciliationStoreContract(async () => dynamoReconciliationStore(await table()));
});
