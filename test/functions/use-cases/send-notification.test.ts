import { describe, expect, it } from "vitest";
import { PhoneNumber } from "../../../functions/domain/addresses.ts";
import type { Channel } from "../../../functions/domain/ids.ts";
import { minuteMs } from "../../../functions/domain/local-time.ts";
import { cancelBill } from "../../../functions/use-cases/cancel-bill.ts";
import { pauseReminders } from "../../../functions/use-cases/pause-reminders.ts";
import { sendNotification } from "../../../functions/use-cases/send-notification.ts";
import { type aBillInput, billWorld, kolkata, named } from "../../support/bill-world.ts";
import { aBiller } from "../../support/builders.ts";

const phone = new PhoneNumber("+919830012345");

/** A bill registered on the morning of its issue, half an hour before its first reminder. */
async function registered(
  options: Parameters<typeof billWorld>[0] = {},
  changes: Parameters<typeof aBillInput>[0] = {},
) {
  const world = await billWorld({ start: kolkata("2026-11-15 09:30"), ...options });
  await world.register(changes);
  return world;
}

const onlySms = aBiller({ hops: [{ channel: "sms" }] });

describe("send-notification", () => {
  it("announces a bill over WhatsApp in the customer's language, and records what was said", async () => {
    const { sendNext, carriers, story } = await registered();
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    const [message] = carriers.whatsapp.sent;
    expect(message).toMatchObject({ message: "issued", wording: { language: "bn", name: "bill_issued_v1" } });
    expect(message?.to.reveal()).toBe("+919830012345");
    expect((await story()).notifications).toEqual([
      expect.objectContaining({
        step: "issued",
        hop: 0,
        channel: "whatsapp",
        message: "issued",
        language: "bn",
        acceptedAt: kolkata("2026-11-15 10:01"),
        providerReference: "provider-1",
      }),
    ]);
  });

  it("prepares, claims, calls and records, in that order", async () => {
    const world = await registered({ biller: onlySms });
    const order: string[] = [];
    world.control.beforeCall = (port, method) => void order.push(`${port}.${method}`);
    await world.sendNext();
    const acts = order.filter((call) => !/\.(story|getCached|get)$/.test(call) || call === "suppressions.get");
    expect(acts).toEqual([
      "suppressions.get",
      "pace.reserve",
      "bills.save",
      "carrier.send",
      "smsReferences.put",
      "notifications.record",
      "pace.report",
    ]);
  });

  it("claims a hop before its carrier is called, and moves the bill to its next stop in the same write", async () => {
    const { control, sendNext, story } = await registered();
    let atCall: unknown;
    control.beforeCall = async (port) => {
      if (port === "carrier") atCall = (await story()).bill?.progress;
    };
    await sendNext();
    expect(atCall).toMatchObject({
      claim: { step: "issued", hop: 0, channel: "whatsapp", nonce: "nonce-1" },
      cursor: { step: "issued", hop: 1, channel: "sms" },
    });
  });

  it("remembers which SMS an SNS message id belongs to", async () => {
    const { sendNext, ports, code } = await registered({ biller: onlySms });
    await sendNext();
    expect(ports.smsReferences.find("provider-1")).toEqual({ code, step: "issued", hop: 0 });
  });

  it("gives an e-mail a link that unsubscribes with one click", async () => {
    const { sendNext, carriers, unsubscribeTokens, code } = await registered({
      biller: aBiller({ hops: [{ channel: "email" }] }),
    });
    await sendNext();
    const url = carriers.email.sent[0]?.unsubscribeUrl ?? "";
    expect(url).toMatch(/^https:\/\/pay\.example\.com\/unsubscribe\//);
    expect(await unsubscribeTokens.read(url.split("/").at(-1) ?? "")).toMatchObject({ code, channel: "email" });
  });

  it("does nothing for a bill that is not known, and for one that has moved on", async () => {
    const { send, sendNext, dueMessage, sent } = await registered();
    const message = await dueMessage();
    expect(await send({ ...message, pk: "BILL#1111111111111" })).toEqual({ outcome: "stale" });
    expect(await send({ ...message, sk: "PAY#standard:none" })).toEqual({ outcome: "stale" });
    await sendNext();
    expect(await send(message)).toEqual({ outcome: "stale" });
    expect(sent()).toEqual(["whatsapp issued"]);
  });
});

describe("a bill that must not be announced", () => {
  it("is not announced when it is paid", async () => {
    const { dueMessage, pay, send, ports, sent } = await registered();
    const message = await dueMessage();
    ports.clock.set(kolkata("2026-11-15 10:01"));
    await pay();
    expect(await send(message)).toEqual({ outcome: "stale" });
    expect(sent()).toEqual([]);
  });

  it("is not announced when it is canceled", async () => {
    const { dueMessage, send, ports, sent } = await registered();
    const message = await dueMessage();
    ports.clock.set(kolkata("2026-11-15 10:01"));
    await cancelBill(ports, named);
    expect(await send(message)).toEqual({ outcome: "stale" });
    expect(sent()).toEqual([]);
  });

  it("is not announced while it is paused, and goes on when the pause ends", async () => {
    const { sendNext, ports, sent } = await registered();
    await pauseReminders(ports, { ...named, until: kolkata("2026-11-20 12:00") });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(ports.clock.now()).toBe(kolkata("2026-11-20 12:01"));
    expect(sent()).toEqual(["whatsapp issued"]);
  });

  it("is not announced when it has expired, which is recorded", async () => {
    const { sendNext, ports, told, story, sent } = await registered({}, { expiresOn: "2026-11-30" });
    ports.clock.set(kolkata("2026-12-01 10:00"));
    expect(await sendNext()).toEqual({ outcome: "passed" });
    expect(await told()).toEqual(["issued 0 whatsapp: not-sent, expired"]);
    expect((await story()).bill?.progress.cursor).toBeUndefined();
    expect(sent()).toEqual([]);
  });

  it("is not sent to a suppressed address: the next channel is tried at once", async () => {
    const { sendNext, ports, told, sent, biller } = await registered();
    const hash = await ports.suppressions.hashOf(biller.id, "whatsapp", phone);
    await ports.suppressions.put(hash, { channel: "whatsapp", reason: "unsubscribed", at: 0 });
    expect(await sendNext()).toEqual({ outcome: "passed" });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(ports.clock.now()).toBe(kolkata("2026-11-15 10:03"));
    expect(sent()).toEqual(["sms issued"]);
    expect(await told()).toEqual(["issued 0 whatsapp: not-sent, suppressed", "issued 1 sms: accepted"]);
  });

  it("passes over a channel the customer has no address for, and records a step that reaches nobody", async () => {
    const addresses = { email: "asha@example.org" };
    const hops = [{ channel: "sms" }, { channel: "whatsapp" }] satisfies { channel: Channel }[];
    const cadence = [
      { step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" },
      { step: "due-soon", relativeTo: "dueDate", days: -3, at: "10:00", hops },
    ] as const;
    const biller = aBiller({ cadence: [...cadence] });
    const { sendNext, sent, told, ports } = await registered({ biller }, { customer: { id: "10023", addresses } });
    await sendNext();
    await sendNext();
    expect(ports.clock.now()).toBe(kolkata("2026-11-27 10:01"));
    expect(sent()).toEqual(["email issued"]);
    expect(await told()).toEqual(["issued 2 email: accepted", "due-soon 0 sms: not-sent, no-address"]);
  });

  it("is passed over on a channel whose wording cannot be filled", async () => {
    const { ports, senders, commandFor, dueMessage, told, sent } = await registered();
    const message = await dueMessage();
    ports.clock.set(kolkata("2026-11-15 10:01"));
    const from = senders("whatsapp");
    const wordless = { ...from, wording: { ...from.wording, render: () => undefined } };
    const outcome = await sendNotification(wordless, commandFor(message));
    expect(outcome).toEqual({ outcome: "passed" });
    expect(await told()).toEqual(["issued 0 whatsapp: not-sent, template-error"]);
    expect(sent()).toEqual([]);
  });
});

describe("the right time", () => {
  it("is never outside the send window: the stop is deferred to the next morning", async () => {
    const { sendNext, dueMessage, send, ports, sent, told } = await registered();
    const message = await dueMessage();
    ports.clock.set(kolkata("2026-11-15 19:59") + minuteMs / 2);
    expect(await send(message)).toEqual({ outcome: "deferred" });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(ports.clock.now()).toBe(kolkata("2026-11-16 09:01"));
    expect([sent(), await told()]).toEqual([["whatsapp issued"], ["issued 0 whatsapp: accepted"]]);
  });

  it("has passed for a step when the next one is due too: it is superseded rather than sent late", async () => {
    const { sendNext, ports, sent, told } = await registered();
    ports.clock.set(kolkata("2026-11-30 09:30"));
    expect(await sendNext()).toEqual({ outcome: "passed" });
    expect(await sendNext()).toEqual({ outcome: "accepted" });
    expect(sent()).toEqual(["whatsapp due-today"]);
    expect((await told()).toSorted()).toEqual([
      "due-soon 0 whatsapp: not-sent, superseded",
      "due-today 0 whatsapp: accepted",
      "issued 0 whatsapp: not-sent, superseded",
    ]);
  });

  it("leaves the index after the last step, with one last look at the bill", async () => {
    const world = await registered({
      biller: aBiller({
        cadence: [{ step: "issued", relativeTo: "issuedOn", days: 0, at: "10:00" }],
        hops: [{ channel: "sms" }],
      }),
    });
    await world.sendNext();
    expect((await world.story()).bill?.progress.cursor).toMatchObject({ step: "close", channel: "sms" });
    expect(await world.sendNext()).toEqual({ outcome: "passed" });
    expect((await world.story()).bill?.progress.cursor).toBeUndefined();
    expect(await world.told()).toEqual(["issued 0 sms: accepted"]);
  });
});
