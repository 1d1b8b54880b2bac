import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carrierReports } from "../../../functions/adapters/carrier-reports.ts";
import { DuebellError } from "../../../functions/domain/errors.ts";
import { notificationReference } from "../../../functions/domain/notification.ts";
import {
  type AddressWish,
  DeliveryMessage,
  type DeliveryReport,
  type SmsLogLine,
} from "../../../functions/messages.ts";
import { plainCode } from "../../support/memory-recorders.ts";

const key = { code: plainCode("example-power", "B-1"), step: "issued", hop: 0 };
const dispatchId = notificationReference(key);
const at = 1_794_717_000_000;
const report: DeliveryReport = { kind: "delivery", ...key, channel: "whatsapp", status: "delivered", at };
const line: SmsLogLine = { kind: "sms-log", providerReference: "provider-1", status: "delivered", at };
const wish: AddressWish = {
  kind: "wish",
  wish: "stop",
  sender: "200000000000001",
  channel: "whatsapp",
  address: "+919830012345",
  reason: "stop-reply",
  at,
};

const ses = {
  eventType: "Delivery",
  delivery: { timestamp: "2026-11-21T10:15:32.000Z" },
  mail: { messageId: "ses-1", destination: ["asha@example.org"], tags: { dispatchId: [dispatchId] } },
};
const smsVoice = {
  eventType: "TEXT_DELIVERED",
  eventVersion: "1.0",
  eventTimestamp: at,
  isFinal: true,
  destinationPhoneNumber: "+919830012345",
  messageId: "sms-1",
  context: { dispatchId },
};
const status = {
  id: "wamid.1",
  status: "delivered",
  timestamp: String(at / 1_000),
  recipient_id: "919830012345",
  biz_opaque_callback_data: dispatchId,
};
const social = {
  context: { MetaPhoneNumberIds: [] },
  whatsAppWebhookEntry: JSON.stringify({
    id: "1",
    changes: [
      { field: "messages", value: { messaging_product: "whatsapp", statuses: [status, { ...status, id: "wamid.2" }] } },
    ],
  }),
};

const onTheBus = (source: string, detail: object) => ({ version: "0", source, "detail-type": "an event", detail });
const fromTopic = (event: object) => ({ Type: "Notification", Message: JSON.stringify(event) });

describe("a message of the deliveries queue", () => {
  it.each([report, line, wish])("of our own is taken as it is: $kind", (own) => {
    expect(carrierReports(own)).toEqual({ messages: [own], skipped: [] });
  });

  it.each([
    ["SES, bare", ses, "email"],
    ["SES on the bus", onTheBus("aws.ses", ses), "email"],
    ["SES from a topic", fromTopic(ses), "email"],
    ["End User Messaging SMS, bare", smsVoice, "sms"],
    ["End User Messaging SMS on the bus", onTheBus("aws.sms-voice", smsVoice), "sms"],
    ["End User Messaging SMS from a topic", fromTopic(smsVoice), "sms"],
  ])("of %s is one report", (_, told, channel) => {
    expect(carrierReports(told)).toMatchObject({ messages: [{ ...key, channel, status: "delivered" }], skipped: [] });
  });

  it.each([
    ["raw", social],
    ["in its notification", fromTopic(social)],
  ])("of End User Messaging Social, %s, is all the reports in it", (_, told) => {
    const { messages } = carrierReports(told);
    expect(messages).toMatchObject([
      { ...key, channel: "whatsapp", providerReference: "wamid.1" },
      { ...key, channel: "whatsapp", providerReference: "wamid.2" },
    ]);
  });

  it("that concerns nobody here says why", () => {
    const foreign = { ...ses, mail: { ...ses.mail, tags: {} } };
    expect(carrierReports(foreign)).toEqual({ messages: [], skipped: ["no-reference"] });
    expect(carrierReports({ ...smsVoice, context: {} })).toEqual({ messages: [], skipped: ["no-reference"] });
    const ofTheTopic = { Type: "Notification", Message: "Successfully validated SNS topic." };
    expect(carrierReports(ofTheTopic)).toEqual({ messages: [], skipped: ["not-an-event"] });
  });

  it.each([
    ["of no known shape", { hello: "world" }],
    ["that is no object", "text"],
    ["of our own with a field too many", { ...report, more: 1 }],
    ["of our own of an unknown kind", { ...report, kind: "other" }],
    ["of SES without its e-mail", { notificationType: "Delivery" }],
  ])("%s is refused", (_, told) => {
    expect(() => carrierReports(told)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });

  it("of any shape is read as messages of ours or refused, never more", () => {
    const shapes = fc.oneof(
      fc.anything(),
      fc.record({ detail: fc.anything(), source: fc.constantFrom("aws.ses", "aws.sms-voice") }),
      fc.record({ Message: fc.json() }),
      fc.anything().map((mail) => ({ ...ses, mail })),
      fc.anything().map((context) => ({ ...smsVoice, context })),
      fc.json().map((whatsAppWebhookEntry) => ({ ...social, whatsAppWebhookEntry })),
    );
    fc.assert(
      fc.property(shapes, (told) => {
        try {
          for (const message of carrierReports(told).messages) {
            expect(DeliveryMessage.safeParse(message).error).toBeUndefined();
          }
        } catch (error) {
          expect(error).toBeInstanceOf(DuebellError);
        }
      }),
    );
  });
});
