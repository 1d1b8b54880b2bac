import { describe, expect, it } from "vitest";
import type { BillId } from "../../../functions/domain/ids.ts";
import { cancelBill } from "../../../functions/use-cases/cancel-bill.ts";
import { pauseReminders } from "../../../functions/use-cases/pause-reminders.ts";
import { remind } from "../../../functions/use-cases/remind.ts";
import { type BillWorld, billWorld, kolkata, named } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

/** What went out, by channel and message. */
const said = ({ calls }: Pick<BillWorld, "calls">): readonly string[] =>
  calls.map(({ message, wording }) => `${wording.channel} ${message}`);

/** A bill whose step `issued` was tried on all its hops. */
async function reminded() {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30") });
  await world.register();
  for (let n = 0; n < 3; n++) await world.sendNext();
  return { ...world, ask: () => remind(world.ports, named) };
}

const at = (text: string): number => kolkata(text);

describe("remind", () => {
  it("sends one extra reminder, with the message of the step the bill is at", async () => {
    const { ask, ports, sendNext, calls, story } = await reminded();
    ports.clock.set(at("2026-11-20 12:00"));
    expect(await ask()).toEqual({ step: "remind.2026-11-20", at: at("2026-11-20 12:00") });
    await sendNext();
    expect(said({ calls }).slice(3)).toEqual(["whatsapp issued"]);
    expect((await story()).notifications).toContainEqual(
      expect.objectContaining({ step: "remind.2026-11-20", hop: 0, channel: "whatsapp" }),
    );
  });

  it("goes through the hops of its step, and the cadence goes on after it", async () => {
    const { ask, ports, sendNext, calls, story } = await reminded();
    ports.clock.set(at("2026-11-20 12:00"));
    await ask();
    for (let n = 0; n < 3; n++) await sendNext();
    expect(said({ calls }).slice(3)).toEqual(["whatsapp issued", "sms issued", "email issued"]);
    expect((await story()).bill?.progress).toMatchObject({
      cursor: { step: "due-soon", at: at("2026-11-27 10:00") },
      done: ["issued", "remind.2026-11-20"],
    });
  });

  it("counts for the day on which it went out, where the window closed before it could", async () => {
    const world = await billWorld({
      start: kolkata("2026-11-15 09:30"),
      biller: aBiller({ window: { start: "09:00", end: "20:00" } }),
    });
    await world.register();
    for (let n = 0; n < 3; n++) await world.sendNext();
    const { ports, sendNext } = world;
    ports.clock.set(at("2026-11-20 19:58") + 30_000);
    const first = await remind(ports, named);
    for (let n = 0; n < 4; n++) await sendNext();
    expect(ports.clock.now()).toBeGreaterThan(at("2026-11-21 09:00"));
    ports.clock.set(at("2026-11-21 16:00"));
    expect((await remind(ports, named)).step).toBe(first.step);
    expect(said(world).filter((what) => what === "whatsapp issued")).toHaveLength(2);
  });

  it("answers the same when it is asked again that day, before and after it was sent", async () => {
    const { ask, ports, sendNext, calls, story } = await reminded();
    ports.clock.set(at("2026-11-20 12:00"));
    const first = await ask();
    ports.clock.set(at("2026-11-20 12:00") + 20_000);
    expect(await ask()).toEqual(first);
    const { version } = (await story()).bill ?? {};
    for (let n = 0; n < 3; n++) await sendNext();
    ports.clock.set(at("2026-11-20 19:00"));
    expect(await ask()).toEqual(first);
    expect((await story()).bill?.version).toBeGreaterThan(version ?? 0);
    expect(said({ calls }).slice(3)).toEqual(["whatsapp issued", "sms issued", "email issued"]);
  });

  it("is possible again the next day, and keeps only the newest in mind", async () => {
    const { ask, ports, sendNext, story } = await reminded();
    ports.clock.set(at("2026-11-20 12:00"));
    await ask();
    for (let n = 0; n < 3; n++) await sendNext();
    ports.clock.set(at("2026-11-21 12:00"));
    expect(await ask()).toEqual({ step: "remind.2026-11-21", at: at("2026-11-21 12:00") });
    for (let n = 0; n < 3; n++) await sendNext();
    expect((await story()).bill?.progress.done).toEqual(["issued", "remind.2026-11-21"]);
    expect((await story()).notifications.filter(({ step }) => step.startsWith("remind."))).toHaveLength(6);
  });

  it("waits for the window, and counts for the day on which it goes out", async () => {
    const { ask, ports } = await reminded();
    ports.clock.set(at("2026-11-20 21:00"));
    const first = await ask();
    expect(first).toEqual({ step: "remind.2026-11-21", at: at("2026-11-21 09:00") });
    ports.clock.set(at("2026-11-21 08:00"));
    expect(await ask()).toEqual(first);
  });

  it("shows as what comes next, and in the timeline when it was sent", async () => {
    const { ask, ports, sendNext, timeline, story } = await reminded();
    ports.clock.set(at("2026-11-20 21:00"));
    await ask();
    expect((await story()).bill?.progress.cursor).toMatchObject({ step: "remind.2026-11-21", hop: 0 });
    await sendNext();
    expect(await timeline()).toContainEqual(
      expect.objectContaining({ kind: "notification", step: "remind.2026-11-21", channel: "whatsapp" }),
    );
  });

  it("takes the place of an older step still under way, whose fallback is recorded", async () => {
    const { register, ports, sendNext, calls, story } = await billWorld({ start: at("2026-11-15 09:30") });
    await register();
    await sendNext();
    ports.clock.set(at("2026-11-15 10:10"));
    await remind(ports, named);
    await sendNext();
    await sendNext();
    expect(said({ calls })).toEqual(["whatsapp issued", "whatsapp issued"]);
    expect((await story()).notifications).toContainEqual(
      expect.objectContaining({ step: "issued", hop: 1, reason: "superseded" }),
    );
  });

  it("gives way to a step that comes at the same moment", async () => {
    const { ask, ports, sendNext, calls, story } = await reminded();
    ports.clock.set(at("2026-11-29 22:00"));
    expect(await ask()).toEqual({ step: "remind.2026-11-30", at: at("2026-11-30 09:00") });
    await sendNext();
    await sendNext();
    await sendNext();
    expect(said({ calls }).at(-1)).toBe("whatsapp due-today");
    expect((await story()).notifications).toContainEqual(
      expect.objectContaining({ step: "remind.2026-11-30", reason: "superseded" }),
    );
  });

  it("is not repeated while the one of the day before is still under way", async () => {
    const { ask, ports, sendNext, calls } = await reminded();
    ports.clock.set(at("2026-11-20 19:50"));
    await ask();
    await sendNext();
    ports.clock.set(at("2026-11-20 21:00"));
    expect((await ask()).step).toBe("remind.2026-11-20");
    await sendNext();
    expect(said({ calls }).slice(3)).toEqual(["whatsapp issued", "sms issued"]);
  });

  it("reminds again of a bill whose cadence has ended", async () => {
    const { ask, ports, sendNext, calls, story } = await reminded();
    ports.clock.set(at("2026-12-20 12:00"));
    while ((await story()).bill?.progress.cursor) await sendNext();
    ports.clock.set(at("2027-01-10 12:00"));
    const before = said({ calls }).length;
    await ask();
    await sendNext();
    expect(said({ calls }).slice(before)).toEqual(["whatsapp overdue"]);
  });

  it("says the first message of a bill whose first step is to come", async () => {
    const { register, ports, sendNext, calls } = await billWorld({ start: at("2026-11-15 09:05") });
    await register();
    expect(await remind(ports, named)).toEqual({ step: "remind.2026-11-15", at: at("2026-11-15 09:05") });
    await sendNext();
    expect(said({ calls })).toEqual(["whatsapp issued"]);
  });

  it("never reminds before the bill is issued", async () => {
    const { register, ports } = await billWorld({ start: at("2026-11-10 12:00") });
    await register();
    expect(await remind(ports, named)).toEqual({ step: "remind.2026-11-15", at: at("2026-11-15 09:00") });
  });

  it("survives an amendment", async () => {
    const { ask, ports, register, sendNext, calls } = await reminded();
    ports.clock.set(at("2026-11-20 21:00"));
    await ask();
    await register({ dueDate: "2026-12-20" });
    await sendNext();
    expect(said({ calls }).at(-1)).toBe("whatsapp issued");
    expect(ports.clock.now()).toBeLessThan(at("2026-11-21 09:05"));
  });

  it("counts for the customer's cap: over it, it waits for the next day", async () => {
    const world = await billWorld({ start: at("2026-11-15 09:30"), biller: aBiller({ caps: { perDay: 1 } }) });
    await world.register();
    for (let n = 0; n < 3; n++) await world.sendNext();
    world.ports.clock.set(at("2026-11-15 16:00"));
    await remind(world.ports, named);
    expect(await world.sendNext()).toEqual({ outcome: "frequency-capped" });
    expect((await world.story()).bill?.progress.cursor).toMatchObject({
      step: "remind.2026-11-15",
      at: at("2026-11-16 09:00"),
      held: "frequency-cap",
    });
    expect((await remind(world.ports, named)).at).toBe(at("2026-11-16 09:00"));
    await world.sendNext();
    expect(said(world).slice(3)).toEqual(["whatsapp issued"]);
  });

  it("refuses a bill that is canceled, paid or paused", async () => {
    const { ask, ports, story } = await reminded();
    await pauseReminders(ports, { ...named, until: at("2026-11-25 12:00") });
    await expect(ask()).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("paused until 2026-11-25T06:30"),
    });
    await cancelBill(ports, named);
    await expect(ask()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("canceled") });
    expect((await story()).bill?.remind).toBeUndefined();
    const paid = await reminded();
    await paid.pay();
    await expect(paid.ask()).rejects.toMatchObject({ code: "conflict", message: expect.stringContaining("is paid") });
  });

  it("refuses a bill that is not known", async () => {
    const { ports } = await reminded();
    await expect(remind(ports, { ...named, billId: "none" as BillId })).rejects.toMatchObject({ code: "not-found" });
  });
});
