import type { CarrierEvent } from "./carrier.ts";
import type { CarrierMessage } from "./message-store.ts";
import { smsPrice } from "./sms-network.ts";
import { isGsm7, smsParts } from "./sms-parts.ts";
import { readSendText, senderIdOf } from "./sms-voice-request.ts";

/** What became of an SMS, as End User Messaging calls it; `description` where it is not the usual one. */
export type SmsVoiceOutcome = { readonly type: string; readonly description?: string };

const descriptions: Readonly<Record<string, string>> = {
  TEXT_PENDING: "Message is pending",
  TEXT_QUEUED: "Message is queued",
  TEXT_SENT: "Message has been sent to carrier",
  TEXT_SUCCESSFUL: "Message has been accepted by phone carrier",
  TEXT_DELIVERED: "Message has been accepted by phone",
  TEXT_INVALID: "Invalid phone number",
  TEXT_INVALID_MESSAGE: "Message body is invalid",
  TEXT_UNREACHABLE: "Phone is currently unreachable/unavailable",
  TEXT_CARRIER_UNREACHABLE: "Phone carrier is currently unreachable/unavailable",
  TEXT_BLOCKED: "Phone has blocked SMS",
  TEXT_CARRIER_BLOCKED: "Phone carrier has blocked this message",
  TEXT_SPAM: "Blocked as spam by phone carrier",
  TEXT_UNKNOWN: "Unknown error attempting to reach phone",
  TEXT_TTL_EXPIRED: "Message TTL has expired",
  TEXT_PROTECT_BLOCKED: "Message is blocked by protect configuration",
};

const beforeTheEnd = new Set(["TEXT_PENDING", "TEXT_QUEUED", "TEXT_SENT", "TEXT_SUCCESSFUL"]);

/** Whether a name is one of the events that tell of a failure. */
export const isTextFailure = (name: string): boolean =>
  Object.hasOwn(descriptions, name) && !beforeTheEnd.has(name) && name !== "TEXT_DELIVERED";

/** The event that the service puts on the default bus (user guide, "Monitoring with EventBridge"). */
export const smsVoiceEvent = (
  message: CarrierMessage,
  { type, description }: SmsVoiceOutcome,
  atMs: number,
): CarrierEvent => {
  const sms = readSendText(message.raw.body);
  const sender = senderIdOf(sms.OriginationIdentity);
  return {
    source: "aws.sms-voice",
    detailType: "Text Message Delivery Status Updated",
    detail: {
      eventType: type,
      eventVersion: "1.0",
      eventTimestamp: atMs,
      isFinal: !beforeTheEnd.has(type),
      ...(sender === undefined ? {} : { originationPhoneNumber: sender }),
      destinationPhoneNumber: sms.DestinationPhoneNumber,
      isoCountryCode: "IN",
      isInternationalSend: false,
      mcc: "404",
      mnc: "20",
      carrierName: "Example Carrier",
      messageId: message.id,
      messageRequestTimestamp: Date.parse(message.at),
      messageEncoding: isGsm7(sms.MessageBody) ? "GSM" : "Unicode",
      messageType: sms.MessageType ?? "TRANSACTIONAL",
      messageStatus: type.replace(/^TEXT_/, ""),
      messageStatusDescription: description ?? descriptions[type] ?? type,
      ...(sms.Context === undefined ? {} : { context: sms.Context }),
      totalMessageParts: smsParts(sms.MessageBody),
      totalMessagePrice: smsPrice(sms.MessageBody),
      totalCarrierFee: 0,
    },
    resources: [],
  };
};
