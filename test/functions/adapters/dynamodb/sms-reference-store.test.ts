import { describe } from "vitest";
import { smsReferenceStoreContract } from "../../../support/contracts/sms-reference-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoSmsReferenceStore on $name", (database) => {
  const table = tablesOf(database);
  smsReferenceStoreContract(async () => dynamoStores(await table()));
});
