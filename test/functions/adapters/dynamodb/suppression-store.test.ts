import { describe } from "vitest";
import { suppressionStoreContract } from "../../../support/contracts/suppression-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoSuppressionStore on $name", (database) => {
  const table = tablesOf(database);
  suppressionStoreContract(async () => dynamoStores(await table()));
});
