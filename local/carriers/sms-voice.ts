import { randomUUID } from "node:crypto";
import { invalidInput } from "../../functions/domain/errors.ts";
import {
  type Carrier,
  type CarrierRequest,
  type CarrierSurroundings,
  type Failure,
  headerOf,
  type PlannedReport,
  rawOf,
} from "./carrier.ts";
import type { CarrierMessage } from "./message-store.ts";
import { isBlockedByDlt, type SmsSettings, smsPrice } from "./sms-network.ts";
import { refuseText, smsVoiceAccepted, smsVoiceError, smsVoiceErrors } from "./sms-voice-errors.ts";
import { isTextFailure, type SmsVoiceOutcome, smsVoiceEvent } from "./sms-voice-events.ts";
import { readSendText, type SendText, senderIdOf } from "./sms-voice-request.ts";

const acceptedAfterSeconds = 1;
const settledAfterSeconds = 4;

const missing = (ResourceType: string, ResourceId: string): never =>
  refuseText({ name: "ResourceNotFoundException" }, `${ResourceType} ${ResourceId} not found`, {
    ResourceType,
    ResourceId,
  });

const nameOf = (nameOrArn: string): string => nameOrArn.replace(/^.*\//, "");

/** Refuses as the service does at once, where SNS would tell later. */
const judge = (sms: SendText, settings: SmsSettings): void => {
  const { OriginationIdentity: identity, ConfigurationSetName: set, MaxPrice, DestinationPhoneNumber: to } = sms;
  if (identity !== undefined && !settings.originationIdentities.has(identity)) missing("sender-id", identity);
  if (set !== undefined && !settings.configurationSets.includes(nameOf(set))) missing("configuration-set", set);
  if (identity === undefined && settings.originationIdentities.size === 0) {
    const error = { name: "ConflictException", reason: "NO_ORIGINATION_IDENTITIES_FOUND" };
    refuseText(error, "No origination identities found");
  }
  if (settings.optedOut.has(to)) {
    const error = { name: "ConflictException", reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT" };
    refuseText(error, "Destination phone number opted out");
  }
  if (MaxPrice !== undefined && smsPrice(sms.MessageBody) > Number(MaxPrice)) {
    refuseText({ name: "ValidationException", reason: "PRICE_OVER_THRESHOLD" }, "Price over threshold");
  }
};

const readRequest = (request: CarrierRequest, settings: SmsSettings): SendText => {
  if (headerOf(request, "x-amz-target") !== "PinpointSMSVoiceV2.SendTextMessage") {
    refuseText({ name: "UnknownOperationException" }, "Only SendTextMessage is known here");
  }
  const sms = readSendText(request.body.toString("utf8"));
  judge(sms, settings);
  return sms;
};

const failed = (reason = "TEXT_UNREACHABLE"): SmsVoiceOutcome => {
  const type = isTextFailure(reason) ? reason : `TEXT_${reason}`;
  return isTextFailure(type) ? { type } : { type: "TEXT_UNREACHABLE", description: reason };
};

const course = (sms: SendText, failure: Failure | undefined, { dltTemplates }: SmsSettings): SmsVoiceOutcome => {
  if (failure !== undefined) return failed(failure.reason);
  const { IN_ENTITY_ID: entityId, IN_TEMPLATE_ID: templateId } = sms.DestinationCountryParameters ?? {};
  const senderId = senderIdOf(sms.OriginationIdentity);
  const routed = { to: sms.DestinationPhoneNumber, text: sms.MessageBody, entityId, templateId, senderId };
  return { type: isBlockedByDlt(dltTemplates, routed) ? "TEXT_CARRIER_BLOCKED" : "TEXT_DELIVERED" };
};

const messageOf = (request: CarrierRequest, sms: SendText, at: string): CarrierMessage => {
  const key = sms.Context?.["dispatchId"];
  return {
    id: randomUUID(),
    channel: "sms",
    to: sms.DestinationPhoneNumber,
    text: sms.MessageBody,
    raw: rawOf(request),
    at,
    status: "accepted",
    ...(key === undefined ? {} : { key }),
  };
};

/** SMS by End User Messaging `SendTextMessage`: AWS JSON 1.0 in and out, opted-out numbers refused at once, and events on the default bus. */
export const createSmsVoice = (where: CarrierSurroundings, settings: SmsSettings): Carrier => ({
  channel: "sms",
  accept: (request) => {
    const sms = readRequest(request, settings);
    if (sms.DryRun === true) return { message: undefined, answer: smsVoiceAccepted(randomUUID()) };
    const message = messageOf(request, sms, new Date(where.now()).toISOString());
    return { message, answer: smsVoiceAccepted(message.id) };
  },
  throttled: () => smsVoiceError({ name: "ThrottlingException" }, "Rate exceeded"),
  broken: () =>
    smsVoiceError({ name: "InternalServerException" }, "Internal server error", { RequestId: randomUUID() }),
  refusal: (reason) => {
    const error = smsVoiceErrors.get(reason);
    return error === undefined ? undefined : smsVoiceError(error, `The carrier was told to answer ${reason}`);
  },
  plan: (message, failure) => {
    const outcome = course(readSendText(message.raw.body), failure, settings);
    const status = outcome.type === "TEXT_DELIVERED" ? "delivered" : "failed";
    const told = (of: SmsVoiceOutcome): PlannedReport["build"] => {
      return (atMs) => ({ kind: "eventbridge", entry: smsVoiceEvent(message, of, atMs) });
    };
    return [
      { afterSeconds: acceptedAfterSeconds, build: told({ type: "TEXT_SUCCESSFUL" }) },
      { afterSeconds: settledAfterSeconds, status, build: told(outcome) },
    ];
  },
  report: (message, { status, reason }, atMs) => {
    if (status === "read") {
      const told = "an SMS is never reported as read";
      throw invalidInput(`status: ${told}`, [{ path: "status", message: told }]);
    }
    const outcome = status === "failed" ? failed(reason) : { type: "TEXT_DELIVERED" };
    return { kind: "eventbridge", entry: smsVoiceEvent(message, outcome, atMs) };
  },
});
