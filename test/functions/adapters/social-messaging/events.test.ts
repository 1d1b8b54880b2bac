import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isSocialEvent, readSocialEvent } from "../../../../functions/adapters/social-messaging/events.ts";
import { readWhatsAppEntries } from "../../../../functions/adapters/whatsapp-entries.ts";
import { DeliveryMessage } from "../../../../functions/messages.ts";
import { socialArn, socialNumber } from "../social-biller.ts";
import { anInbound, aPreference, aSocialEvent, aStatus, change, entry, key } from "../whatsapp-webhooks.ts";

const told = entry(
  change({ statuses: [aStatus({ status: "sent" }), aStatus()] }),
  change({ messages: [anInbound()] }),
  change({ user_preferences: [aPreference({ value: "resume" })] }, "user_preferences"),
);
const event = aSocialEvent(told, socialArn);
const inNotification = (Message: string): object => ({
  Type: "Notification",
  MessageId: "0a1b2c3d-0000-4000-8000-000000000002",
  TopicArn: "arn:aws:sns:ap-south-1:111122223333:duebell-test-whatsapp",
  Message,
  Timestamp: "2026-11-21T10:15:30.123Z",
});

describe("an event of End User Messaging Social", () => {
  it("tells of our messages without a biller, and what customers wish of the number they wrote to", () => {
    expect(readSocialEvent(event)).toMatchObject({
      messages: [
        { kind: "delivery", ...key, status: "accepted", providerReference: "wamid.EXAMPLE1" },
        { kind: "delivery", ...key, status: "delivered" },
        { kind: "wish", wish: "stop", sender: socialNumber, address: "+919830012345" },
        { kind: "wish", wish: "resume", sender: socialNumber, reason: "user-preferences" },
      ],
      skipped: {},
    });
    for (const message of readSocialEvent(event).messages) expect(message).not.toHaveProperty("biller");
  });

  it("says the same in the notification of SNS around it", () => {
    const wrapped = inNotification(JSON.stringify(event));
    expect(readSocialEvent(wrapped)).toEqual(readSocialEvent(event));
    expect([event, wrapped].map(isSocialEvent)).toEqual([true, true]);
  });

  it("is read as the webhook is that Meta sends itself", () => {
    const { messages } = readWhatsAppEntries([told], { senderOf: () => socialNumber });
    expect(readSocialEvent(event).messages).toEqual(messages);
  });

  it("still tells of our messages where it names no number of ours", () => {
    const foreign = { ...event, context: { MetaPhoneNumberIds: [{ metaPhoneNumberId: "999", arn: socialArn }, 7] } };
    for (const context of [
      foreign,
      { ...event, context: undefined },
      { ...event, context: { MetaPhoneNumberIds: 7 } },
    ]) {
      expect(readSocialEvent(context)).toMatchObject({
        messages: [{ status: "accepted" }, { status: "delivered" }],
        skipped: { "unknown-sender": 2 },
      });
    }
  });

  it.each([
    ["text", "no JSON"],
    ["half of it", JSON.stringify(told).slice(0, 40)],
    ["another thing", "7"],
    ["nothing", ""],
  ])("whose entry is %s is counted", (_, whatsAppWebhookEntry) => {
    expect(readSocialEvent({ ...event, whatsAppWebhookEntry })).toEqual({ messages: [], skipped: { malformed: 1 } });
  });

  it("is told from everything else that the queue may hold", () => {
    const others = [null, 7, "text", {}, { whatsAppWebhookEntry: {} }, { detail: { eventType: "Send" } }, told];
    expect(others.map(isSocialEvent)).toEqual(others.map(() => false));
    expect(isSocialEvent(inNotification("You have chosen to subscribe to the topic."))).toBe(false);
  });

  it("of any shape is read without an error, into messages such as the queue takes", () => {
    const anyEntry = fc.oneof(fc.string(), fc.json(), fc.constant(JSON.stringify(told)));
    const anyContext = fc.oneof(
      fc.anything(),
      fc.record({ MetaPhoneNumberIds: fc.oneof(fc.anything(), fc.array(fc.anything())) }),
      fc.constant({ MetaPhoneNumberIds: [{ metaPhoneNumberId: "200000000000001", arn: "any" }] }),
    );
    const anyEvent = fc.record({ context: anyContext, whatsAppWebhookEntry: anyEntry });
    const anyBody = fc.oneof(
      fc.anything(),
      anyEvent,
      anyEvent.map((inner) => inNotification(JSON.stringify(inner) ?? "")),
      fc.json().map((inner) => inNotification(inner)),
    );
    fc.assert(
      fc.property(anyBody, (body) => {
        isSocialEvent(body);
        for (const message of readSocialEvent(body).messages) {
          expect(DeliveryMessage.safeParse(message).error).toBeUndefined();
        }
      }),
    );
  });
});
