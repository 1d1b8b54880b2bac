import { describe } from "vitest";
import { noticeStoreContract } from "../../../support/contracts/notice-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoNoticeStore on $name", (database) => {
  const table = tablesOf(database);
  noticeStoreContract(async () => dynamoStores(await table()));
});
