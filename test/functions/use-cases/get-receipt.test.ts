import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import { getReceipt } from "../../../functions/use-cases/get-receipt.ts";
import { aBill, aBiller, type Plain } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const visit = { linkBaseUrl: "https://pay.example.com" };
const paid = { "standard:pay_1": { amount: 124_900, refunded: 0, paidAt: Date.parse("2026-11-16T06:00:00Z"), n: 0 } };

async function asked(changes: Partial<Plain<Bill>>, header = "EXPOWR") {
  const ports = memoryPorts();
  const bill = aBill(changes);
  await ports.billers.put(aBiller());
  await ports.bills.save(bill, 0);
  return { bill, found: await getReceipt(ports, { header, code: bill.code }, visit) };
}

describe("the receipt behind a link", () => {
  it("is what the page says once the bill is paid", async () => {
    const { found } = await asked({ payments: paid });
    expect(found).toMatchObject({ outcome: "found", view: { state: "paid", paid: { value: 124_900 }, ways: [] } });
  });

  it("is there for what was paid of a bill that was canceled later", async () => {
    const { found } = await asked({ payments: paid, canceled: { at: Date.parse("2026-11-18T06:00:00Z") } });
    expect(found).toMatchObject({ outcome: "found", view: { state: "canceled", paid: { value: 124_900 } } });
  });

  it("leads to the bill's page while nothing was paid, or all of it was given back", async () => {
    const { bill, found } = await asked({});
    expect(found).toEqual({ outcome: "nothing-paid", path: `/EXPOWR/${bill.code}` });
    const back = { "standard:pay_1": { ...paid["standard:pay_1"], refunded: 124_900 } };
    expect((await asked({ payments: back })).found).toMatchObject({ outcome: "nothing-paid" });
  });

  it("is not found under another biller's header", async () => {
    expect((await asked({ payments: paid }, "OTHERCO")).found).toEqual({ outcome: "not-found" });
  });
});
