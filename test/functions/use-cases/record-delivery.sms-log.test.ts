import { describe, expect, it } from "vitest";
import { PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { SmsLogLine } from "../../../functions/messages.ts";
import { recordDeliveries, recordDelivery } from "../../../functions/use-cases/record-delivery.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const at = kolkata("2026-11-15 10:05");
const blocked = { kind: "permanent-failure", reason: "opted-out" } as const;
const line = (overrides: Partial<SmsLogLine> = {}): SmsLogLine => ({
  kind: "sms-log",
  providerReference: "provider-1",
  status: "delivered",
  at,
  ...overrides,
});

/** A bill announced by SMS, whose e-mail waits four hours. */
async function announced() {
  const hops = [
    { channel: "sms" as const, wait: "PT4H", success: "delivered" as const },
    { channel: "email" as const },
  ];
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller: aBiller({ hops }) });
  await world.register();
  await world.sendNext();
  return world;
}

describe("a line of the SMS delivery log", () => {
  it("is recorded for the message whose reference it has", async () => {
    const { ports, told } = await announced();
    expect(await recordDelivery(ports, line())).toEqual({ outcome: "recorded", status: "delivered" });
    expect(await told()).toEqual(["issued 0 sms: delivered"]);
  });

  it("of a number that is opted out suppresses it and brings the next hop forward", async () => {
    const { ports, biller, sendNext, sent } = await announced();
    const suppress = { reason: "opted-out", address: "+919830012345" };
    await recordDelivery(ports, line({ status: "failed", failure: blocked, suppress }));
    const standing = await ports.suppressions.get(biller.id, "sms", new PhoneNumber("+919830012345"));
    expect(standing).toEqual({ channel: "sms", reason: "opted-out", at });
    await sendNext();
    expect(ports.clock.now()).toBeLessThan(kolkata("2026-11-15 10:10"));
    expect(sent()).toEqual(["sms issued", "email issued"]);
  });

  it("that comes before its reference is tried again, and recorded once that is there", async () => {
    const { ports, code, told } = await announced();
    const early = line({ providerReference: "provider-early" });
    await expect(recordDelivery(ports, early)).rejects.toMatchObject({ code: "not-ready", retryable: true });
    await ports.smsReferences.put("provider-early", { code, step: "issued", hop: 0 });
    await recordDelivery(ports, early);
    expect(await told()).toEqual(["issued 0 sms: delivered"]);
  });

  it("of another system of the account is let go on the last receive", async () => {
    const { ports } = await announced();
    const foreign = line({ providerReference: "of another system" });
    expect(await recordDelivery(ports, foreign, { lastReceive: true })).toEqual({ outcome: "foreign" });
  });
});

describe("a message of the queue that holds several reports", () => {
  it("has all of them recorded, also those behind one that must wait", async () => {
    const { ports, told } = await announced();
    const early = line({ providerReference: "provider-early" });
    await expect(recordDeliveries(ports, [early, line()])).rejects.toMatchObject({ code: "not-ready" });
    expect(await told()).toEqual(["issued 0 sms: delivered"]);
  });

  it("says what became of the first that concerns us", async () => {
    const { ports } = await announced();
    const foreign = line({ providerReference: "of another system" });
    const last = { lastReceive: true };
    expect(await recordDeliveries(ports, [foreign, line()], last)).toEqual({ outcome: "recorded" });
    expect(await recordDeliveries(ports, [foreign], last)).toEqual({ outcome: "foreign" });
    expect(await recordDeliveries(ports, [])).toEqual({ outcome: "skipped" });
  });

  it("may hold a thousand", async () => {
    const { ports, told } = await announced();
    const many = Array.from({ length: 1_000 }, (_, n) => line({ at: at + n }));
    expect(await recordDeliveries(ports, many)).toEqual({ outcome: "recorded" });
    expect(await told()).toEqual(["issued 0 sms: delivered"]);
  });
});
