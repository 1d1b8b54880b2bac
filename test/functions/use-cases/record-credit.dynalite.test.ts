import { describe, expect, it } from "vitest";
import { dynamoPaidDayStore } from "../../../functions/adapters/dynamodb/paid-days.ts";
import { dynamoPaymentReferenceStore } from "../../../functions/adapters/dynamodb/payment-references.ts";
import { dynamoProposalStore } from "../../../functions/adapters/dynamodb/proposal-store.ts";
import { decideProposal } from "../../../functions/use-cases/decide-proposal.ts";
import { getProposals } from "../../../functions/use-cases/get-proposals.ts";
import { recordCredit } from "../../../functions/use-cases/record-credit.ts";
import { recordPayment } from "../../../functions/use-cases/record-payment.ts";
import { registerBill } from "../../../functions/use-cases/register-bill.ts";
import { aBillInput, aPaymentFact, kolkata, named } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";
import { aCredit } from "../../support/credit-world.ts";
import { databases, tablesOf } from "../../support/dynamodb.ts";
import { dynamoStores } from "../../support/dynamodb-stores.ts";
import { memoryPorts } from "../../support/memory-ports.ts";
import { plainCode } from "../../support/memory-recorders.ts";

describe("a bank's statement over a real table", () => {
  const [database] = databases;
  if (!database) throw new Error("dynalite is always there");
  const freshTable = tablesOf(database);

  it("is counted, proposed, kept and decided as in memory", async () => {
    const place = await freshTable();
    const { clock: _clock, ...stores } = dynamoStores(place);
    const books = {
      paymentReferences: dynamoPaymentReferenceStore(place),
      paidDays: dynamoPaidDayStore(place),
      proposals: dynamoProposalStore(place),
    };
    const ports = { ...memoryPorts({ start: kolkata("2026-11-15 10:00") }), ...stores, ...books };
    await ports.billers.put(aBiller());
    const { biller, billId } = named;
    await registerBill(ports, { ...named, bill: aBillInput() });
    ports.clock.set(kolkata("2026-11-22 12:00"));
    const amount = { value: 50_000, currency: "INR" };
    const payment = aPaymentFact({ amount, references: ["rrn:636512345678"] });
    await recordPayment(ports, { type: "payment.succeeded", payment });
    const credit = async (changes: Parameters<typeof aCredit>[0]) =>
      (await recordCredit(ports, { biller, credit: aCredit(changes) })).outcome;

    expect(await credit({ reference: "S1", amount, billId })).toBe("proposed");
    expect(await credit({ reference: "S2", rrn: "636512345678" })).toBe("proposed");
    expect(await credit({ reference: "S3", amount: { value: 10_000, currency: "INR" }, billId })).toBe("applied");
    expect(await credit({ reference: "S3", amount: { value: 10_000, currency: "INR" }, billId })).toBe("unchanged");
    expect(await credit({ reference: "S4", amount: { value: 77, currency: "INR" } })).toBe("unmatched");

    const { proposals } = await getProposals(ports, { biller, limit: 50 });
    expect(proposals.map(({ paymentId }) => paymentId).toSorted()).toEqual(["S1", "S2", "S4"]);
    for (const { id, paymentId } of proposals) {
      const decision = paymentId === "S2" ? "dismiss" : "apply";
      await decideProposal(ports, { biller, proposal: id, decision, ...(paymentId === "S4" && { billId }) });
    }
    expect(await getProposals(ports, { biller, limit: 50 })).toEqual({ proposals: [] });
    const { bill } = await ports.bills.story(plainCode(biller, billId), { consistent: true });
    expect(Object.keys(bill?.payments ?? {}).toSorted()).toEqual([
      "bank:S1",
      "bank:S3",
      "bank:S4",
      "standard:pay_0001",
    ]);
  });
});
