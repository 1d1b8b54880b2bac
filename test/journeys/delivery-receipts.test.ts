import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aBillFor, examplePower, openTown, type Town } from "./town.ts";

let town: Town;

/** A biller whose SMS and WhatsApp messages both go by AWS End User Messaging. */
const exampleWater = {
  ...examplePower,
  name: "Example Water",
  header: "EXWATR",
  sms: { provider: "end-user-messaging", originationIdentity: "EXWATR", maxPriceUsd: "0.05" },
  whatsapp: { provider: "end-user-messaging", phoneNumberId: "phone-number-id-0123456789abcdef0123456789abcdef" },
};

beforeAll(async () => {
  town = await openTown("2026-11-16T03:00:00Z");
  await town.api("PUT", "/v1/billers/power", examplePower);
  expect((await town.api("PUT", "/v1/billers/water", exampleWater)).status).toBe(201);
});
afterAll(async () => {
  expect(town.laptop.calls().filter(({ allowed }) => !allowed)).toEqual([]);
  await town.stop();
});

const put = (biller: string, id: string, addresses: Record<string, string>, changes: object = {}) =>
  town.api("PUT", `/v1/billers/${biller}/bills/${id}`, aBillFor({ id, addresses }, changes));
const notifications = async (biller: string, id: string): Promise<readonly string[]> =>
  (await town.api("GET", `/v1/billers/${biller}/bills/${id}`)).body.timeline
    .filter(({ kind }: { kind: string }) => kind === "notification" || kind === "non-send")
    .map(({ step, channel, status, reason }: Record<string, string>) => [step, channel, reason ?? status].join(" "));
const carrier = (channel: string, setting: object) => town.api("POST", `/sandbox/carriers/${channel}`, setting);
const received = (address: string) => town.phone(address).map(({ channel, status }) => `${channel} ${status}`);

describe("what carriers report", () => {
  it("an SMS that SNS logs as delivered needs no e-mail after it, one that is not is followed at once", async () => {
    const [phone, mail] = ["+919830060001", "asha.one@example.org"];
    const [unreachable, otherMail] = ["+919830060002", "asha.two@example.org"];
    await put("power", "logged", { sms: phone, email: mail });
    await town.until("2026-11-16T04:35:00Z");
    await carrier("sms", { mode: "fail", reason: "Phone has blocked SMS" });
    await put("power", "blocked", { sms: unreachable, email: otherMail }, { issuedOn: "2026-11-17" });
    await town.until("2026-11-17T04:35:00Z");
    await carrier("sms", { mode: "ok" });
    expect(received(phone)).toEqual(["sms delivered"]);
    expect(town.phone(mail)).toEqual([]);
    expect(await notifications("power", "logged")).toEqual(["issued sms delivered", "issued email delivered-earlier"]);
    expect(received(unreachable)).toEqual(["sms failed"]);
    expect(received(otherMail)).toEqual(["email delivered"]);
    expect(await notifications("power", "blocked")).toEqual(["issued sms blocked-by-phone", "issued email delivered"]);
  });

  it("a WhatsApp message that failed is followed by an SMS within minutes, not after the half hour", async () => {
    const phone = "+919830060003";
    await town.until("2026-11-18T03:00:00Z");
    await carrier("whatsapp", { mode: "fail", reason: "131026" });
    await put("power", "failed", { whatsapp: phone, sms: phone }, { issuedOn: "2026-11-18" });
    await town.until("2026-11-18T04:35:00Z");
    await carrier("whatsapp", { mode: "ok" });
    expect(received(phone)).toEqual(["whatsapp failed", "sms delivered"]);
  });

  it("a customer who answers STOP is reminded by another channel, until they answer START", async () => {
    const phone = "+919830060004";
    await town.until("2026-11-19T03:00:00Z");
    const dates = { issuedOn: "2026-11-19", dueDate: "2026-12-01" };
    await put("power", "stopped", { whatsapp: phone, sms: phone }, dates);
    await town.until("2026-11-19T04:35:00Z");
    expect(received(phone)).toEqual(["whatsapp delivered"]);
    await town.api("POST", "/sandbox/replies", { channel: "whatsapp", address: phone, text: " Stop! " });
    await town.until("2026-11-28T04:35:00Z");
    expect(await notifications("power", "stopped")).toEqual([
      "issued whatsapp delivered",
      "issued sms delivered-earlier",
      "due-soon whatsapp suppressed",
      "due-soon sms delivered",
    ]);
    const [told] = (await town.api("GET", "/sandbox/events?type=customer.opted-out")).body;
    expect(told.detail).toMatchObject({ biller: "power", channel: "whatsapp" });
    expect(JSON.stringify(told)).not.toContain("9830060004");
    await town.api("POST", "/sandbox/replies", { channel: "whatsapp", address: phone, text: "START" });
    await town.until("2026-12-01T03:35:00Z");
    expect(received(phone)).toEqual(["whatsapp delivered", "sms delivered", "whatsapp delivered"]);
  });

  it("a biller on AWS End User Messaging is served as one on SNS and the Cloud API", async () => {
    const [chat, text] = ["+919830060005", "+919830060006"];
    await town.until("2026-12-02T03:00:00Z");
    const dates = { issuedOn: "2026-12-02", dueDate: "2026-12-14" };
    await put("water", "chat", { whatsapp: chat, sms: chat, email: "ravi@example.org" }, dates);
    await put("water", "text", { sms: text, email: "ravi@example.org" }, dates);
    await town.until("2026-12-02T12:00:00Z");
    expect(received(chat)).toEqual(["whatsapp delivered"]);
    expect(received(text)).toEqual(["sms delivered"]);
    expect(town.phone("ravi@example.org")).toEqual([]);
    expect((await notifications("water", "chat"))[0]).toBe("issued whatsapp delivered");
    expect((await notifications("water", "text"))[0]).toBe("issued sms delivered");
    const services = town.laptop.messages.find({ address: chat }).concat(town.laptop.messages.find({ address: text }));
    expect(services.map(({ service }) => service)).toEqual(["social-messaging", "sms-voice"]);

    town.laptop.carriers.setOptedOutNumbers([text]);
    await town.api("POST", "/sandbox/replies", { channel: "whatsapp", address: chat, preference: "stop" });
    await town.until("2026-12-11T12:00:00Z");
    town.laptop.carriers.setOptedOutNumbers([]);
    expect(received(chat)).toEqual(["whatsapp delivered", "sms delivered"]);
    expect(received(text)).toEqual(["sms delivered"]);
    expect((await notifications("water", "text")).slice(-2)).toEqual([
      "due-soon sms opted-out",
      "due-soon email delivered",
    ]);
  });

  it("a message whose carrier never answers is unknown until the carrier reports, and passed over where it cannot", async () => {
    const [phone, other] = ["+919830060007", "+919830060008"];
    await town.until("2026-12-15T03:00:00Z");
    await carrier("whatsapp", { mode: "timeout" });
    await carrier("sms", { mode: "timeout" });
    const dates = { issuedOn: "2026-12-15", dueDate: "2027-01-20" };
    await put("power", "reported", { whatsapp: phone, email: "meera@example.org" }, dates);
    // SNS tells of a message by an id of its own, which came with the answer that never came.
    await put("power", "unreported", { sms: other, email: "meera@example.org" }, dates);
    await town.until("2026-12-15T04:35:00Z");
    await carrier("whatsapp", { mode: "ok" });
    await carrier("sms", { mode: "ok" });
    expect(await notifications("power", "reported")).toEqual(["issued whatsapp delivered"]);
    expect(await notifications("power", "unreported")).toEqual(["issued sms unknown"]);
    await town.until("2026-12-15T09:00:00Z");
    expect(town.phone(phone)).toHaveLength(1);
    expect(town.phone(other)).toHaveLength(1);
    expect((await notifications("power", "unreported")).at(-1)).toBe("issued email delivered");
    expect(received("meera@example.org")).toEqual(["email delivered"]);
  });
});
