import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSmsVoiceEvent } from "../../../../functions/adapters/sms-voice/delivery-events.ts";
import { DuebellError } from "../../../../functions/domain/errors.ts";
import { notificationReference } from "../../../../functions/domain/notification.ts";
import { DeliveryReport } from "../../../../functions/messages.ts";
import { plainCode } from "../../../support/memory-recorders.ts";

const key = { code: plainCode("example-power", "B-1"), step: "issued", hop: 1 };
const messageId = "b4e02111-0000-4000-8000-000000000001";
const at = Date.parse("2026-11-21T10:15:32.123Z");
const number = "+919830012345";

/** An event as End User Messaging writes it. */
const anEvent = (eventType: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  eventType,
  eventVersion: "1.0",
  eventTimestamp: at,
  isFinal: true,
  originationPhoneNumber: "EXPOWR",
  destinationPhoneNumber: number,
  isoCountryCode: "IN",
  messageId,
  messageRequestTimestamp: at - 2_000,
  messageEncoding: "GSM",
  messageType: "TRANSACTIONAL",
  messageStatus: eventType.replace(/^TEXT_/, ""),
  context: { dispatchId: notificationReference(key) },
  totalMessageParts: 1,
  totalMessagePrice: 0.00278,
  ...changes,
});
const delivered = anEvent("TEXT_DELIVERED");
const told = { kind: "delivery", ...key, channel: "sms", at, providerReference: messageId };

describe("an event of End User Messaging SMS", () => {
  it.each([
    ["TEXT_PENDING", "accepted"],
    ["TEXT_QUEUED", "accepted"],
    ["TEXT_SENT", "accepted"],
    ["TEXT_SUCCESSFUL", "accepted"],
    ["TEXT_DELIVERED", "delivered"],
  ])("%s says that the SMS is %s, and when", (eventType, status) => {
    expect(readSmsVoiceEvent(anEvent(eventType))).toEqual({ outcome: "report", report: { ...told, status } });
  });

  it.each([
    ["TEXT_BLOCKED", "permanent-failure", "blocked-by-phone"],
    ["TEXT_CARRIER_BLOCKED", "permanent-failure", "blocked-by-carrier"],
    ["TEXT_UNREACHABLE", "temporary-failure", "phone-unreachable"],
    ["TEXT_CARRIER_UNREACHABLE", "temporary-failure", "carrier-unreachable"],
    ["TEXT_TTL_EXPIRED", "temporary-failure", "expired"],
    ["TEXT_INVALID_MESSAGE", "technical-failure", "invalid-message"],
    ["TEXT_PROTECT_BLOCKED", "technical-failure", "number-protected"],
    ["TEXT_SPAM", "technical-failure", "blocked-as-spam"],
  ])("%s is a %s: %s", (eventType, kind, reason) => {
    const report = { ...told, status: "failed", failure: { kind, reason } };
    expect(readSmsVoiceEvent(anEvent(eventType))).toEqual({ outcome: "report", report });
  });

  it("says that a number is none, so that it is not messaged again", () => {
    const failure = { kind: "permanent-failure", reason: "invalid-number" };
    const report = { ...told, status: "failed", failure };
    const suppress = { reason: "invalid-address", address: number };
    const invalid = (changes: object) => readSmsVoiceEvent(anEvent("TEXT_INVALID", { ...changes }));
    expect(invalid({})).toEqual({ outcome: "report", report: { ...report, suppress } });
    expect(invalid({ destinationPhoneNumber: number.slice(1) })).toMatchObject({ report: { suppress } });
    for (const destinationPhoneNumber of [undefined, "EXPOWR", 919830012345, ""]) {
      const nameless = { ...report, suppress: { reason: "invalid-address" } };
      expect(invalid({ destinationPhoneNumber })).toEqual({ outcome: "report", report: nameless });
    }
  });

  it.each(["TEXT_UNKNOWN", "TEXT_ALL", "ALL", "VOICE_COMPLETED", "RCS_READ", "TEXT_SOMETHING_NEW"])(
    "%s says nothing of what became of a text message",
    (eventType) => {
      expect(readSmsVoiceEvent(anEvent(eventType))).toEqual({ outcome: "skipped", reason: "other-event" });
    },
  );

  it("means the same whether it claims to be final or not", () => {
    for (const eventType of ["TEXT_SUCCESSFUL", "TEXT_UNREACHABLE"]) {
      expect(readSmsVoiceEvent(anEvent(eventType, { isFinal: false }))).toEqual(readSmsVoiceEvent(anEvent(eventType)));
    }
  });

  it("is read out of an EventBridge event and out of an SNS notification", () => {
    const onTheBus = {
      version: "0",
      "detail-type": "Text Message Delivery Status Updated",
      source: "aws.sms-voice",
      detail: delivered,
    };
    const fromTopic = { Type: "Notification", Message: JSON.stringify(delivered) };
    expect(readSmsVoiceEvent(onTheBus)).toEqual(readSmsVoiceEvent(delivered));
    expect(readSmsVoiceEvent(fromTopic)).toEqual(readSmsVoiceEvent(delivered));
    expect(readSmsVoiceEvent({ Type: "Notification", Message: "hello" })).toEqual({
      outcome: "skipped",
      reason: "not-an-event",
    });
  });

  it("may tell its time in seconds, or only that of the request", () => {
    const second = Math.floor(at / 1_000);
    expect(readSmsVoiceEvent({ ...delivered, eventTimestamp: second })).toMatchObject({
      report: { at: second * 1_000 },
    });
    expect(readSmsVoiceEvent({ ...delivered, eventTimestamp: undefined })).toMatchObject({
      report: { at: at - 2_000 },
    });
    const timeless = { ...delivered, eventTimestamp: "soon", messageRequestTimestamp: -1 };
    expect(readSmsVoiceEvent(timeless)).toEqual({ outcome: "skipped", reason: "no-time" });
  });

  it.each([undefined, null, {}, { account: "bar" }, { dispatchId: "of another program" }, { dispatchId: 7 }])(
    "of an SMS that is not ours is skipped: context %j",
    (context) => {
      expect(readSmsVoiceEvent({ ...delivered, context })).toEqual({ outcome: "skipped", reason: "no-reference" });
    },
  );

  it("is not a customer's answer, which comes by the same topics", () => {
    const answer = {
      originationNumber: number,
      destinationNumber: "+919830000000",
      messageKeyword: "KEYWORD",
      messageBody: "STOP",
      inboundMessageId: "cae173d2-66b9-564c-8309-21f858e9fb84",
    };
    expect(readSmsVoiceEvent(answer)).toEqual({ outcome: "skipped", reason: "inbound-message" });
  });

  it("that is none is refused with the field that is wrong", () => {
    const refusal = expect.objectContaining({
      code: "invalid-input",
      fields: [expect.objectContaining({ path: "eventType" })],
    });
    expect(() => readSmsVoiceEvent({ mail: {} })).toThrow(refusal);
    expect(() => readSmsVoiceEvent({ eventType: "Delivery", mail: {} })).toThrow(refusal);
  });

  it("of any shape is read or refused, never more, and what is read is a report of ours", () => {
    const field = fc.constantFrom(...Object.keys(delivered));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.anything(),
          fc.anything().map((detail) => ({ detail })),
          fc.json().map((Message) => ({ Message })),
          fc.tuple(field, fc.anything()).map(([name, value]) => ({ ...anEvent("TEXT_INVALID"), [name]: value })),
        ),
        (body) => {
          try {
            const reading = readSmsVoiceEvent(body);
            if (reading.outcome === "report") expect(DeliveryReport.safeParse(reading.report).error).toBeUndefined();
            else expect(reading.reason).toMatch(/^[a-z-]+$/);
          } catch (error) {
            expect(error).toBeInstanceOf(DuebellError);
            expect(error).toMatchObject({ code: "invalid-input" });
          }
        },
      ),
    );
  });
});
