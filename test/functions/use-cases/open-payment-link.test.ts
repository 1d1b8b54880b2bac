import { describe, expect, it } from "vitest";
import { linkReply } from "../../../functions/pages/replies.ts";
import type { LiveBillCache, LiveBills, Rail } from "../../../functions/ports.ts";
import { openPaymentLink, readLink } from "../../../functions/use-cases/open-payment-link.ts";
import { aBill, aBiller, aTombstone } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const bill = aBill({ detailDigest: "detail" });
const items = [{ name: "Energy 182 kWh", amount: bill.amountDue }];
const link = { header: "EXPOWR", code: bill.code };
const visit = {
  linkBaseUrl: "https://pay.example.com",
  userAgent: "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
};
const previewBot = "WhatsApp/2.23.20.0";

/** A rail that offers the whole amount. */
const rail: Rail = {
  name: "external",
  kind: "composed",
  capabilities: { amount: "exact", reportsStatus: false, canBeCanceled: false },
  offer: ({ bill: { amountDue } }) => ({
    rail: "external",
    bounds: { minimum: amountDue, maximum: amountDue },
    fixed: true,
    formTargets: [],
  }),
  start: () => ({ outcome: "open", link: "https://example.com" }),
};
const unfit: Rail = { ...rail, name: "pix", offer: () => undefined };

/** A biller's own system, and how often it was asked. */
function ownSystem(answer: Awaited<ReturnType<LiveBills["fetch"]>>) {
  let asked = 0;
  const liveBills: LiveBills = {
    fetch: async () => {
      asked++;
      return answer;
    },
  };
  const liveBillCache: LiveBillCache = { get: async () => undefined, put: async () => {}, permit: async () => true };
  return { ports: { liveBills, liveBillCache }, asked: () => asked };
}

const billFetch = { url: "https://bills.example.com", identifier: { name: "Consumer Number" } };

async function world() {
  const ports = memoryPorts();
  await ports.billers.put(aBiller());
  await ports.billers.put(aBiller({ id: "other", header: "OTHERCO" }));
  await ports.bills.saveDetail(bill.code, bill.detailDigest ?? "", { items });
  await ports.bills.save(bill, 0);
  const reads: string[] = [];
  ports.control.beforeCall = (port, method) => {
    reads.push(`${port}.${method}`);
  };
  return { ports: { ...ports, rails: [unfit, rail] }, stored: ports.bills, reads };
}

const misses: readonly (readonly [string, string, string])[] = [
  ["an unknown code", "EXPOWR", "1AbCdEfGhJkLm"],
  ["another biller's header", "OTHERCO", bill.code],
  ["a header nobody has", "NOBODY", bill.code],
  ["a header in small letters", "expowr", bill.code],
  ["a header of ten thousand letters", "E".repeat(10_000), bill.code],
  ["an empty code", "EXPOWR", ""],
  ["a code that is too long", "EXPOWR", `${bill.code}x`],
  ["a code of ten thousand letters", "EXPOWR", "1".repeat(10_000)],
  ["a code with a forbidden letter", "EXPOWR", "0AbCdEfGhJkLm"],
  ["the code that stands for malformed ones", "EXPOWR", "0000000000000"],
  ["a path for a code", "EXPOWR", "../../etc/passwd"],
  ["a cancel without its bill", "EXPOWR", aTombstone({ billId: "EP-2026-11-20000" }).code],
];

describe("opening a payment link", () => {
  it("leaves out a rail whose offer fails, and tells of it beside the page", async () => {
    const { ports } = await world();
    const broken: Rail = {
      ...rail,
      name: "pay-now",
      offer: () => {
        throw new RangeError("no code can say it");
      },
    };
    const opened = await openPaymentLink({ ...ports, rails: [broken, rail] }, link, visit);
    expect(opened).toMatchObject({ outcome: "found", view: { ways: [{ rail: "external" }] } });
    expect(opened).toMatchObject({ failedOffers: [{ biller: "example-power", rail: "pay-now" }] });
    expect(await openPaymentLink(ports, link, visit)).not.toHaveProperty("failedOffers");
  });

  it("shows the bill with its line items and ways to pay, by one read for each of the two", async () => {
    const { ports, reads } = await world();
    const opened = await openPaymentLink(ports, link, visit);
    expect(opened).toMatchObject({ outcome: "found", view: { state: "due", items, ways: [{ rail: "external" }] } });
    expect(reads).toEqual([
      "bills.get",
      "billers.findByHeader",
      "billers.getCached",
      "bills.getDetail",
      "offers.listCached",
    ]);
  });

  it("reads nothing more for a bill without line items", async () => {
    const { ports, stored, reads } = await world();
    const { detailDigest: _, ...plain } = bill;
    await stored.save({ ...plain, version: 2 }, 1);
    reads.length = 0;
    expect(await openPaymentLink(ports, link, visit)).toMatchObject({ view: { items: [] } });
    expect(reads).toEqual(["bills.get", "billers.findByHeader", "billers.getCached", "offers.listCached"]);
  });

  it("changes nothing, however often it is opened", async () => {
    const { ports, stored } = await world();
    for (let n = 0; n < 3; n++) await openPaymentLink(ports, link, visit);
    expect(await stored.story(bill.code)).toEqual({
      bill,
      detail: { items },
      payments: [],
      notifications: [],
      opens: [],
    });
    expect(ports.events.published).toEqual([]);
  });

  it("works under a header that the biller had before, as long as it names it", async () => {
    const { ports } = await world();
    await ports.billers.put(aBiller({ header: "NEWPOWR", formerHeaders: ["EXPOWR"] }));
    const opened = await openPaymentLink(ports, link, visit);
    expect(opened).toMatchObject({ outcome: "found", view: { path: `/NEWPOWR/${bill.code}` } });
    await ports.billers.put(aBiller({ header: "NEWPOWR" }));
    expect(await openPaymentLink(ports, link, visit)).toEqual({ outcome: "not-found" });
  });

  it("works under a header that was put just now, whatever is kept of its biller", async () => {
    const { ports } = await world();
    await ports.billers.put(aBiller({ header: "NEWPOWR", formerHeaders: ["EXPOWR"] }));
    const billers = { ...ports.billers, getCached: async () => aBiller() };
    const opened = await openPaymentLink({ ...ports, billers }, { ...link, header: "NEWPOWR" }, visit);
    expect(opened).toMatchObject({ outcome: "found" });
  });

  it("offers nothing once nothing is due", async () => {
    const { ports, stored } = await world();
    await stored.save({ ...bill, version: 2, canceled: { at: bill.registeredAt } }, 1);
    expect(await readLink(ports, link, visit)).toMatchObject({ ways: [] });
  });
});

describe("a link that leads to no bill", () => {
  it.each(misses)("is answered with the same bytes and the same reads: %s", async (_, header, code) => {
    const { ports, stored, reads } = await world();
    await stored.save(aTombstone({ billId: "EP-2026-11-20000" }), 0);
    reads.length = 0;
    const opened = await openPaymentLink(ports, { header, code }, visit);
    expect(opened).toEqual({ outcome: "not-found" });
    expect(reads).toEqual(["bills.get", "billers.findByHeader"]);
    expect(linkReply(opened)).toEqual(linkReply({ outcome: "not-found" }));
  });

  it("never makes a read under what was sent, unless that has the shape of a code", async () => {
    const { ports } = await world();
    const asked: string[] = [];
    const get: typeof ports.bills.get = async (code) => {
      asked.push(code);
      return undefined;
    };
    const watched = { ...ports, bills: { ...ports.bills, get } };
    for (const code of ["", "1".repeat(10_000), "../../etc/passwd", "1AbCdEfGhJkLm"])
      await openPaymentLink(watched, { header: "EXPOWR", code }, visit);
    expect(asked).toEqual(["0000000000000", "0000000000000", "0000000000000", "1AbCdEfGhJkLm"]);
  });
});

describe("who opened a link", () => {
  it("is told by ids only: a person, with the mark of the message", async () => {
    const { ports } = await world();
    const opened = await openPaymentLink(ports, link, { ...visit, query: { s7Q: "", app: "phonepe" } });
    expect(opened).toMatchObject({
      told: { biller: bill.biller, billId: bill.billId, by: "human", mark: "s7Q" },
      view: { mark: "s7Q", missingApp: "phonepe" },
    });
    expect(JSON.stringify("told" in opened && opened.told)).not.toContain(bill.code);
  });

  it("is a machine where the User-Agent says so", async () => {
    const { ports } = await world();
    const opened = await openPaymentLink(ports, link, { ...visit, userAgent: previewBot });
    expect(opened).toMatchObject({ told: { by: "bot" } });
    expect("told" in opened && opened.told).not.toHaveProperty("mark");
  });
});

describe("a bill of a biller whose own system is asked", () => {
  const due = { outcome: "due", amountDue: { ...bill.amountDue, value: 90_000 } } as const;

  it("is shown, and offered to be paid, as that system has it", async () => {
    const { ports } = await world();
    await ports.billers.put(aBiller({ billFetch }));
    const system = ownSystem(due);
    const facts = await readLink({ ...ports, ...system.ports }, link, visit);
    expect(facts).toMatchObject({ live: { outcome: "fresh" }, bill: { amountDue: due.amountDue } });
    expect(facts?.ways).toMatchObject([{ bounds: { maximum: due.amountDue } }]);
  });

  it("cannot be paid where that system says that nothing is due", async () => {
    const { ports } = await world();
    await ports.billers.put(aBiller({ billFetch }));
    const facts = await readLink({ ...ports, ...ownSystem({ outcome: "nothing-due" }).ports }, link, visit);
    expect(facts).toMatchObject({ live: { nothingDue: true }, ways: [] });
  });

  it("is shown as it is stored where that system does not answer", async () => {
    const { ports } = await world();
    await ports.billers.put(aBiller({ billFetch }));
    const down = { ...ports, ...ownSystem({ outcome: "failed", reason: "timed-out" }).ports };
    const facts = await readLink(down, link, visit);
    expect(facts).toMatchObject({ live: { outcome: "stale" }, bill: { amountDue: bill.amountDue } });
    expect(facts?.ways).toHaveLength(1);
    const opened = await openPaymentLink(down, link, visit);
    expect(opened).toMatchObject({ liveFailed: { biller: bill.biller, reason: "timed-out" } });
    expect(JSON.stringify("view" in opened && opened.view)).not.toContain("timed-out");
  });

  it("is no failure of that system where a preview asks nobody", async () => {
    const { ports } = await world();
    await ports.billers.put(aBiller({ billFetch }));
    const down = { ...ports, ...ownSystem({ outcome: "failed", reason: "timed-out" }).ports };
    const opened = await openPaymentLink(down, link, { ...visit, userAgent: previewBot });
    expect(opened).toMatchObject({ view: { live: { outcome: "not-asked" } } });
    expect(opened).not.toHaveProperty("liveFailed");
  });

  it("is asked about for people, not for machines, and for nobody whose biller has no such system", async () => {
    const { ports } = await world();
    const system = ownSystem(due);
    const both = { ...ports, ...system.ports };
    await readLink(both, link, visit);
    await ports.billers.put(aBiller({ billFetch }));
    await readLink(both, link, { ...visit, userAgent: previewBot });
    expect(system.asked()).toBe(0);
    await readLink(both, link, visit);
    expect(system.asked()).toBe(1);
  });
});
