import { afterEach, describe, expect, it } from "vitest";
import type { DuebellError } from "../../../../functions/domain/errors.ts";
import { aBill, aBiller, anImport, aPayment } from "../../../support/builders.ts";
import type { Stores } from "../../../support/contracts/stores.ts";
import { clientFor, databases, tablesOf } from "../../../support/dynamodb.ts";
import { dynamoStores } from "../../../support/dynamodb-stores.ts";

const { code, customer } = aBill();
const phone = customer.addresses.sms;
if (!phone) throw new Error("the built bill has a phone number");
const key = { code, step: "issued", hop: 0 };
const suppression = { channel: "sms", reason: "replied STOP", at: 1 } as const;

/** Every call of every store. */
const calls: readonly (readonly [string, (stores: Stores) => Promise<unknown>])[] = [
  ["bills.get", ({ bills }) => bills.get(code)],
  ["bills.story", ({ bills }) => bills.story(code)],
  ["bills.save", ({ bills }) => bills.save(aBill(), 0)],
  ["bills.getDetail", ({ bills }) => bills.getDetail(code, "one")],
  ["bills.saveDetail", ({ bills }) => bills.saveDetail(code, "one", {})],
  ["payments.add", ({ payments }) => payments.add(aPayment())],
  ["payments.save", ({ payments }) => payments.save(aPayment(), 1)],
  ["payments.get", ({ payments }) => payments.get(code, "standard:pay_0001")],
  ["payments.keepUnmatched", ({ payments }) => payments.keepUnmatched(aPayment())],
  ["payments.forgetUnmatched", ({ payments }) => payments.forgetUnmatched(aPayment())],
  ["notifications.record", ({ notifications }) => notifications.record(key, { acceptedAt: 1 })],
  ["notifications.get", ({ notifications }) => notifications.get(key)],
  ["smsReferences.put", ({ smsReferences }) => smsReferences.put("reference", key)],
  ["suppressions.get", ({ suppressions }) => suppressions.get(aBiller().id, "sms", phone)],
  ["suppressions.put", ({ suppressions }) => suppressions.put("hash", suppression)],
  ["dueIndex.find", ({ dueIndex }) => dueIndex.find("0", { after: "", before: "2999", limit: 1 })],
  ["watermarks.get", ({ watermarks }) => watermarks.get("0")],
  ["watermarks.advance", ({ watermarks }) => watermarks.advance("0", "2026-11-15T04:30", 0)],
  ["billers.get", ({ billers }) => billers.get(aBiller().id)],
  ["billers.getCached", ({ billers }) => billers.getCached(aBiller().id)],
  ["billers.put", ({ billers }) => billers.put(aBiller())],
  ["imports.create", ({ imports }) => imports.create(anImport())],
  ["imports.get", ({ imports }) => imports.get(aBiller().id, anImport().importId)],
  ["imports.save", ({ imports }) => imports.save(anImport(), 1)],
  ["imports.keepRejects", ({ imports }) => imports.keepRejects({ ...anImport(), range: 0 }, [])],
  ["imports.findRejects", ({ imports }) => Array.fromAsync(imports.findRejects(anImport()))],
];

function expectProviderError(error: DuebellError): void {
  expect(error).toMatchObject({ name: "DuebellError", code: "provider-error", retryable: true });
  expect(error.message).toMatch(/^DynamoDB failed while [a-z SM]+$/);
  expect(error.cause).toBeInstanceOf(Error);
}

describe.each(databases)("an error of $name", (database) => {
  const table = tablesOf(database);

  it.each(calls)("leaves %s as a provider error that names no data", async (_, call) => {
    const { client } = await table();
    const failure = call(dynamoStores({ client, table: "there-is-no-such-table" }));
    expectProviderError(
      await failure.then(
        () => expect.unreachable(),
        (error: DuebellError) => error,
      ),
    );
  });
});

describe("a database that does not answer", () => {
  const client = clientFor("http://127.0.0.1:1");
  afterEach(() => client.destroy());

  it("is a provider error", async () => {
    const failure = dynamoStores({ client, table: "duebell" }).bills.get(code);
    expectProviderError(
      await failure.then(
        () => expect.unreachable(),
        (error: DuebellError) => error,
      ),
    );
  });
});
