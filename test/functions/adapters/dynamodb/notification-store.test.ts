import { describe } from "vitest";
import { notificationStoreContract } from "../../../support/contracts/notification-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoNotificationStore on $name", (database) => {
  const table = tablesOf(database);
  notificationStoreContract(async () => dynamoStores(await table()));
});
