import { randomUUID } from "node:crypto";
import { invalidInput } from "../../functions/domain/errors.ts";
import { type Carrier, type CarrierReport, type CarrierSurroundings, rawOf } from "./carrier.ts";
import type { CarrierMessage } from "./message-store.ts";
import { isBlockedByDlt, type SmsSettings, smsPrice } from "./sms-network.ts";
import { smsParts } from "./sms-parts.ts";
import { type Publish, readPublish, snsError, snsErrors, snsPublished } from "./sns-publish.ts";

const reportAfterSeconds = 4;
const accepted = "Message has been accepted by phone carrier";
const unreachable = "Phone is currently unreachable/unavailable";

const snsTimestamp = (iso: string): string => iso.replace("T", " ").replace("Z", "");

const naturalFailure = (sms: Publish, settings: SmsSettings): string | undefined => {
  if (settings.optedOut.has(sms.phoneNumber)) return "Phone number is opted out";
  if (sms.maxPrice !== undefined && smsPrice(sms.message) > sms.maxPrice) {
    return "This delivery would exceed max price";
  }
  const { phoneNumber: to, message: text } = sms;
  return isBlockedByDlt(settings.dltTemplates, { ...sms, to, text })
    ? "Phone carrier has blocked this message"
    : undefined;
};

const deliveryLog = (
  message: CarrierMessage,
  failure: string | undefined,
  where: CarrierSurroundings,
): CarrierReport => {
  const sms = readPublish(message.raw.body);
  const group = `sns/${where.region}/${where.accountId}/DirectPublishToPhoneNumber`;
  const network = failure === undefined ? { phoneCarrier: "Example Carrier", mnc: 20, mcc: 404 } : { mnc: 0, mcc: 0 };
  return {
    kind: "cloudwatch-logs",
    logGroup: failure === undefined ? group : `${group}/Failure`,
    message: JSON.stringify({
      notification: { messageId: message.id, timestamp: snsTimestamp(message.at) },
      delivery: {
        ...network,
        numberOfMessageParts: smsParts(sms.message),
        destination: sms.phoneNumber,
        priceInUSD: smsPrice(sms.message),
        smsType: sms.smsType,
        providerResponse: failure ?? accepted,
        dwellTimeMs: 599,
        dwellTimeMsUntilDeviceAck: 1344,
      },
      status: failure === undefined ? "SUCCESS" : "FAILURE",
    }),
  };
};

// An operator may write the SDK's exception name as well as the wire's code.
const codeOf = (reason: string): string =>
  reason === "InvalidParameterValueException" ? "ParameterValueInvalid" : reason.replace(/Exception$/, "");

/** SMS by SNS `Publish`: the AWS Query protocol in, XML out, and a delivery status log four seconds later. */
export const createSnsSms = (where: CarrierSurroundings, settings: SmsSettings): Carrier => ({
  channel: "sms",
  accept: (request) => {
    const raw = rawOf(request);
    const sms = readPublish(raw.body);
    const id = randomUUID();
    const at = new Date(where.now()).toISOString();
    return {
      message: { id, channel: "sms", to: sms.phoneNumber, text: sms.message, raw, at, status: "accepted" },
      answer: snsPublished(id),
    };
  },
  throttled: () => snsError("Throttled", "Rate exceeded"),
  broken: () => snsError("InternalError", "Internal error"),
  refusal: (reason) => {
    const code = codeOf(reason);
    return Object.hasOwn(snsErrors, code) ? snsError(code, `The carrier was told to answer ${code}`) : undefined;
  },
  plan: (message, asked) => {
    const failure =
      asked === undefined ? naturalFailure(readPublish(message.raw.body), settings) : (asked.reason ?? unreachable);
    return [
      {
        afterSeconds: reportAfterSeconds,
        status: failure === undefined ? "delivered" : "failed",
        build: () => deliveryLog(message, failure, where),
      },
    ];
  },
  report: (message, asked) => {
    if (asked.status === "read") {
      throw invalidInput("status: an SMS is never reported as read", [
        { path: "status", message: "an SMS is never reported as read" },
      ]);
    }
    return deliveryLog(message, asked.status === "failed" ? (asked.reason ?? unreachable) : undefined, where);
  },
});
