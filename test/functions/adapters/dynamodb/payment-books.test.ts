import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { dynamoPaidDayStore } from "../../../../functions/adapters/dynamodb/paid-days.ts";
import { dynamoPaymentReferenceStore } from "../../../../functions/adapters/dynamodb/payment-references.ts";
import { dynamoProposalStore } from "../../../../functions/adapters/dynamodb/proposal-store.ts";
import type { CurrencyCode } from "../../../../functions/domain/money.ts";
import type { ProposalId } from "../../../../functions/domain/proposal.ts";
import { aPayment } from "../../../support/builders.ts";
import { paymentBooksContract } from "../../../support/contracts/payment-books-contract.ts";
import { databases, type TestTable, tablesOf } from "../../../support/dynamodb.ts";

const { biller, code } = aPayment();
const id = "late.1a2b3c" as ProposalId;
const proposal = {
  id,
  biller,
  kind: "late",
  options: ["refund", "credit", "dismiss"],
  source: "standard",
  paymentId: "pay_0001",
  amount: { value: 124_900, currency: "INR" as CurrencyCode },
  paidAt: 1,
  references: [],
  at: 2,
  version: 1,
} as const;
const decision = { ...proposal, decided: { decision: "dismiss", at: 3 }, version: 2 } as const;

/** Fails the client's next call of this kind, before it has an effect. */
function failNext({ client }: TestTable, kind: typeof PutItemCommand | typeof DeleteItemCommand, skip = 0): void {
  let left = skip;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName === kind.name && left-- === 0) throw new Error("away");
        return await next(args);
      },
    { step: "initialize" },
  );
}

describe.each(databases)("the payment books on $name", (database) => {
  const table = tablesOf(database);
  paymentBooksContract({
    references: async () => dynamoPaymentReferenceStore(await table()),
    days: async () => dynamoPaidDayStore(await table()),
    proposals: async () => dynamoProposalStore(await table()),
  });

  it.each([
    ["is kept among those that are decided", PutItemCommand, 1],
    ["is taken from those that are open", DeleteItemCommand, 0],
  ] as const)("holds a decision whose move broke off before it %s, and lists it no more", async (_, kind, skip) => {
    const place = await table();
    const proposals = dynamoProposalStore(place);
    await proposals.add(proposal);
    failNext(place, kind, skip);
    await expect(proposals.save(decision, 1)).rejects.toMatchObject({ code: "provider-error" });
    expect(await proposals.find(biller, { limit: 5 })).toEqual([]);
    expect(await proposals.get(biller, id)).toEqual(decision);
    await proposals.add(proposal);
    expect(await proposals.find(biller, { limit: 5 })).toEqual([]);
    expect(await proposals.save({ ...decision, version: 3 }, 2)).toBe(true);
    expect(await proposals.get(biller, id)).toEqual({ ...decision, version: 3 });
  });

  it("keeps a reference as one small item under its biller", async () => {
    const place = await table();
    await dynamoPaymentReferenceStore(place).put(biller, ["razorpay:order_1"], { code, key: "razorpay:pay_1" });
    const Key = { pk: { S: "REFERENCE#example-power#razorpay:order_1" }, sk: { S: "PAYMENT" } };
    const { Item } = await place.client.send(new GetItemCommand({ TableName: place.table, Key }));
    expect(Item).toEqual({ ...Key, c: { S: code }, k: { S: "razorpay:pay_1" } });
  });
});
