import { describe, expect, it } from "vitest";
import { dynamoCounterStore } from "../../../../functions/adapters/dynamodb/counter-store.ts";
import { countCapacity } from "../../../support/capacity.ts";
import { counterStoreContract } from "../../../support/contracts/counter-store-contract.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";

describe.each(databases)("dynamoCounterStore on $name", (database) => {
  const table = tablesOf(database);
  counterStoreContract(async () => dynamoCounterStore(await table()));

  it("takes from a counter with one write unit", async () => {
    const place = await table();
    const capacity = countCapacity(place.client);
    const owner = { code: "1UaqLjhhLk8qd", key: "razorpay:pay_0001", value: 3_500 };
    const counter = { name: "offer/example-power/first-three", n: 1, sum: 3_500, version: 1, owner };
    await dynamoCounterStore(place).save(counter, 0);
    expect(capacity.take()).toEqual({ table: 1, index: 0 });
  });
});
