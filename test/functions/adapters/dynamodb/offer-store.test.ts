import { describe, expect, it } from "vitest";
import { dynamoCounterStore } from "../../../../functions/adapters/dynamodb/counter-store.ts";
import { dynamoCouponPool } from "../../../../functions/adapters/dynamodb/coupon-pool.ts";
import { dynamoOfferStore } from "../../../../functions/adapters/dynamodb/offer-store.ts";
import { minuteMs } from "../../../../functions/domain/local-time.ts";
import { budgetCounter } from "../../../../functions/domain/offer.ts";
import { anOffer } from "../../../support/builders.ts";
import { offerStoreContract } from "../../../support/contracts/offer-stores-contract.ts";
import { databases, type TestTable, tablesOf } from "../../../support/dynamodb.ts";
import { controlledClock } from "../../../support/memory-clock.ts";

function storesOn(place: TestTable) {
  const clock = controlledClock();
  const [counters, couponPool] = [dynamoCounterStore(place), dynamoCouponPool(place)];
  return { clock, counters, couponPool, offers: dynamoOfferStore({ ...place, clock, counters, couponPool }) };
}

describe.each(databases)("dynamoOfferStore on $name", (database) => {
  const table = tablesOf(database);
  offerStoreContract(async () => storesOn(await table()));

  it("answers pages from what it read within a minute, but for what it put itself", async () => {
    const place = await table();
    const [own, other] = [storesOn(place), storesOn(place)];
    const offer = anOffer({ budget: { count: 7 } });
    await own.offers.put(offer);
    const takenOf = async () => (await own.offers.listCached(offer.biller)).map(({ taken }) => taken.n);
    expect(await takenOf()).toEqual([0]);
    await other.counters.save({ name: budgetCounter(offer), n: 3, sum: 0, version: 1 }, 0);
    own.clock.advance(minuteMs - 1);
    expect(await takenOf()).toEqual([0]);
    own.clock.advance(1);
    expect(await takenOf()).toEqual([3]);
    await own.offers.put({ ...offer, title: "Another title" });
    expect(await own.offers.listCached(offer.biller)).toMatchObject([{ title: "Another title" }]);
  });

  it("lists more offers than one answer of the table holds", async () => {
    const { offers } = storesOn(await table());
    const long = "x".repeat(32);
    const categories = Array.from({ length: 40 }, (_, n) => `${n}-${long}`.slice(0, 32));
    // About two kilobytes each: more than a megabyte in all.
    const rails = Array.from({ length: 20 }, (_, n) => `${n}-${long}`.slice(0, 32));
    for (let n = 0; n < 600; n += 50)
      await Promise.all(
        Array.from({ length: 50 }, (_, k) => offers.put(anOffer({ id: `offer-${n + k}`, categories, rails }))),
      );
    expect(await offers.list(anOffer().biller)).toHaveLength(600);
  }, 30_000);
});
