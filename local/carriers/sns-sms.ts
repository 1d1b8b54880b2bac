import { randomUUID } from "node:crypto";
import { invalidInput } from "../../functions/domain/errors.ts";
import { type Carrier, type CarrierReport, type CarrierSurroundings, rawOf } from "./carrier.ts";
import { type DltTemplate, passesDlt } from "./dlt.ts";
import type { CarrierMessage } from "./message-store.ts";
import { smsParts } from "./sms-parts.ts";
import { type Publish, readPublish, snsError, snsErrors, snsPublished } from "./sns-publish.ts";

/** What the SMS carrier knows besides the request; an empty list of DLT templates checks nothing. */
export type SmsSettings = { dltTemplates: readonly DltTemplate[]; optedOut: ReadonlySet<string> };

// One price for all: the Indian local route, which is what the examples use.
const usdPerPart = 0.00278;
const reportAfterSeconds = 4;
const accepted = "Message has been accepted by phone carrier";
const unreachable = "Phone is currently unreachable/unavailable";

const priceOf = (message: string): number => Number((smsParts(message) * usdPerPart).toFixed(5));

const snsTimestamp = (iso: string): string => iso.replace("T", " ").replace("Z", "");

const naturalFailure = (sms: Publish, settings: SmsSettings): string | undefined => {
  if (settings.optedOut.has(sms.phoneNumber)) return "Phone number is opted out";
  if (sms.maxPrice !== undefined && priceOf(sms.message) > sms.maxPrice) {
    return "This delivery would exceed max price";
  }
  // Without both ids an Indian SMS takes the international route, where nothing is matched.
  const isLocalRoute = sms.phoneNumber.startsWith("+91") && sms.templateId !== undefined && sms.entityId !== undefined;
  if (
    isLocalRoute &&
    settings.dltTemplates.length > 0 &&
    !passesDlt(settings.dltTemplates, { ...sms, text: sms.message })
  ) {
    return "Phone carrier has blocked this message";
  }
  return undefined;
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
        priceInUSD: priceOf(sms.message),
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
