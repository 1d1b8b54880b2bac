import { describe, expect, it } from "vitest";
import { type CarrierMessage, MessageStore } from "../../../local/carriers/message-store.ts";
import { unkept } from "../../../local/kept-state.ts";
import { rejectionOf, serve } from "./carriers-harness.ts";
import { aHouseWithWhatsApp, aTemplateMessage, post, statuses } from "./whatsapp-harness.ts";

const setModeError = (channel: string, setting: unknown) =>
  rejectionOf(Promise.resolve().then(() => aHouseWithWhatsApp().carriers.setMode(channel, setting)));

describe("a carrier told to misbehave", () => {
  it("accepts and never answers, and still reports what became of the message", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "timeout" });
    await using wire = await serve(house.carriers);
    const error = await rejectionOf(post(wire.endpoint, aTemplateMessage(), { signal: AbortSignal.timeout(200) }));
    expect(error.name).toBe("TimeoutError");
    expect(house.store.find()).toHaveLength(1);
    await house.advance(10);
    expect(statuses(house.reports).map((told) => told.biz_opaque_callback_data)).toEqual([
      "17Yq2abcdefgh_issued_0",
      "17Yq2abcdefgh_issued_0",
    ]);
  });

  it("accepts, answers 500 and reports delivery later", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "error-after-accept" });
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, aTemplateMessage());
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 131000 } } });
    await house.advance(10);
    expect(house.store.find()[0]?.status).toBe("delivered");
  });

  it("accepts and reports nothing when silent", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "silent" });
    await using wire = await serve(house.carriers);
    expect((await post(wire.endpoint, aTemplateMessage())).status).toBe(200);
    expect(house.carriers.pendingReports()).toBe(0);
    await house.advance(86_400);
    expect(house.reports).toEqual([]);
    expect(house.store.find()[0]?.status).toBe("accepted");
  });

  it("refuses a wrong request in every mode", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "timeout" });
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, aTemplateMessage({ to: undefined }));
    expect(answer.body.error.code).toBe(131008);
  });

  it("fails its share of messages, the same ones every time", async () => {
    const house = aHouseWithWhatsApp();
    await using wire = await serve(house.carriers);
    const run = async () => {
      house.carriers.setMode("whatsapp", { mode: "throttle", rate: 0.3 });
      const answers: number[] = [];
      for (let sent = 0; sent < 40; sent += 1) answers.push((await post(wire.endpoint, aTemplateMessage())).status);
      return answers;
    };
    const first = await run();
    const throttled = first.filter((status) => status === 400).length;
    expect(throttled).toBeGreaterThan(4);
    expect(throttled).toBeLessThan(22);
    expect(await run()).toEqual(first);
  });

  it("never misbehaves at rate 0", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "throttle", rate: 0 });
    await using wire = await serve(house.carriers);
    expect((await post(wire.endpoint, aTemplateMessage())).status).toBe(200);
  });

  it.each<[channel: string, setting: unknown, field: string]>([
    ["pigeon", { mode: "ok" }, "channel"],
    ["sms", { mode: "explode" }, "mode"],
    ["sms", {}, "mode"],
    ["sms", { mode: "fail", rate: 1.5 }, "rate"],
    ["sms", { mode: "fail", rate: "half" }, "rate"],
    ["sms", { mode: "fail", reason: "" }, "reason"],
    ["sms", { mode: "fail", raet: 1 }, "raet"],
    ["sms", "fail", "body"],
  ])("is not set by %s %j, and the error names %s", async (channel, setting, field) => {
    const error = await setModeError(channel, setting);
    expect(error).toMatchObject({ code: "invalid-input", fields: [{ path: field }] });
    expect(error.message).toContain(field);
  });
});

describe("an operator's delivery receipt", () => {
  it("is refused for a message nobody sent", async () => {
    const error = await rejectionOf(aHouseWithWhatsApp().carriers.report("wamid.none", "delivered"));
    expect(error).toMatchObject({ code: "not-found" });
    expect(error.message).toContain("wamid.none");
  });

  it("is refused for a status no carrier knows, or that SMS does not have", async () => {
    const house = aHouseWithWhatsApp();
    house.store.add(aStored({ id: "m1", channel: "sms" }));
    expect(await rejectionOf(house.carriers.report("m1", "lost"))).toMatchObject({ fields: [{ path: "status" }] });
    expect(await rejectionOf(house.carriers.report("m1", "read"))).toMatchObject({ fields: [{ path: "status" }] });
    expect(house.store.get("m1")?.status).toBe("accepted");
  });
});

const aStored = (over: Partial<CarrierMessage> = {}): CarrierMessage => ({
  id: "m1",
  channel: "whatsapp",
  to: "+919830012345",
  text: "Hello",
  raw: { method: "POST", path: "/", headers: {}, body: "" },
  at: "2026-11-21T10:15:30.123Z",
  status: "accepted",
  ...over,
});

describe("the store of messages", () => {
  it("finds by address and channel, oldest first", () => {
    const store = new MessageStore();
    store.add(aStored({ id: "a" }));
    store.add(aStored({ id: "b", channel: "sms" }));
    store.add(aStored({ id: "c", to: "+919830099999" }));
    expect(store.find({ address: " 919830012345" }).map((message) => message.id)).toEqual(["a", "b"]);
    expect(store.find({ channel: "whatsapp" }).map((message) => message.id)).toEqual(["a", "c"]);
    expect(store.find()).toHaveLength(3);
  });

  it("is the same where it finds what another one kept", () => {
    const kept = { messages: unkept<unknown>(), statuses: unkept<string>() };
    const store = new MessageStore(kept);
    store.add(aStored({ id: "a", key: "k" }));
    store.add(aStored({ id: "b" }));
    store.setStatus("a", "delivered");
    expect(new MessageStore(kept).find()).toEqual(store.find());
  });

  it("refuses what it did not keep itself", () => {
    const kept = { messages: unkept<unknown>(), statuses: unkept<string>() };
    kept.messages.put("a", { id: "a" });
    expect(() => new MessageStore(kept)).toThrow(/channel/);
  });
});
