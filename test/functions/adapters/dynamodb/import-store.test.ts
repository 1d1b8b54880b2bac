import { describe } from "vitest";
import { importStoreContract } from "../../../support/contracts/import-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoImportStore on $name", (database) => {
  const table = tablesOf(database);
  importStoreContract(async () => dynamoStores(await table()));
});
