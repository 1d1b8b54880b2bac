import { describe, expect, it } from "vitest";
import type { FetchedBill } from "../../../functions/domain/live-bill.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import type { Money } from "../../../functions/domain/money.ts";
import { adoptLiveBill } from "../../../functions/use-cases/adopt-live-bill.ts";
import { registerBill } from "../../../functions/use-cases/register-bill.ts";
import { aBillInput, billWorld, kolkata, named } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const billFetch = { url: "https://billing.example.com/bbps", identifier: { name: "consumerNumber" } };
const biller = aBiller({ billFetch });
const rupees = (value: number) => ({ value, currency: "INR" }) as Money;
const due = (value: number, more: object = {}): FetchedBill =>
  ({ outcome: "due", amountDue: rupees(value), ...more }) as FetchedBill;

/** A registered bill whose biller has a system of its own, at noon of 20 November. */
async function registered(changes: Parameters<typeof aBillInput>[0] = {}, of = biller) {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller: of });
  await world.register(changes);
  world.ports.clock.set(kolkata("2026-11-20 12:00"));
  const stored = async () => {
    const { bill, detail } = await world.story();
    if (!bill) throw new Error("there is no bill");
    return { bill, detail };
  };
  const adopt = async () => adoptLiveBill(world.ports, { ...(await stored()), biller: of }, { ask: true });
  return { ...world, stored, adopt };
}

describe("adopt-live-bill", () => {
  it("writes what was said to the bill, as an amendment of that moment", async () => {
    const { ports, adopt, stored } = await registered();
    ports.liveBills.answer = due(131_000, { dueDate: "2026-12-05" });
    const adopted = await adopt();
    const { bill } = await stored();
    expect(adopted).toMatchObject({ amended: true, live: { outcome: "fresh", nothingDue: false } });
    expect(adopted.bill).toEqual(bill);
    expect(bill).toMatchObject({
      amountDue: rupees(131_000),
      dueDate: "2026-12-05",
      amendedAt: ports.clock.now(),
      formerly: { amountDue: 124_900, dueDate: "2026-11-30" },
      version: 2,
    });
  });

  it("writes nothing where the same was said, or nothing is due, or nobody answers", async () => {
    const { ports, adopt, stored } = await registered();
    const before = await stored();
    for (const answer of [
      due(124_900),
      { outcome: "nothing-due" },
      { outcome: "failed", reason: "refused" },
    ] as const) {
      ports.liveBills.answer = answer;
      expect(await adopt()).toMatchObject({ amended: false, bill: before.bill });
      ports.clock.advance(2 * minuteMs);
    }
    expect(await stored()).toEqual(before);
  });

  it("writes it once: within the minute the same answer is what is stored", async () => {
    const { ports, adopt } = await registered();
    ports.liveBills.answer = due(131_000);
    expect(await adopt()).toMatchObject({ amended: true });
    ports.clock.advance(30_000);
    expect(await adopt()).toMatchObject({ amended: false, live: { outcome: "fresh" } });
    expect(ports.liveBills.asked).toHaveLength(1);
  });

  it("plans the reminders again from the new due date", async () => {
    const { ports, adopt, stored, send, dueMessage } = await registered();
    ports.clock.set(kolkata("2026-11-15 10:01"));
    await send(await dueMessage());
    ports.clock.set(kolkata("2026-11-20 12:00"));
    ports.liveBills.answer = due(124_900, { dueDate: "2026-12-20" });
    await adopt();
    const { bill } = await stored();
    expect(bill.progress.claim?.step).toBe("issued");
    expect(bill.dueDate).toBe("2026-12-20");
  });

  it("replaces the items and leaves the rest of the detail", async () => {
    const {
      ports,
      stored,
      code,
      biller: of,
    } = await registered({
      items: [{ name: "Energy 182 kWh", amount: { value: 124_900, currency: "INR" } }],
      metadata: { meter: "77812" },
    });
    const items = [{ name: "Energy 190 kWh", amount: rupees(131_000) }];
    ports.liveBills.answer = due(131_000, { items });
    // As start-payment calls it: without the detail.
    const { bill } = await stored();
    await adoptLiveBill(ports, { bill, biller: of }, { ask: true });
    expect((await stored()).detail).toEqual({ items, metadata: { meter: "77812" } });
    expect((await stored()).bill.code).toBe(code);
  });

  const items = [{ name: "Energy 190 kWh", amount: rupees(131_000) }];
  const clickPayUrl = "https://bbps.io/abc";

  it("keeps the rest of the detail where reads lag", async () => {
    const { ports, control, adopt, stored } = await registered({ metadata: { meter: "77812" }, clickPayUrl });
    const { bill } = await stored();
    ports.liveBills.answer = due(131_000, { items });
    control.staleReads = () => true;
    await adoptLiveBill(ports, { bill, biller }, { ask: true });
    control.staleReads = undefined;
    expect(await adopt()).toMatchObject({ amended: false });
    expect((await stored()).detail).toEqual({ items, metadata: { meter: "77812" }, clickPayUrl });
  });

  it("takes no items in place of a detail that cannot be read, and the amount all the same", async () => {
    const { ports, stored } = await registered({ metadata: { meter: "77812" }, clickPayUrl });
    const { bill } = await stored();
    ports.liveBills.answer = due(131_000, { items });
    const bills = { ...ports.bills, getDetail: async () => undefined };
    await adoptLiveBill({ ...ports, bills }, { bill, biller }, { ask: true });
    expect(await stored()).toMatchObject({
      bill: { amountDue: rupees(131_000), detailDigest: bill.detailDigest },
      detail: { metadata: { meter: "77812" }, clickPayUrl },
    });
  });

  it("does not overwrite what the biller registers meanwhile: that is newer than the answer", async () => {
    const { ports, adopt, stored } = await registered();
    ports.liveBills.answer = due(131_000);
    ports.control.beforeCall = async (port, method) => {
      if (port !== "liveBillCache" || method !== "put") return;
      ports.control.beforeCall = undefined;
      ports.clock.advance(200);
      await registerBill(ports, { ...named, bill: aBillInput({ amountDue: { value: 90_000, currency: "INR" } }) });
    };
    expect(await adopt()).toMatchObject({ amended: false, bill: { amountDue: rupees(90_000) } });
    expect((await stored()).bill.amountDue).toEqual(rupees(90_000));
  });

  it("writes it over what others wrote meanwhile that says nothing of the terms", async () => {
    const { ports, adopt, stored } = await registered();
    ports.liveBills.answer = due(131_000);
    ports.control.beforeCall = async (port, method) => {
      if (port !== "bills" || method !== "save") return;
      ports.control.beforeCall = undefined;
      const { bill } = await stored();
      await ports.bills.save({ ...bill, pausedUntil: 5, version: bill.version + 1 }, bill.version);
    };
    expect(await adopt()).toMatchObject({ amended: true });
    expect((await stored()).bill).toMatchObject({ amountDue: rupees(131_000), pausedUntil: 5 });
  });
});

describe("money for a bill whose biller has a system of its own", () => {
  const visited = async (said: FetchedBill) => {
    const world = await registered();
    const { ports, stored } = world;
    const { bill } = await stored();
    // A page was shown: what was said is kept, and not yet written.
    await ports.liveBillCache.put(bill.code, {
      fetched: said,
      at: ports.clock.now(),
      since: ports.clock.now(),
      refunds: {},
    });
    ports.clock.advance(5 * minuteMs);
    return world;
  };
  const paying = (value: number, at: string) => ({ amount: rupees(value), paidAt: at });

  it("is judged by what its page asked for", async () => {
    const { pay, stored } = await visited(due(131_000));
    expect(await pay(paying(131_000, "2026-11-20T06:32:00Z"))).toMatchObject({ outcome: "full" });
    expect((await stored()).bill.amountDue).toEqual(rupees(131_000));
  });

  it("is not judged by what was said after it was paid, which may know of it already", async () => {
    const { pay, stored } = await visited(due(84_900));
    expect(await pay(paying(40_000, "2026-11-20T06:29:00Z"))).toMatchObject({ outcome: "partial" });
    expect((await stored()).bill.amountDue).toEqual(rupees(124_900));
  });

  it("asks nobody", async () => {
    const { pay, ports } = await visited(due(131_000));
    await pay(paying(131_000, "2026-11-20T06:32:00Z"));
    expect(ports.liveBills.asked).toHaveLength(0);
  });
});
