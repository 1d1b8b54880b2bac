import { describe, expect, it } from "vitest";
import { openPaymentLink } from "../../../functions/use-cases/open-payment-link.ts";
import { aBill, aBiller, aTombstone } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const bill = aBill({ detailDigest: "detail" });
const items = [{ name: "Energy 182 kWh", amount: bill.amountDue }];

async function world() {
  const reads: string[] = [];
  const ports = memoryPorts();
  await ports.billers.put(aBiller());
  await ports.billers.put(aBiller({ id: "other", header: "OTHERCO" }));
  await ports.bills.saveDetail(bill.code, bill.detailDigest ?? "", { items });
  await ports.bills.save(bill, 0);
  const bills = new Proxy(ports.bills, {
    get: (store, name, receiver) => {
      reads.push(String(name));
      return Reflect.get(store, name, receiver);
    },
  });
  return { ports: { ...ports, bills }, stored: ports.bills, reads };
}

describe("opening a payment link", () => {
  it("shows the bill with its line items, by one read for each of the two", async () => {
    const { ports, reads } = await world();
    const opened = await openPaymentLink(ports, { header: "EXPOWR", code: bill.code });
    expect(opened).toMatchObject({ outcome: "found", view: { state: "due", items } });
    expect(reads).toEqual(["get", "getDetail"]);
  });

  it("reads nothing more for a bill without line items", async () => {
    const { ports, stored, reads } = await world();
    const { detailDigest: _, ...plain } = bill;
    await stored.save({ ...plain, version: 2 }, 1);
    expect(await openPaymentLink(ports, { header: "EXPOWR", code: bill.code })).toMatchObject({ view: { items: [] } });
    expect(reads).toEqual(["get"]);
  });

  it("changes nothing, however often it is opened", async () => {
    const { ports, stored } = await world();
    for (let visit = 0; visit < 3; visit++) await openPaymentLink(ports, { header: "EXPOWR", code: bill.code });
    expect(await stored.story(bill.code)).toEqual({ bill, detail: { items }, payments: [], notifications: [] });
    expect(ports.events.published).toEqual([]);
  });

  it("works under a header that the biller had before", async () => {
    const { ports } = await world();
    await ports.billers.put(aBiller({ header: "NEWPOWR", formerHeaders: ["EXPOWR"] }));
    const opened = await openPaymentLink(ports, { header: "EXPOWR", code: bill.code });
    expect(opened).toMatchObject({ outcome: "found", view: { path: `/NEWPOWR/${bill.code}` } });
  });

  it.each([
    ["an unknown code", "EXPOWR", "1AbCdEfGhJkLm"],
    ["another biller's header", "OTHERCO", bill.code],
    ["a header nobody has", "NOBODY", bill.code],
    ["a header in small letters", "expowr", bill.code],
    ["an empty code", "EXPOWR", ""],
    ["a code that is too long", "EXPOWR", `${bill.code}x`],
    ["a code with a forbidden letter", "EXPOWR", "0AbCdEfGhJkLm"],
    ["a path for a code", "EXPOWR", "../../etc/passwd"],
  ])("finds nothing for %s", async (_, header, code) => {
    const { ports } = await world();
    expect(await openPaymentLink(ports, { header, code })).toEqual({ outcome: "not-found" });
  });

  it("finds nothing where only a cancel came, and no bill yet", async () => {
    const { ports, stored } = await world();
    const tombstone = aTombstone({ billId: "EP-2026-11-20000" });
    await stored.save(tombstone, 0);
    expect(await openPaymentLink(ports, { header: "EXPOWR", code: tombstone.code })).toEqual({ outcome: "not-found" });
  });
});
