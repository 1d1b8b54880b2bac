import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Laptop } from "../../local/laptop.ts";
import type { SynthesizedApp } from "../../local/template.ts";
import { deed, smallApp, smallLaptop, written } from "./support/small-laptop.ts";

let laptop: Laptop;

/** A laptop whose stacks' text was changed. */
const changedLaptop = async (change: (text: string) => string): Promise<Laptop> => {
  const text = JSON.stringify(await smallApp());
  const changed = change(text);
  if (changed === text) throw new Error("the change found nothing to change");
  const other = await smallLaptop({ app: JSON.parse(changed) as SynthesizedApp });
  open(other);
  return other;
};

const open = ({ carriers }: Laptop): void => {
  carriers.setOriginationIdentities(["EXPOWR", "NOBODY"]);
  carriers.linkSocialNumbers(["phone-number-id-0a1b", "phone-number-id-ffff"]);
  carriers.registerWhatsAppTemplates([{ name: "hello", language: "en", body: "Hello there.", buttons: [] }]);
};

const chat = JSON.stringify({
  messaging_product: "whatsapp",
  to: "+919830000001",
  type: "template",
  template: { name: "hello", language: { code: "en" } },
});

beforeAll(async () => {
  laptop = await smallLaptop();
  open(laptop);
});

afterAll(() => laptop.stop());

describe("the delivery log of SNS", () => {
  it("reaches the function that subscribed to its group, and only what lies in that group", async () => {
    await deed(laptop, "caller", { deed: "sms" });
    laptop.carriers.setMode("sms", { mode: "fail" });
    await deed(laptop, "caller", { deed: "sms" });
    laptop.carriers.setMode("sms", { mode: "ok" });
    await laptop.settle();
    const [first] = laptop.messages.find({ channel: "sms" });
    const group = "sns/ap-south-1/000000000000/DirectPublishToPhoneNumber";
    expect(await written(laptop, "read")).toEqual([`${group} SUCCESS ${first?.id}`]);
    expect(laptop.calls({ function: "logs" })).toMatchObject([{ service: "lambda", allowed: true }]);
  });

  it("does not reach a function whose policy does not admit it, and the denial is logged", async () => {
    const other = await changedLaptop((text) => text.replaceAll('"logs.amazonaws.com"', '"events.amazonaws.com"'));
    await deed(other, "caller", { deed: "sms" });
    await other.settle();
    expect(await written(other, "read")).toEqual([]);
    expect(other.calls({ function: "logs" })).toMatchObject([{ action: "InvokeFunction", allowed: false }]);
    await other.stop();
  });
});

describe("a topic", () => {
  const holdBack = (on: Laptop): (() => void) =>
    on.onCall(({ function: name, phase }) => (name === "worker" && phase === "before" ? "kill-worker" : undefined));

  it("brings a notification to its queues, as it is or in SNS's envelope", async () => {
    const release = holdBack(laptop);
    expect(await deed(laptop, "caller", { deed: "chat", body: chat })).toMatchObject({
      ok: { messageId: expect.any(String) },
    });
    await laptop.settle();
    release();
    const parsed = (await laptop.queued()).map(({ body }) => JSON.parse(body) as Record<string, string>);
    const wrapped = parsed.filter(({ Type }) => Type === "Notification");
    const raw = parsed.filter(({ whatsAppWebhookEntry }) => whatsAppWebhookEntry !== undefined);
    expect([wrapped.length, raw.length]).toEqual([2, 2]);
    expect(wrapped.map(({ Message }) => JSON.parse(Message ?? "").whatsAppWebhookEntry).toSorted()).toEqual(
      raw.map(({ whatsAppWebhookEntry }) => whatsAppWebhookEntry).toSorted(),
    );
    expect(laptop.calls({ function: "social-messaging" }).every(({ allowed }) => allowed)).toBe(true);
  });

  it("takes nothing from a service its policy does not admit, and the denial is logged", async () => {
    const other = await changedLaptop((text) =>
      text.replaceAll('"social-messaging.amazonaws.com"', '"ses.amazonaws.com"'),
    );
    await deed(other, "caller", { deed: "chat", body: chat });
    await other.settle();
    expect(await written(other, "worked")).toEqual([]);
    expect(other.calls({ function: "social-messaging" })).toContainEqual(
      expect.objectContaining({ service: "sns", action: "Publish", allowed: false }),
    );
    await other.stop();
  });
});

describe("the new senders", () => {
  it("may use what their role names, and nothing else", async () => {
    expect(await deed(laptop, "caller", { deed: "text" })).toMatchObject({ ok: { MessageId: expect.any(String) } });
    expect(await deed(laptop, "caller", { deed: "text", from: "NOBODY" })).toMatchObject({
      refused: "AccessDeniedException",
      message: expect.stringContaining("sender-id/NOBODY/IN"),
    });
    expect(await deed(laptop, "caller", { deed: "chat", from: "phone-number-id-ffff", body: chat })).toMatchObject({
      refused: "AccessDeniedException",
    });
    expect(await deed(laptop, "guest", { deed: "text" })).toMatchObject({ refused: "AccessDeniedException" });
    await laptop.settle();
    const told = laptop.busEvents().filter(({ event }) => event.source === "aws.sms-voice");
    expect(told.map(({ bus, event }) => [bus, event.detail["eventType"]])).toEqual([
      ["default", "TEXT_SUCCESSFUL"],
      ["default", "TEXT_DELIVERED"],
    ]);
  });
});
