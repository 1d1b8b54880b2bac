import { describe, expect, it } from "vitest";
import { dynamoSpendStore } from "../../../../functions/adapters/dynamodb/spend-store.ts";
import type { LocalDate } from "../../../../functions/domain/local-time.ts";
import { aBiller } from "../../../support/builders.ts";
import { countCapacity } from "../../../support/capacity.ts";
import { spendStoreContract } from "../../../support/contracts/spend-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";

describe.each(databases)("dynamoSpendStore on $name", (database) => {
  const table = tablesOf(database);
  spendStoreContract(async () => dynamoSpendStore(await table()));

  it("counts a price with one write unit", async () => {
    const place = await table();
    const capacity = countCapacity(place.client);
    const about = { biller: aBiller().id, channel: "sms", day: "2026-11-16" as LocalDate, micros: 2_500 } as const;
    const prefix = { digits: "+91", limitMicros: 1_000_000 };
    await dynamoSpendStore(place).take({ ...about, limitMicros: 5_000_000, prefix });
    expect(capacity.take()).toEqual({ table: 1, index: 0 });
  });
});
