import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSesEvent } from "../../../../functions/adapters/ses/delivery-events.ts";
import { DuebellError } from "../../../../functions/domain/errors.ts";
import { notificationReference } from "../../../../functions/domain/notification.ts";
import { plainCode } from "../../../support/memory-recorders.ts";

const key = { code: plainCode("example-power", "B-1"), step: "issued", hop: 2 };
const messageId = "0109019a00000000-00000000-0000-4000-8000-000000000001-000000";
const mail = {
  timestamp: "2026-11-21T10:15:30.123Z",
  source: "Example Power <bills@mail.example.com>",
  messageId,
  destination: ["asha@example.org"],
  tags: { "ses:configuration-set": ["bills"], dispatchId: [notificationReference(key)] },
};
const bounce = (bounceType: string, bounceSubType: string): object => ({
  eventType: "Bounce",
  bounce: {
    bounceType,
    bounceSubType,
    bouncedRecipients: [{ emailAddress: "asha@example.org" }],
    timestamp: "2026-11-21T10:15:33.000Z",
  },
  mail,
});
const delivery = {
  eventType: "Delivery",
  delivery: { timestamp: "2026-11-21T10:15:32.000Z", recipients: ["asha@example.org"] },
  mail,
};

describe("an event of SES", () => {
  it.each([
    ["Send", { send: {} }, "accepted", mail.timestamp],
    ["Delivery", { delivery: { timestamp: "2026-11-21T10:15:32.000Z" } }, "delivered", "2026-11-21T10:15:32.000Z"],
    [
      "Open",
      { open: { timestamp: "2026-11-21T10:30:00.652Z", ipAddress: "192.0.2.1" } },
      "read",
      "2026-11-21T10:30:00.652Z",
    ],
  ])("%s says what became of the e-mail, and when", (eventType, about, status, at) => {
    expect(readSesEvent({ eventType, ...about, mail })).toEqual({
      outcome: "report",
      report: { kind: "delivery", ...key, channel: "email", status, at: Date.parse(at), providerReference: messageId },
    });
  });

  it.each([
    ["Permanent", "General", "permanent-failure", "bounce-general"],
    ["Permanent", "OnAccountSuppressionList", "permanent-failure", "bounce-on-account-suppression-list"],
    ["Transient", "MailboxFull", "temporary-failure", "bounce-mailbox-full"],
    ["Undetermined", "Undetermined", "temporary-failure", "bounce-undetermined"],
    ["constructor", "", "temporary-failure", "bounce-undetermined"],
  ])("of a %s bounce (%s) says %s", (type, subType, kind, reason) => {
    expect(readSesEvent(bounce(type, subType))).toMatchObject({
      report: { status: "failed", failure: { kind, reason }, at: Date.parse("2026-11-21T10:15:33.000Z") },
    });
  });

  it.each([
    ["Reject", { reject: { reason: "Bad content" } }, "rejected"],
    ["Rendering Failure", { failure: { errorMessage: "no", templateName: "bill" } }, "rendering-failure"],
  ])("%s is a technical failure at the time of the e-mail", (eventType, about, reason) => {
    expect(readSesEvent({ eventType, ...about, mail })).toMatchObject({
      report: { status: "failed", failure: { kind: "technical-failure", reason }, at: Date.parse(mail.timestamp) },
    });
  });

  it.each(["Click", "DeliveryDelay", "Subscription", "constructor"])("%s says nothing that is final", (eventType) => {
    expect(readSesEvent({ eventType, mail })).toEqual({ outcome: "skipped", reason: "other-event" });
  });

  it.each(["General", "NoEmail", "Suppressed", "OnAccountSuppressionList"])(
    "of a permanent bounce (%s) says that its address is not to be tried again",
    (subType) => {
      expect(readSesEvent(bounce("Permanent", subType))).toMatchObject({
        report: { status: "failed", suppress: { reason: "bounce", address: "asha@example.org" } },
      });
    },
  );

  it.each(["Transient", "Undetermined"])("of a %s bounce says nothing against its address", (type) => {
    expect(readSesEvent(bounce(type, "General"))).not.toHaveProperty("report.suppress");
  });

  it("Complaint says that its recipient wants no more, and nothing of the delivery", () => {
    const timestamp = "2026-11-21T11:00:00.000Z";
    const complaint = { complainedRecipients: [{ emailAddress: "Asha <Asha@example.org>" }], timestamp };
    expect(readSesEvent({ eventType: "Complaint", complaint, mail })).toEqual({
      outcome: "report",
      report: {
        kind: "delivery",
        ...key,
        channel: "email",
        at: Date.parse(timestamp),
        providerReference: messageId,
        suppress: { reason: "complaint", address: "Asha@example.org" },
      },
    });
  });

  it("Complaint that names nobody is of whom the e-mail went to", () => {
    const reading = (changes: object) =>
      readSesEvent({ eventType: "Complaint", complaint: {}, mail: { ...mail, ...changes } });
    expect(reading({})).toMatchObject({ report: { suppress: { address: "asha@example.org" } } });
    expect(reading({ destination: [] })).toEqual({ outcome: "skipped", reason: "no-address" });
    expect(reading({ destination: ["no address"] })).toEqual({ outcome: "skipped", reason: "no-address" });
  });

  it("Complaint that takes one back is none", () => {
    const complaint = { complaintFeedbackType: "not-spam", complainedRecipients: [] };
    expect(readSesEvent({ eventType: "Complaint", complaint, mail })).toMatchObject({ reason: "other-event" });
  });

  it.each([
    [true, { outcome: "report", report: { suppress: { reason: "unsubscribed", address: "asha@example.org" } } }],
    [false, { outcome: "skipped", reason: "other-event" }],
  ])("Subscription that unsubscribes from all (%s) is a wish for no more e-mails", (unsubscribeAll, reading) => {
    const subscription = { timestamp: "2026-11-21T11:05:00.000Z", newTopicPreferences: { unsubscribeAll } };
    expect(readSesEvent({ eventType: "Subscription", subscription, mail })).toMatchObject(reading);
  });

  it("is read in the older form of a notification too", () => {
    const { eventType: notificationType, ...rest } = delivery;
    expect(readSesEvent({ notificationType, ...rest })).toEqual(readSesEvent(delivery));
  });

  it("is read out of an EventBridge event and out of an SNS notification", () => {
    const onTheBus = { version: "0", "detail-type": "Email Delivered", source: "aws.ses", detail: delivery };
    const fromTopic = {
      Type: "Notification",
      TopicArn: "arn:aws:sns:ap-south-1:111122223333:ses",
      Message: JSON.stringify(delivery),
    };
    expect(readSesEvent(onTheBus)).toEqual(readSesEvent(delivery));
    expect(readSesEvent(fromTopic)).toEqual(readSesEvent(delivery));
  });

  it("of an e-mail that is not ours is skipped", () => {
    expect(readSesEvent({ ...delivery, mail: { ...mail, tags: { dispatchId: ["of another program"] } } })).toEqual({
      outcome: "skipped",
      reason: "no-reference",
    });
    expect(readSesEvent({ ...delivery, mail: { ...mail, tags: undefined } })).toEqual({
      outcome: "skipped",
      reason: "no-reference",
    });
  });

  it("takes the time of the e-mail where it has none of its own, and is skipped where there is none at all", () => {
    expect(readSesEvent({ ...delivery, delivery: {} })).toMatchObject({ report: { at: Date.parse(mail.timestamp) } });
    expect(readSesEvent({ ...delivery, delivery: {}, mail: { ...mail, timestamp: undefined } })).toEqual({
      outcome: "skipped",
      reason: "no-time",
    });
  });

  it("is not what SNS tells of itself", () => {
    const body = { Type: "Notification", Message: "Successfully validated SNS topic for Amazon SES event publishing." };
    expect(readSesEvent(body)).toEqual({ outcome: "skipped", reason: "not-an-event" });
  });

  it("that is none is refused with the field that is wrong", () => {
    expect(() => readSesEvent({ eventType: "Delivery" })).toThrow(
      expect.objectContaining({ code: "invalid-input", fields: [expect.objectContaining({ path: "mail" })] }),
    );
    expect(() => readSesEvent({ mail })).toThrow(
      expect.objectContaining({ fields: [{ path: "eventType", message: "is missing" }] }),
    );
  });

  it("of any shape is read or refused, never more", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.anything().map((detail) => ({ detail })),
          fc.anything().map((tags) => ({ ...delivery, mail: { ...mail, tags } })),
          fc.anything().map((complaint) => ({ eventType: "Complaint", complaint, mail })),
          fc.anything().map((bouncedRecipients) => ({ eventType: "Bounce", bounce: { bouncedRecipients }, mail })),
        ),
        (body) => {
          try {
            expect(readSesEvent(body).outcome).toMatch(/^(report|skipped)$/);
          } catch (error) {
            expect(error).toBeInstanceOf(DuebellError);
          }
        },
      ),
    );
  });
});
