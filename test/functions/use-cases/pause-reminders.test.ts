import { describe, expect, it } from "vitest";
import type { BillId } from "../../../functions/domain/ids.ts";
import { pauseReminders } from "../../../functions/use-cases/pause-reminders.ts";
import { billWorld, kolkata, named } from "../../support/bill-world.ts";

async function registered() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  const pause = (until: string) => pauseReminders(world.ports, { ...named, until: kolkata(until) });
  return { ...world, pause };
}

describe("pause-reminders", () => {
  it("holds the next reminder back until the pause ends", async () => {
    const { pause, timeline } = await registered();
    const { bill } = await pause("2026-11-20 12:00");
    expect(bill).toMatchObject({ pausedAt: kolkata("2026-11-15 09:30"), pausedUntil: kolkata("2026-11-20 12:00") });
    expect(bill.progress.cursor).toMatchObject({ step: "issued", at: kolkata("2026-11-20 12:00") });
    expect(await timeline()).toContainEqual(
      expect.objectContaining({ kind: "paused", until: "2026-11-20T06:30:00.000Z" }),
    );
  });

  it("leaves a reminder that comes later anyway where it is", async () => {
    const { pause, sendNext, ports } = await registered();
    for (let n = 0; n < 3; n++) await sendNext();
    ports.clock.set(kolkata("2026-11-16 12:00"));
    const { bill } = await pause("2026-11-20 12:00");
    expect(bill.progress.cursor).toMatchObject({ step: "due-soon", at: kolkata("2026-11-27 10:00") });
  });

  it("holds back the fallback of a message that was sent before, too", async () => {
    const { pause, sendNext, sent } = await registered();
    await sendNext();
    await pause("2026-11-18 12:00");
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued", "sms issued"]);
  });

  it("holds back a message that is on its way to be sent", async () => {
    const { pause, dueMessage, send, ports, sent, told } = await registered();
    const message = await dueMessage();
    ports.clock.set(kolkata("2026-11-15 10:01"));
    await pause("2026-11-18 12:00");
    expect(await send(message)).toEqual({ outcome: "stale" });
    expect([sent(), await told()]).toEqual([[], []]);
  });

  it("does not hold back a receipt", async () => {
    const { pause, pay, sendNext, sent } = await registered();
    await pause("2026-12-20 12:00");
    await pay();
    await sendNext("pay_0001");
    expect(sent()).toEqual(["whatsapp receipt"]);
  });

  it("can be made longer and shorter", async () => {
    const { pause } = await registered();
    await pause("2026-11-20 12:00");
    expect((await pause("2026-11-22 12:00")).bill.progress.cursor?.at).toBe(kolkata("2026-11-22 12:00"));
    expect((await pause("2026-11-18 12:00")).bill.progress.cursor?.at).toBe(kolkata("2026-11-18 12:00"));
  });

  it.each(["2026-11-15 09:30", "2026-11-14 09:30", "2027-12-31 09:30"])("refuses to pause until %s", async (until) => {
    const { pause, story } = await registered();
    await expect(pause(until)).rejects.toMatchObject({ code: "invalid-input", fields: [{ path: "until" }] });
    expect((await story()).bill?.pausedUntil).toBeUndefined();
  });

  it("refuses a bill that is not known", async () => {
    const { ports } = await registered();
    const unknown = { ...named, billId: "none" as BillId, until: kolkata("2026-11-20 12:00") };
    await expect(pauseReminders(ports, unknown)).rejects.toMatchObject({ code: "not-found" });
  });
});
