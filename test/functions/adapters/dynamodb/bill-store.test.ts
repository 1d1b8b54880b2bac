import { describe } from "vitest";
import { billStoreContract } from "../../../support/contracts/bill-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoBillStore on $name", (database) => {
  const table = tablesOf(database);
  billStoreContract(async () => dynamoStores(await table()));
});
