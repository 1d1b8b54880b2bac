import { describe } from "vitest";
import { dynamoDeskMailStore } from "../../../../functions/adapters/dynamodb/desk-mail-store.ts";
import { systemClock } from "../../../../functions/adapters/system/clock.ts";
import { deskMailStoreContract } from "../../../support/contracts/desk-mail-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";

describe.each(databases)("dynamoDeskMailStore on $name", (database) => {
  const table = tablesOf(database);
  deskMailStoreContract(async () => dynamoDeskMailStore({ ...(await table()), clock: systemClock }));
});
