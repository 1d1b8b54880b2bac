import { describe } from "vitest";
import { paymentStoreContract } from "../../../support/contracts/payment-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoPaymentStore on $name", (database) => {
  const table = tablesOf(database);
  paymentStoreContract(async () => dynamoStores(await table()));
});
