import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoOpenStore } from "../../../../functions/adapters/dynamodb/open-store.ts";
import type { LocalDate } from "../../../../functions/domain/local-time.ts";
import { aBill } from "../../../support/builders.ts";
import { openStoreContract } from "../../../support/contracts/open-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

describe.each(databases)("dynamoOpenStore on $name", (database) => {
  const table = tablesOf(database);
  openStoreContract(async () => dynamoStores(await table()));

  it("gives up aloud where every write is refused, so that the lines are told again", async () => {
    const { client, table: name } = await table();
    const refusing = {
      send: async (command: unknown) => {
        if (command instanceof PutItemCommand)
          throw Object.assign(new Error("no"), { name: "ConditionalCheckFailedException" });
        return {};
      },
    } as unknown as typeof client;
    const { code, biller, billId } = aBill();
    const open = { biller, billId, code, date: "2026-11-20" as LocalDate, by: "human", at: 1, id: "1" } as const;
    await expect(dynamoOpenStore({ client: refusing, table: name }).count([open])).rejects.toMatchObject({
      code: "provider-error",
      retryable: true,
    });
  });
});
