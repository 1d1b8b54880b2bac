import { describe, expect, it } from "vitest";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

/** A bill registered on the morning of its issue, half an hour before its first reminder. */
async function registered(options: Parameters<typeof billWorld>[0] = {}) {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), ...options });
  await world.register();
  return world;
}

describe("a hop that waits behind another", () => {
  it("goes out when the earlier one was not confirmed in time", async () => {
    const { sendNext, sent, ports, told } = await registered();
    await sendNext();
    await sendNext();
    expect(ports.clock.now()).toBe(kolkata("2026-11-15 10:32"));
    await sendNext();
    expect(sent()).toEqual(["whatsapp issued", "sms issued", "email issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: accepted", "issued 1 sms: accepted", "issued 2 email: accepted"]);
  });

  it("is spared when the earlier one was delivered, and the story says so", async () => {
    const { sendNext, report, sent, told, story } = await registered();
    await sendNext();
    await report({ step: "issued", hop: 0, channel: "whatsapp" });
    expect(await sendNext()).toEqual({ outcome: "passed" });
    expect(sent()).toEqual(["whatsapp issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: delivered", "issued 1 sms: not-sent, delivered-earlier"]);
    expect((await story()).bill?.progress).toMatchObject({ done: ["issued"], cursor: { step: "due-soon", hop: 0 } });
  });

  it.each([
    ["accepted", "accepted", "spared"],
    ["delivered", "accepted", "sent"],
    ["delivered", "delivered", "spared"],
    ["delivered", "read", "spared"],
    ["read", "delivered", "sent"],
    ["read", "read", "spared"],
  ] as const)("waits for %s: where the earlier hop was %s, it is %s", async (success, status, outcome) => {
    const hops = [{ channel: "whatsapp" as const, wait: "PT30M", success }, { channel: "sms" as const }];
    const { sendNext, report, sent } = await registered({ biller: aBiller({ hops }) });
    await sendNext();
    await report({ step: "issued", hop: 0, channel: "whatsapp", status });
    await sendNext();
    expect(sent()).toEqual(outcome === "sent" ? ["whatsapp issued", "sms issued"] : ["whatsapp issued"]);
  });
});
