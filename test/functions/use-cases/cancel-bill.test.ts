import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { cancelBill } from "../../../functions/use-cases/cancel-bill.ts";
import { billWorld, kolkata, named } from "../../support/bill-world.ts";

async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  return world;
}

describe("cancel-bill", () => {
  it("ends a bill's reminders, says why in its story, and tells the bus", async () => {
    const { ports, story, timeline } = await registered();
    await cancelBill(ports, { ...named, reason: "issued in error" });
    const { bill } = await story();
    expect(bill).toMatchObject({ canceled: { at: kolkata("2026-11-15 09:30"), reason: "issued in error" } });
    expect(bill?.progress.cursor).toBeUndefined();
    expect(await timeline()).toContainEqual(expect.objectContaining({ kind: "canceled", reason: "issued in error" }));
    expect(ports.events.published).toEqual([expect.objectContaining({ type: "bill.canceled", ...named })]);
  });

  it("told twice keeps the first cancel, and says the same to the bus again", async () => {
    const { ports, story } = await registered();
    await cancelBill(ports, { ...named, reason: "first" });
    ports.clock.advance(60_000);
    await cancelBill(ports, { ...named, reason: "second" });
    expect((await story()).bill).toMatchObject({ version: 2, canceled: { reason: "first" } });
    const [first, again, ...more] = ports.events.published;
    expect(again).toEqual(first);
    expect(more).toEqual([]);
  });

  it("tells the bus what was canceled when the bus was away the first time", async () => {
    const { ports, control } = await registered();
    control.beforeCall = (port) => {
      if (port === "events") throw providerError("the bus is away");
    };
    await expect(cancelBill(ports, named)).rejects.toThrow("the bus is away");
    control.beforeCall = undefined;
    await cancelBill(ports, named);
    expect(ports.events.published).toHaveLength(1);
  });

  it("of a bill whose first hop is under way stops the next hop, and keeps the claim until it is settled", async () => {
    const { ports, sendNext, sent, story, told } = await registered();
    await sendNext();
    await cancelBill(ports, named);
    expect((await story()).bill?.progress).toMatchObject({ claim: { hop: 0 }, cursor: { step: "close" } });
    expect(await sendNext()).toEqual({ outcome: "passed" });
    expect((await story()).bill?.progress.cursor).toBeUndefined();
    expect([sent(), await told()]).toEqual([["whatsapp issued"], ["issued 0 whatsapp: accepted"]]);
  });

  it("keeps a cancel that comes before its bill", async () => {
    const { ports, story, register } = await billWorld();
    const { bill } = await cancelBill(ports, { ...named, reason: "moved away" });
    expect(bill).toMatchObject({ ...named, version: 1, canceled: { reason: "moved away" } });
    expect(await story()).toMatchObject({ tombstone: bill });
    await cancelBill(ports, named);
    await expect(register()).rejects.toMatchObject({ code: "conflict" });
    expect((await story()).tombstone?.version).toBe(1);
  });

  it("refuses a paid bill, but not one that is paid in part", async () => {
    const { ports, pay, story } = await registered();
    await pay({ amount: { value: 100, currency: "INR" } });
    await pay({ paymentId: "pay_0002" });
    await expect(cancelBill(ports, named)).rejects.toMatchObject({ code: "conflict" });
    expect((await story()).bill?.canceled).toBeUndefined();
    const other = await registered();
    await other.pay({ amount: { value: 100, currency: "INR" } });
    await cancelBill(other.ports, named);
    expect((await other.story()).bill?.canceled).toBeDefined();
  });

  it("sees a payment that was counted between its read and its write", async () => {
    const { ports, pay, control, story } = await registered();
    control.beforeCall = async (port, method) => {
      if (`${port}.${method}` !== "bills.save") return;
      control.beforeCall = undefined;
      await pay();
    };
    await expect(cancelBill(ports, named)).rejects.toMatchObject({ code: "conflict" });
    expect((await story()).bill?.canceled).toBeUndefined();
  });

  it("refuses an unknown biller", async () => {
    const { ports } = await registered();
    const unknown = { ...named, biller: "nobody" as BillerId };
    await expect(cancelBill(ports, unknown)).rejects.toMatchObject({ code: "not-found" });
  });
});
