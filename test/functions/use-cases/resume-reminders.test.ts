import { describe, expect, it } from "vitest";
import type { BillId } from "../../../functions/domain/ids.ts";
import { pauseReminders } from "../../../functions/use-cases/pause-reminders.ts";
import { resumeReminders } from "../../../functions/use-cases/resume-reminders.ts";
import { billWorld, kolkata, named } from "../../support/bill-world.ts";

async function paused(until = "2026-12-20 12:00") {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  await pauseReminders(world.ports, { ...named, until: kolkata(until) });
  return { ...world, resume: () => resumeReminders(world.ports, named) };
}

describe("resume-reminders", () => {
  it("lets reminders go on from now, at their own times", async () => {
    const { resume, ports, timeline } = await paused();
    ports.clock.set(kolkata("2026-11-15 09:45"));
    const { bill } = await resume();
    expect(bill).toMatchObject({ pausedUntil: kolkata("2026-11-15 09:45"), resumedAt: kolkata("2026-11-15 09:45") });
    expect(bill.progress.cursor).toMatchObject({ step: "issued", at: kolkata("2026-11-15 10:00") });
    expect((await timeline()).map(({ kind }) => kind)).toEqual(["registered", "paused", "resumed"]);
  });

  it("says what ought to be said now: what was missed is superseded", async () => {
    const { resume, ports, sendNext, sent } = await paused();
    ports.clock.set(kolkata("2026-11-30 10:00"));
    await resume();
    await sendNext();
    await sendNext();
    expect(sent()).toEqual(["whatsapp due-today"]);
  });

  it("takes up the fallback that the pause held back", async () => {
    const { register, ports, sendNext, sent } = await billWorld({ start: kolkata("2026-11-15 09:30") });
    await register();
    await sendNext();
    await pauseReminders(ports, { ...named, until: kolkata("2026-11-25 12:00") });
    ports.clock.set(kolkata("2026-11-18 12:00"));
    await resumeReminders(ports, named);
    await sendNext();
    expect(ports.clock.now()).toBeLessThanOrEqual(kolkata("2026-11-18 12:02"));
    expect(sent()).toEqual(["whatsapp issued", "sms issued"]);
  });

  it("changes nothing of a bill that is not paused, or not any more", async () => {
    const { resume, ports } = await paused("2026-11-16 12:00");
    ports.clock.set(kolkata("2026-11-16 12:00"));
    const { bill } = await resume();
    expect(bill).toMatchObject({ version: 2, pausedUntil: kolkata("2026-11-16 12:00") });
    expect(bill.resumedAt).toBeUndefined();
  });

  it("refuses a bill that is not known", async () => {
    const { ports } = await paused();
    const unknown = resumeReminders(ports, { ...named, billId: "none" as BillId });
    await expect(unknown).rejects.toMatchObject({ code: "not-found" });
  });
});
