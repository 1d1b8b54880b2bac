import { describe } from "vitest";
import { billerStoreContract } from "../../../support/contracts/biller-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoBillerStore on $name", (database) => {
  const table = tablesOf(database);
  billerStoreContract(async () => dynamoStores(await table()));
});
