import { describe, expect, it } from "vitest";
import { EmailAddress, PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { DeliveryReport } from "../../../functions/messages.ts";
import { recordDelivery } from "../../../functions/use-cases/record-delivery.ts";
import { billWorld, kolkata } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const email = { step: "issued", hop: 0, channel: "email" } as const;
const bounced = { kind: "permanent-failure", reason: "bounce-general" } as const;
const mailbox = new EmailAddress("asha@example.org");
const at = kolkata("2026-11-15 10:05");
const bounce = { ...email, at, suppress: { reason: "bounce", address: "asha@example.org" } } as const;
const complaint = { ...email, at, suppress: { reason: "complaint", address: "Asha@example.org" } } as const;

/** A bill announced by e-mail, whose SMS waits half an hour; of two billers that know the same customer. */
async function announced() {
  const hops = [
    { channel: "email" as const, wait: "PT30M", success: "delivered" as const },
    { channel: "sms" as const },
  ];
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), biller: aBiller({ hops }) });
  await world.register();
  await world.sendNext();
  const { ports, biller } = world;
  return { ...world, standing: () => ports.suppressions.get(biller.id, "email", mailbox) };
}

/** The same, with the complaint of its recipient, which says nothing of the delivery. */
async function complained() {
  const world = await announced();
  const report: DeliveryReport = { kind: "delivery", code: world.code, ...complaint };
  return { ...world, record: () => recordDelivery(world.ports, report) };
}

describe("a report against an address", () => {
  it("of a bounce keeps the address from being tried again, records the failure and hurries the next hop", async () => {
    const { report, standing, told, sendNext, sent } = await announced();
    const recorded = await report({ ...bounce, status: "failed", failure: bounced });
    expect(recorded).toEqual({ outcome: "recorded", status: "permanent-failure" });
    expect(await standing()).toEqual({ channel: "email", reason: "bounce", at });
    await sendNext();
    expect(sent()).toEqual(["email issued", "sms issued"]);
    expect(await told()).toContain("issued 0 email: permanent-failure, bounce-general");
  });

  it("that names none means the bill's own, unless the bill was amended since", async () => {
    const { report, standing, register } = await announced();
    await register({ title: "Electricity, corrected" });
    await report({ ...bounce, suppress: { reason: "bounce" }, status: "failed", failure: bounced });
    expect(await standing()).toBeUndefined();
    const untouched = await announced();
    await untouched.report({ ...bounce, suppress: { reason: "bounce" }, status: "failed", failure: bounced });
    expect(await untouched.standing()).toEqual({ channel: "email", reason: "bounce", at });
  });

  it("of a bounce is no wish of the customer, of which the biller would be told", async () => {
    const { report, ports } = await announced();
    await report({ ...bounce, status: "failed", failure: bounced });
    expect(ports.events.published).toEqual([]);
  });

  it("that is a complaint says nothing of the delivery, and tells the biller without naming anybody", async () => {
    const { told, ports, code, standing, record } = await complained();
    expect(await record()).toEqual({ outcome: "suppressed" });
    expect(await standing()).toEqual({ channel: "email", reason: "complaint", at });
    expect(await told()).toEqual(["issued 0 email: accepted"]);
    const [event] = ports.events.published;
    expect(event).toMatchObject({ type: "customer.opted-out", billId: "EP-2026-11-10023", at });
    expect(JSON.stringify(event)).not.toMatch(new RegExp(`asha|${code}`, "i"));
  });

  it("told twice keeps the first reason and is the same event", async () => {
    const { ports, standing, record, report } = await complained();
    await record();
    await record();
    await report({ ...bounce, at: at + 60_000, status: "failed", failure: bounced });
    expect(await standing()).toEqual({ channel: "email", reason: "complaint", at });
    expect(new Set(ports.events.published.map(({ eventId }) => eventId)).size).toBe(1);
  });

  it("is tried again as a whole when the bus was away", async () => {
    const { ports, control, record } = await complained();
    control.beforeCall = (port) => {
      if (port === "events") throw new Error("away");
    };
    await expect(record()).rejects.toThrow("away");
    control.beforeCall = undefined;
    await record();
    expect(ports.events.published).toHaveLength(1);
  });

  it("is honored by what is sent next, reminders and receipts alike", async () => {
    const { record, sendNext, pay, told } = await complained();
    await record();
    await pay();
    await sendNext("pay_0001");
    await sendNext("pay_0001");
    expect(await told()).toEqual(
      expect.arrayContaining(["receipt 0 email: not-sent, suppressed", "receipt 1 sms: accepted"]),
    );
  });

  it("changes nothing for a message that was never promised, or that another biller's webhook names", async () => {
    const { report, standing } = await announced();
    expect(await report({ ...complaint, hop: 1 })).toEqual({ outcome: "foreign" });
    expect(await report({ ...complaint, biller: "other-power" as never })).toEqual({ outcome: "foreign" });
    expect(await standing()).toBeUndefined();
  });

  it("that names no address of the channel is recorded all the same, and refused then", async () => {
    const { report, told } = await announced();
    const suppress = { reason: "bounce", address: "+919830012345" };
    const recording = report({ ...bounce, status: "failed", failure: bounced, suppress });
    await expect(recording).rejects.toMatchObject({ code: "invalid-input" });
    await expect(recording).rejects.not.toThrow("9830012345");
    expect(await told()).toEqual(["issued 0 email: permanent-failure, bounce-general"]);
  });

  it("concerns the number of an SMS on SMS alone", async () => {
    const { report, sendNext, ports, biller } = await announced();
    await sendNext();
    const suppress = { reason: "opted-out", address: "+919830012345" };
    await report({ step: "issued", hop: 1, channel: "sms", status: "failed", at, suppress });
    const number = new PhoneNumber("+919830012345");
    expect(await ports.suppressions.get(biller.id, "sms", number)).toMatchObject({ reason: "opted-out" });
    expect(await ports.suppressions.get(biller.id, "whatsapp", number)).toBeUndefined();
  });
});
