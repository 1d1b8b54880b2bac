import { describe } from "vitest";
import { watermarkStoreContract } from "../../../support/contracts/watermark-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoWatermarkStore on $name", (database) => {
  const table = tablesOf(database);
  watermarkStoreContract(async () => dynamoStores(await table()));
});
