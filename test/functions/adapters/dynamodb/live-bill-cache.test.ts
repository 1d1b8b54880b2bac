import { describe, expect, it } from "vitest";
import { dynamoBillStore } from "../../../../functions/adapters/dynamodb/bill-store.ts";
import { dynamoLiveBillCache } from "../../../../functions/adapters/dynamodb/live-bill-cache.ts";
import { aBill } from "../../../support/builders.ts";
import { countCapacity } from "../../../support/capacity.ts";
import { liveBillCacheContract } from "../../../support/contracts/live-bill-cache-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";

describe.each(databases)("dynamoLiveBillCache on $name", (database) => {
  const table = tablesOf(database);
  liveBillCacheContract(async () => dynamoLiveBillCache(await table()));

  it("lies beside the bill, in whose story it takes no part", async () => {
    const place = await table();
    const bill = aBill();
    const store = dynamoBillStore({ ...place, lanes: 4 });
    await store.save(bill, 0);
    const before = await store.story(bill.code, { consistent: true });
    const live = {
      fetched: { outcome: "nothing-due" },
      at: bill.registeredAt,
      since: bill.registeredAt,
      refunds: {},
    } as const;
    await dynamoLiveBillCache(place).put(bill.code, live);
    expect(await store.story(bill.code, { consistent: true })).toEqual(before);
  });

  it("counts a question with one write unit", async () => {
    const place = await table();
    const capacity = countCapacity(place.client);
    await dynamoLiveBillCache(place).permit(aBill().biller, aBill().registeredAt, 600);
    expect(capacity.take()).toEqual({ table: 1, index: 0 });
  });
});
