import { describe } from "vitest";
import { dueIndexContract } from "../../../support/contracts/due-index-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoDueIndex on $name", (database) => {
  const table = tablesOf(database);
  dueIndexContract(async () => dynamoStores(await table()));
});
