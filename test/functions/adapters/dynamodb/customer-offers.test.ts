import { ScanCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoCustomerOffers } from "../../../../functions/adapters/dynamodb/customer-offers.ts";
import { aCustomer, anOffer } from "../../../support/builders.ts";
import { customerOffersContract } from "../../../support/contracts/offer-stores-contract.ts";
import { databases, plainAddressHash, type TestTable, tablesOf } from "../../../support/dynamodb.ts";

const storeOn = (place: TestTable) =>
  dynamoCustomerOffers({
    ...place,
    customerHash: async (biller, customer) => (await plainAddressHash(biller, "sms", customer)).slice(0, 32),
  });

describe.each(databases)("dynamoCustomerOffers on $name", (database) => {
  const table = tablesOf(database);
  customerOffersContract(async () => storeOn(await table()));

  it("keeps no customer's id", async () => {
    const place = await table();
    const { biller, id: offer } = anOffer();
    await storeOn(place).take({ biller, offer, customer: aCustomer().id }, "a", 1);
    const { Items: items = [] } = await place.client.send(new ScanCommand({ TableName: place.table }));
    expect(items).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain(aCustomer().id);
  });
});
