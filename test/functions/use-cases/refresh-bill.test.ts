import { describe, expect, it } from "vitest";
import type { Bill } from "../../../functions/domain/bill.ts";
import type { FetchedBill } from "../../../functions/domain/live-bill.ts";
import type { Money } from "../../../functions/domain/money.ts";
import { refreshBill } from "../../../functions/use-cases/refresh-bill.ts";
import { aBill, aBiller } from "../../support/builders.ts";
import { memoryPorts } from "../../support/memory-ports.ts";

const biller = aBiller({
  billFetch: { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" }, perMinute: 2 },
});
const due = (value: number): FetchedBill => ({ outcome: "due", amountDue: { value, currency: "INR" } as Money });
const failed = { outcome: "failed", reason: "timed-out" } as const;

/** A visit to the page of a bill whose biller has a system of its own. */
function aPage(bill: Bill = aBill()) {
  const ports = memoryPorts();
  const open = (ask = true, of = bill) => refreshBill(ports, { bill: of, biller }, { ask });
  return { ports, bill, open, asked: () => ports.liveBills.asked.length, start: ports.clock.now() };
}

describe("refresh-bill", () => {
  it("shows what the biller's own system says, and writes none of it to the bill", async () => {
    const { ports, bill, open, start } = aPage();
    ports.liveBills.answer = due(131_000);
    expect(await open()).toEqual({
      bill: { ...bill, amountDue: { value: 131_000, currency: "INR" }, toldAt: start },
      detail: undefined,
      live: { outcome: "fresh", at: start, nothingDue: false },
    });
    expect(await ports.bills.get(bill.code)).toBeUndefined();
  });

  it("asks nobody for a biller without a system of its own", async () => {
    const { ports, bill, asked } = aPage();
    expect(await refreshBill(ports, { bill, biller: aBiller() }, { ask: true })).toEqual({ bill });
    expect(asked()).toBe(0);
  });

  it.each([
    ["paid", { payments: { "standard:a": { amount: 124_900, refunded: 0, paidAt: 1, n: 1 } } }],
    ["canceled", { canceled: { at: 1 } }],
    ["expired", { expiresOn: "2026-11-01" }],
  ] as const)("asks nobody about a bill that is %s: its page says what became of it", async (_what, changes) => {
    const { open, asked, bill } = aPage(aBill(changes));
    expect(await open()).toEqual({ bill, detail: undefined });
    expect(asked()).toBe(0);
  });

  it("serves for a minute what was said", async () => {
    const { ports, open, asked, start } = aPage();
    ports.liveBills.answer = due(131_000);
    await open();
    ports.clock.advance(59_999);
    expect((await open()).live).toEqual({ outcome: "fresh", at: start, nothingDue: false });
    expect(asked()).toBe(1);
    ports.clock.advance(1);
    expect((await open()).live).toMatchObject({ outcome: "fresh", at: start + 60_000 });
    expect(asked()).toBe(2);
  });

  it("serves what was said last when the system does not answer, for a day, and tells its age", async () => {
    const { ports, bill, open, start } = aPage();
    ports.liveBills.answer = due(131_000);
    await open();
    ports.liveBills.answer = failed;
    ports.clock.set(start + 86_400_000 - 1);
    expect(await open()).toMatchObject({
      bill: { amountDue: { value: 131_000 } },
      live: { outcome: "stale", reason: "timed-out", at: start },
    });
    ports.clock.set(start + 86_400_000);
    expect(await open()).toEqual({
      bill,
      detail: undefined,
      live: { outcome: "stale", reason: "timed-out", at: bill.registeredAt, nothingDue: false },
    });
  });

  it("serves the stored bill, as old as it is, when the system never answered", async () => {
    const { open, start } = aPage(aBill({ amendedAt: 1 }));
    expect((await open()).live).toEqual({ outcome: "stale", reason: "unreachable", at: 1, nothingDue: false });
    expect(start).toBeGreaterThan(1);
  });

  it("does not put what was said over terms that are newer", async () => {
    const { ports, bill, open, start } = aPage();
    ports.liveBills.answer = due(131_000);
    await open();
    ports.liveBills.answer = failed;
    const amended = { ...bill, amountDue: { value: 90_000, currency: "INR" } as Money, amendedAt: start + 1 };
    expect(await open(true, amended)).toMatchObject({ bill: { amountDue: { value: 90_000 } } });
  });

  it("asks for nobody who does not look, such as a link preview", async () => {
    const { ports, open, asked } = aPage();
    ports.liveBills.answer = due(131_000);
    const { bill, live } = await open(false);
    expect(live).toEqual({ outcome: "not-asked", at: bill.registeredAt, nothingDue: false });
    expect(asked()).toBe(0);
  });

  it("shows who does not look what was said last, from its time: fresh for a minute, then not asked", async () => {
    const { ports, open, asked, start } = aPage();
    ports.liveBills.answer = due(131_000);
    await open();
    expect((await open(false)).live).toMatchObject({ outcome: "fresh", at: start });
    ports.clock.advance(60_000);
    expect(await open(false)).toMatchObject({
      bill: { amountDue: { value: 131_000 } },
      live: { outcome: "not-asked", at: start },
    });
    expect(asked()).toBe(1);
  });

  it("asks no more often in a minute than the biller allows, whatever the bill", async () => {
    const { ports, open, asked } = aPage();
    ports.liveBills.answer = due(131_000);
    const bills = ["a", "b", "c"].map((billId) => aBill({ billId }));
    const outcomes = [];
    for (const bill of bills) outcomes.push((await open(true, bill)).live);
    expect(outcomes).toMatchObject([
      { outcome: "fresh" },
      { outcome: "fresh" },
      { outcome: "stale", reason: "limit-reached" },
    ]);
    expect(asked()).toBe(2);
  });

  it("says when nothing is due", async () => {
    const { ports, bill, open } = aPage();
    ports.liveBills.answer = { outcome: "nothing-due" };
    expect(await open()).toMatchObject({ bill, live: { outcome: "fresh", nothingDue: true } });
  });
});
