import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aBillFor, examplePower, openTown, type Town } from "./town.ts";

let town: Town;

beforeAll(async () => {
  town = await openTown("2026-11-16T03:00:00Z");
  await town.api("PUT", "/v1/billers/power", examplePower);
});
afterAll(async () => {
  await town.stop();
});

const bill = (id: string) => `/v1/billers/power/bills/${id}`;
const put = (id: string, addresses: Record<string, string>, changes: object = {}) =>
  town.api("PUT", bill(id), aBillFor({ id, addresses }, changes));
const notifications = async (id: string) =>
  (await town.api("GET", bill(id))).body.timeline
    .filter(({ kind }: { kind: string }) => kind === "notification" || kind === "non-send")
    .map(({ step, channel, status, reason }: Record<string, string>) => [step, channel, reason ?? status].join(" "));

describe("when things break", () => {
  it("a sender killed between claim and record leaves a visible unknown, which the carrier's report settles, and sends nothing twice", async () => {
    const phone = "+919830030001";
    await put("killed", { whatsapp: phone, sms: phone });
    let kills = 0;
    const unhook = town.laptop.onCall(({ function: name, service, action, phase }) => {
      // The record is the first update of the table that the sender makes once the message is out; it dies before that takes effect.
      const isRecord =
        kills === 0 &&
        name === "send-notification-whatsapp" &&
        service === "dynamodb" &&
        action === "UpdateItem" &&
        phase === "before" &&
        town.phone(phone).length > 0;
      if (isRecord) kills += 1;
      return isRecord ? "kill-worker" : undefined;
    });
    await town.api("POST", "/sandbox/carriers/whatsapp", { mode: "silent" });
    await town.until("2026-11-16T04:45:00Z");
    unhook();
    expect(kills).toBe(1);
    expect(town.phone(phone).map(({ channel }) => channel)).toEqual(["whatsapp"]);
    expect(await notifications("killed")).toEqual(["issued whatsapp unknown"]);
    await town.until("2026-11-16T05:10:00Z");
    expect(town.phone(phone).map(({ channel }) => channel)).toEqual(["whatsapp", "sms"]);
    const [first] = town.phone(phone);
    await town.api("POST", "/sandbox/delivery-receipts", { messageId: first?.id, status: "delivered" });
    await town.laptop.settle();
    expect((await notifications("killed"))[0]).toBe("issued whatsapp delivered");
    await town.api("POST", "/sandbox/carriers/whatsapp", { mode: "ok" });
  });

  it("a 500 after the message was accepted is unknown, never repeated on the same channel, and the next hop goes out", async () => {
    const phone = "+919830030002";
    await town.until("2026-11-17T03:00:00Z");
    await town.api("POST", "/sandbox/carriers/sms", { mode: "error-after-accept" });
    await put(
      "accepted",
      { sms: phone, email: "meera@example.org" },
      { issuedOn: "2026-11-17", dueDate: "2026-12-20" },
    );
    await town.until("2026-11-17T12:00:00Z");
    await town.api("POST", "/sandbox/carriers/sms", { mode: "ok" });
    expect(town.phone(phone)).toHaveLength(1);
    expect(town.phone("meera@example.org")).toHaveLength(1);
    expect(await notifications("accepted")).toEqual(["issued sms unknown", "issued email delivered"]);
  });

  it("a carrier that fails is passed over at once, one that says slow down is asked again", async () => {
    const phone = "+919830030003";
    await town.until("2026-11-18T03:00:00Z");
    await town.api("POST", "/sandbox/carriers/whatsapp", { mode: "fail" });
    await town.api("POST", "/sandbox/carriers/sms", { mode: "throttle" });
    await put("failing", { whatsapp: phone, sms: phone }, { issuedOn: "2026-11-18", dueDate: "2026-12-20" });
    await town.until("2026-11-18T04:33:00Z");
    await town.api("POST", "/sandbox/carriers/sms", { mode: "ok" });
    await town.until("2026-11-18T04:45:00Z");
    await town.api("POST", "/sandbox/carriers/whatsapp", { mode: "ok" });
    expect(town.phone(phone).map(({ channel, status }) => `${channel} ${status}`)).toEqual([
      "whatsapp failed",
      "sms delivered",
    ]);
  });

  it("an outage of a day is caught up: every step is sent or superseded, none twice", async () => {
    const phone = "+919830030004";
    await town.until("2026-12-07T03:00:00Z");
    const dates = { issuedOn: "2026-12-07", dueDate: "2026-12-08" };
    await put("outage", { sms: phone }, dates);
    // Time passes and no schedule runs.
    town.laptop.clock.set(Date.parse("2026-12-08T05:00:00Z"));
    expect(town.phone(phone)).toEqual([]);
    await town.wait({ minutes: 20 });
    expect(town.phone(phone)).toHaveLength(1);
    expect(await notifications("outage")).toEqual([
      "due-soon sms superseded",
      "issued sms superseded",
      "due-today sms delivered",
    ]);
    await town.wait({ days: 30 });
    expect(town.phone(phone)).toHaveLength(2);
  });

  it("an outage that ends at night sends nothing before the morning", async () => {
    const phone = "+919830030005";
    await town.until("2027-02-01T03:00:00Z");
    await put("night", { sms: phone }, { issuedOn: "2027-02-01", dueDate: "2027-02-20" });
    town.laptop.clock.set(Date.parse("2027-02-01T19:00:00Z"));
    await town.until("2027-02-02T03:20:00Z");
    expect(town.phone(phone)).toEqual([]);
    await town.until("2027-02-02T03:45:00Z");
    expect(town.phone(phone)).toHaveLength(1);
    expect(Date.parse(town.phone(phone)[0]?.at ?? "")).toBeGreaterThanOrEqual(Date.parse("2027-02-02T03:30:00Z"));
  });

  it("an event that cannot be read ends in the dead-letter queue with its cause, nothing lost", async () => {
    await town.api("POST", "/sandbox/events", {
      DetailType: "payment.succeeded",
      Detail: { biller: "power", paymentId: "no bill" },
    });
    await town.wait({ hours: 2 });
    const dead = (await town.laptop.queued()).filter(({ queue }) => /DeadLetters/.test(queue));
    expect(dead.map(({ body }) => body)).toEqual([expect.stringContaining("no bill")]);
    expect(dead[0]?.attributes).toMatchObject({
      cause: { StringValue: "invalid-input" },
      handler: { StringValue: "record-payment" },
    });
  });
});
