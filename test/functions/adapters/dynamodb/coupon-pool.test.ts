import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoCouponPool } from "../../../../functions/adapters/dynamodb/coupon-pool.ts";
import { anOffer } from "../../../support/builders.ts";
import { couponPoolContract } from "../../../support/contracts/offer-stores-contract.ts";
import { databases, type TestTable, tablesOf } from "../../../support/dynamodb.ts";

const { biller, id: offer } = anOffer();
const pool = { biller, offer };
const codes = ["A", "B", "C", "D"];

/** The table behind a client that fails for good at its `n`th write, before or after that one is made. */
function dyingAt(n: number, when: "before" | "after", { client, table }: TestTable): TestTable {
  let writes = 0;
  const dying = new Proxy(client, {
    get(target, key) {
      if (key !== "send") return Reflect.get(target, key);
      return async (command: Parameters<DynamoDBClient["send"]>[0]) => {
        const isWrite = command.constructor.name === "PutItemCommand";
        if (isWrite) writes += 1;
        if (writes > n || (isWrite && writes === n && when === "before")) throw new Error("the Lambda died");
        const answer = await target.send(command);
        if (isWrite && writes === n) throw new Error("the Lambda died");
        return answer;
      };
    },
  });
  return { client: dying, table };
}

describe.each(databases)("dynamoCouponPool on $name", (database) => {
  const table = tablesOf(database);
  couponPoolContract(async () => dynamoCouponPool(await table()));

  it.each(["before", "after"] as const)(
    "adds what an upload that died left over when it comes again, each code once, died it %s any of its writes",
    async (when) => {
      for (let n = 1; n <= 2 + 2 * codes.length; n++) {
        const place = await table();
        await expect(dynamoCouponPool(dyingAt(n, when, place)).add(pool, codes)).rejects.toThrow();
        const healed = dynamoCouponPool(place);
        await healed.add(pool, codes);
        await healed.add(pool, ["E"]);
        expect(await healed.count(pool)).toBe(5);
        const numbered = await Promise.all([1, 2, 3, 4, 5].map((i) => healed.get(pool, i)));
        expect(numbered).toEqual([...codes, "E"]);
      }
    },
  );

  it("writes what another upload left over before it adds its own", async () => {
    const place = await table();
    await expect(dynamoCouponPool(dyingAt(2, "before", place)).add(pool, codes)).rejects.toThrow();
    expect(await dynamoCouponPool(place).get(pool, 1)).toBeUndefined();
    await dynamoCouponPool(place).add(pool, ["E"]);
    expect(await dynamoCouponPool(place).get(pool, 1)).toBe("A");
    expect(await dynamoCouponPool(place).get(pool, 5)).toBe("E");
  });
});
