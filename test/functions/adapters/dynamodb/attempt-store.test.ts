import { describe } from "vitest";
import { dynamoAttemptStore } from "../../../../functions/adapters/dynamodb/attempt-store.ts";
import { dynamoBillStore } from "../../../../functions/adapters/dynamodb/bill-store.ts";
import { attemptStoreContract } from "../../../support/contracts/attempt-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";

describe.each(databases)("dynamoAttemptStore on $name", (database) => {
  const table = tablesOf(database);
  attemptStoreContract(async () => {
    const place = { ...(await table()), lanes: 1 };
    return { attempts: dynamoAttemptStore(place), bills: dynamoBillStore(place) };
  });
});
