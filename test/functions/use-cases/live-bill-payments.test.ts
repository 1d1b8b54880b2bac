import { describe, expect, it } from "vitest";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import { due, inRupees, liveBillWorld } from "../../support/live-bill-world.ts";

const nothingDue = { outcome: "nothing-due" } as const;
const failed = { outcome: "failed", reason: "unreachable" } as const;

describe("a payment that the biller's system knew before us", () => {
  it("is in what was said, when it is counted afterwards", async () => {
    const { ports, page, paid, start, stored } = await liveBillWorld();
    const paidAt = ports.clock.now() - minuteMs;
    ports.liveBills.answer = due(40_000);
    expect(await page()).toEqual({ state: "due", outstanding: 40_000 });
    expect(await paid(60_000, paidAt)).toMatchObject({ outcome: "partial" });
    expect(await page()).toEqual({ state: "part-paid", outstanding: 40_000 });
    expect(await start()).toMatchObject({ outcome: "open", link: expect.stringContaining("am=400.00") });
    expect((await stored()).amountDue).toEqual(inRupees(100_000));
    ports.clock.advance(2 * minuteMs);
    expect(await page()).toEqual({ state: "part-paid", outstanding: 40_000 });
  });

  it("is in what was said as long as that serves, while the system is down", async () => {
    const { ports, page, paid, start, stored } = await liveBillWorld();
    const paidAt = ports.clock.now() - minuteMs;
    ports.liveBills.answer = due(70_000);
    await page();
    await paid(30_000, paidAt);
    ports.liveBills.answer = failed;
    ports.clock.advance(20 * 60 * minuteMs);
    expect(await page()).toEqual({ state: "part-paid", outstanding: 70_000 });
    expect(await start()).toMatchObject({ link: expect.stringContaining("am=700.00") });
    expect((await stored()).amountDue).toEqual(inRupees(100_000));
  });

  it("does not close the bill where what was said had been written to it before", async () => {
    const { ports, page, paid, start, stored } = await liveBillWorld();
    const paidAt = ports.clock.now() - minuteMs;
    ports.liveBills.answer = due(40_000);
    await start();
    expect((await stored()).amountDue).toEqual(inRupees(40_000));
    ports.clock.advance(3 * 24 * 60 * minuteMs);
    expect(await paid(60_000, paidAt)).toMatchObject({ outcome: "partial" });
    expect((await stored()).amountDue).toEqual(inRupees(100_000));
    // Told again it adds nothing.
    expect(await paid(60_000, paidAt)).toMatchObject({ outcome: "partial" });
    expect((await stored()).amountDue).toEqual(inRupees(100_000));
    expect(await page()).toEqual({ state: "part-paid", outstanding: 40_000 });
  });

  it("is in a total that its own bill never had, too", async () => {
    const { ports, page, paid } = await liveBillWorld();
    const now = ports.clock.now();
    ports.liveBills.answer = due(31_000);
    await page();
    await paid(60_000, now - 2 * minuteMs);
    await paid(40_000, now - minuteMs);
    ports.clock.advance(2 * minuteMs);
    expect(await page()).toEqual({ state: "part-paid", outstanding: 31_000 });
  });

  it("may have reached it while it was answering", async () => {
    const { ports, page, paid } = await liveBillWorld();
    const asked = ports.clock.now();
    const { fetch } = ports.liveBills;
    ports.liveBills.fetch = async (...about) => {
      ports.clock.advance(2_000);
      return fetch(...about);
    };
    ports.liveBills.answer = due(40_000);
    await page();
    expect(await paid(60_000, asked + 1_000)).toMatchObject({ outcome: "partial" });
  });

  it("keeps the next reminder of what is still owed", async () => {
    const { ports, send, dueMessage, sent, paid, report, sendNext } = await liveBillWorld({ dueDate: "2026-11-30" });
    ports.clock.set(Date.parse("2026-11-15T10:01:00+05:30"));
    ports.liveBills.answer = due(40_000);
    await send(await dueMessage());
    ports.clock.advance(minuteMs);
    await paid(60_000, Date.parse("2026-11-15T10:00:00+05:30"));
    await report({ step: "issued", channel: "whatsapp", hop: 0, status: "delivered" });
    await sendNext();
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued", "whatsapp due-soon"]);
  });

  it("is not lost to a read that lags", async () => {
    const { ports, control, page, paid, start, stored } = await liveBillWorld();
    await page();
    ports.clock.advance(2 * minuteMs);
    await paid(60_000, ports.clock.now());
    ports.liveBills.answer = due(40_000);
    ports.clock.advance(1_000);
    control.staleReads = () => true;
    expect(await page()).toEqual({ state: "due", outstanding: 40_000 });
    control.staleReads = undefined;
    expect(await page()).toEqual({ state: "part-paid", outstanding: 40_000 });
    await start();
    expect((await stored()).amountDue).toEqual(inRupees(100_000));
  });
});

describe("a payment of exactly what the page asked for", () => {
  it.each([
    ["said the same again", due(90_000)],
    ["said that nothing is due", nothingDue],
    ["is down", failed],
  ] as const)("pays the bill, though the system %s before the payment was told", async (_what, later) => {
    const { ports, page, paid, stored } = await liveBillWorld({ exactness: "EXACT" });
    ports.liveBills.answer = due(90_000);
    await page();
    ports.clock.advance(70_000);
    const paidAt = ports.clock.now();
    ports.clock.advance(5_000);
    ports.liveBills.answer = later;
    await page();
    ports.clock.advance(5_000);
    expect(await paid(90_000, paidAt)).toMatchObject({ outcome: "full" });
    expect((await stored()).progress.cursor).toBeUndefined();
    expect(await page()).toEqual({ state: "paid", outstanding: 0 });
  });

  it("does not pay what its biller put on it meanwhile", async () => {
    const { ports, page, paid } = await liveBillWorld();
    ports.liveBills.answer = due(90_000);
    await page();
    ports.clock.advance(70_000);
    const paidAt = ports.clock.now();
    ports.clock.advance(5_000);
    ports.liveBills.answer = due(5_000);
    await page();
    expect(await paid(90_000, paidAt)).toMatchObject({ outcome: "partial" });
    expect(await page()).toEqual({ state: "part-paid", outstanding: 5_000 });
  });
});

describe("payments of which the biller's system knows only some", () => {
  it("leave what is asked as it is, where that explains the total", async () => {
    const { ports, page, paid, start, stored } = await liveBillWorld();
    const now = ports.clock.now();
    await paid(40_000, now - 60 * minuteMs);
    await paid(30_000, now - 5 * minuteMs);
    for (const known of [60_000, 70_000, 100_000, 30_000]) {
      ports.liveBills.answer = due(known);
      expect(await page()).toEqual({ state: "part-paid", outstanding: 30_000 });
      await start();
      ports.clock.advance(2 * minuteMs);
    }
    expect((await stored()).amountDue).toEqual(inRupees(100_000));
  });

  it("cannot be asked for more than the system says, where nothing explains the total", async () => {
    const { ports, page, paid } = await liveBillWorld();
    await paid(40_000, ports.clock.now() - 5 * minuteMs);
    ports.liveBills.answer = due(95_000);
    expect(await page()).toEqual({ state: "part-paid", outstanding: 95_000 });
    ports.clock.advance(2 * minuteMs);
    ports.liveBills.answer = due(55_000);
    expect(await page()).toEqual({ state: "part-paid", outstanding: 55_000 });
  });
});
