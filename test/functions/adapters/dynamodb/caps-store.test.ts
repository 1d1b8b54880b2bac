import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoFrequencyCaps } from "../../../../functions/adapters/dynamodb/caps-store.ts";
import type { LocalDate } from "../../../../functions/domain/local-time.ts";
import { aBiller, aCustomer } from "../../../support/builders.ts";
import { countCapacity } from "../../../support/capacity.ts";
import { frequencyCapsContract } from "../../../support/contracts/frequency-caps-contract.ts";
import { databases, plainAddressHash, type TestTable, tablesOf } from "../../../support/dynamodb.ts";

const capsOn = (place: TestTable) =>
  dynamoFrequencyCaps({
    ...place,
    customerHash: async (biller, customer) => (await plainAddressHash(biller, "sms", customer)).slice(0, 32),
  });

describe.each(databases)("dynamoFrequencyCaps on $name", (database) => {
  const table = tablesOf(database);
  frequencyCapsContract(async () => capsOn(await table()));

  it("keeps a busy week in one item, one write unit for each reminder, and no customer's id", async () => {
    const place = await table();
    const caps = capsOn(place);
    const capacity = countCapacity(place.client);
    for (let day = 16; day <= 22; day++) {
      const about = { biller: aBiller().id, customer: aCustomer().id, day: `2026-11-${day}` as LocalDate };
      await caps.take({ ...about, reminder: `1ABCDEFGHJKLM_due-soon-${day}_0`, limits: { perDay: 1, perWeek: 7 } });
      expect(capacity.take()).toEqual({ table: 1, index: 0 });
    }
    const { Items: items = [] } = await place.client.send(new ScanCommand({ TableName: place.table }));
    expect(items).toHaveLength(1);
    const kept = Object.entries(items[0] ?? {})
      .flatMap(([name, { S = "", SS = [] }]) => [name, S, ...SS])
      .join(" ");
    expect(kept).not.toContain(aCustomer().id);
    expect(kept.length).toBeLessThan(900);
  });
});
