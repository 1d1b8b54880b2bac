import { describe, expect, it } from "vitest";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const whatsapp = { step: "issued", hop: 0, channel: "whatsapp" } as const;
const at = kolkata("2026-11-15 10:05");
const bounced = { kind: "permanent-failure", reason: "undeliverable" } as const;

/** A bill announced over WhatsApp, of a biller that asks to be told of these. */
async function announced(...notificationEvents: ("delivered" | "failed")[]) {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller: aBiller({ notificationEvents }) });
  await world.register();
  await world.sendNext();
  return { ...world, events: () => world.ports.events.published };
}

describe("the events of a delivery", () => {
  it("tell the biller that asks for them what became of a message, by ids alone", async () => {
    const { report, events, code } = await announced("delivered", "failed");
    await report({ ...whatsapp, at });
    expect(events()).toMatchObject([{ type: "notification.delivered", billId: "EP-2026-11-10023", at, ids: whatsapp }]);
    expect(JSON.stringify(events())).not.toMatch(new RegExp(`${code}|98300|asha`, "i"));
  });

  it("tell of a failure with its reason", async () => {
    const { report, events } = await announced("delivered", "failed");
    await report({ ...whatsapp, at, status: "failed", failure: bounced });
    expect(events()).toMatchObject([
      { type: "notification.failed", at, ids: { ...whatsapp, reason: "undeliverable" } },
    ]);
  });

  it("are the same however often a delivery is told, also by its being read", async () => {
    const { report, events } = await announced("delivered");
    await report({ ...whatsapp, at });
    await report({ ...whatsapp, at });
    await report({ ...whatsapp, status: "read", at: at + 60_000 });
    const [first] = events();
    expect(events()).toEqual([first, first, first]);
  });

  it("never tell of a failure that a delivery has outdone", async () => {
    const { report, events } = await announced("failed");
    await report({ ...whatsapp, at });
    await report({ ...whatsapp, status: "failed", failure: { kind: "temporary-failure", reason: "expired" } });
    expect(events()).toEqual([]);
  });

  it("are told again by a report that comes again because the bus was away", async () => {
    const { report, events, control } = await announced("delivered");
    control.beforeCall = (port) => {
      if (port === "events") throw new Error("away");
    };
    await expect(report({ ...whatsapp, at })).rejects.toThrow("away");
    control.beforeCall = undefined;
    await report({ ...whatsapp, at });
    expect(events()).toHaveLength(1);
  });

  it("are none for a biller that asks for none, nor for a mere acceptance", async () => {
    const silent = await announced();
    await silent.report({ ...whatsapp, at });
    await silent.report({ ...whatsapp, at, status: "failed", failure: bounced });
    const { report, events } = await announced("delivered", "failed");
    await report({ ...whatsapp, at, status: "accepted" });
    expect([...silent.events(), ...events()]).toEqual([]);
  });
});
