import { describe, expect, it } from "vitest";
import { EmailAddress } from "../../../../functions/domain/addresses.ts";
import type { Bill } from "../../../../functions/domain/bill.ts";
import { cursorAt } from "../../../../functions/domain/progress.ts";
import { aBill, aFullBill } from "../../../support/builders.ts";
import { countCapacity } from "../../../support/capacity.ts";
import { databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

const mailbox = new EmailAddress("asha@example.org");
const halfHour = 1_800_000;
const key = { code: aBill().code, step: "issued", hop: 0 };

/** The bill once its first hop is claimed: the cursor waits for the second. */
function claimed(bill: Bill): Bill {
  const stop = { step: "issued", hop: 1, channel: "sms", at: bill.registeredAt + halfHour } as const;
  const { claim } = aFullBill().progress;
  const cursor = cursorAt(stop, bill.biller, bill.registeredAt);
  return { ...bill, version: 2, progress: { done: [], cursor, ...(claim && { claim }) } };
}

describe.each(databases)("the price of a notification on $name", (database) => {
  const table = tablesOf(database);

  it("is one read unit to prepare: the story and the suppression", async () => {
    const place = await table();
    const { bills, suppressions } = dynamoStores(place);
    await bills.save(aBill(), 0);
    const capacity = countCapacity(place.client);
    await bills.story(key.code);
    await suppressions.get(aBill().biller, "email", mailbox);
    expect(capacity.take()).toEqual({ table: 1, index: 0 });
  });

  it("is three write units to claim, two of them for the index, and one to record", async () => {
    const place = await table();
    const { bills, notifications } = dynamoStores(place);
    await bills.save(aBill(), 0);
    const capacity = countCapacity(place.client);
    await bills.save(claimed(aBill()), 1);
    expect(capacity.take()).toEqual({ table: 1, index: database.countsIndex ? 2 : 0 });
    await notifications.record(key, { channel: "whatsapp", acceptedAt: aBill().registeredAt });
    expect(capacity.take()).toEqual({ table: 1, index: 0 });
  });
});
