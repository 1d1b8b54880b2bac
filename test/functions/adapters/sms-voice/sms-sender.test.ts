import { describe, expect, it } from "vitest";
import { smsVoiceSmsSender } from "../../../../functions/adapters/sms-voice/sms-sender.ts";
import { notificationReference } from "../../../../functions/domain/notification.ts";
import { aBiller } from "../../../support/builders.ts";
import { itIsACarrier } from "../carrier-contract.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";
import { aMessage } from "../messages.ts";
import { itMakesOneAttempt } from "../one-attempt.ts";

const carrierAt = (url: string, timeoutMs: number) =>
  smsVoiceSmsSender({ timeoutMs, configurationSet: "duebell-test", connection: connectionTo(url) });

const originationIdentity = "arn:aws:sms-voice:ap-south-1:111122223333:sender-id/EXPOWR/IN";
const provider = "end-user-messaging";
const registered = { entityId: "1101000000000000001", templateIds: { "issued.en": "1107000000000000001" } };
const biller = aBiller({
  sms: {
    provider,
    originationIdentity,
    ...registered,
    maxPriceUsd: "0.05",
    timeToLiveSeconds: 14_400,
    protectConfigurationId: "protect-0123456789abcdef0123456789abcdef",
    dryRun: true,
  },
});
const plainBiller = aBiller({ sms: { provider, originationIdentity } });
const message = aMessage("sms", { biller });

const messageId = "b4e02111-0000-4000-8000-000000000001";
const acceptance = JSON.stringify({ MessageId: messageId });
const error = (name: string, reason?: string) =>
  JSON.stringify({ __type: name, Message: "no", ...(reason && { Reason: reason }) });
const answeringError = (status: number, name: string, reason?: string) =>
  answering(status, error(name, reason), { "content-type": "application/x-amz-json-1.0" });

async function requestFor(sent: typeof message): Promise<unknown> {
  await using server = await loopback(answering(200, acceptance));
  await carrierAt(server.url, 10_000).send(sent, new AbortController().signal);
  expect(server.seen[0]?.headers["x-amz-target"]).toBe("PinpointSMSVoiceV2.SendTextMessage");
  return JSON.parse(server.seen[0]?.body ?? "");
}

describe("an SMS by End User Messaging", () => {
  it("goes from the biller's identity as transactional, with our key, the registered ids and the biller's limits", async () => {
    expect(await requestFor(message)).toEqual({
      DestinationPhoneNumber: "+919830012345",
      OriginationIdentity: originationIdentity,
      MessageBody: expect.stringContaining("Rs. 1,249.00"),
      MessageType: "TRANSACTIONAL",
      ConfigurationSetName: "duebell-test",
      Context: { dispatchId: notificationReference(message.key) },
      DestinationCountryParameters: { IN_ENTITY_ID: "1101000000000000001", IN_TEMPLATE_ID: "1107000000000000001" },
      MaxPrice: "0.05",
      TimeToLive: 14_400,
      ProtectConfigurationId: "protect-0123456789abcdef0123456789abcdef",
      DryRun: true,
    });
  });

  it("carries only what the biller has", async () => {
    const keys = Object.keys((await requestFor(aMessage("sms", { biller: plainBiller }))) as object);
    expect(keys.sort()).toEqual([
      "ConfigurationSetName",
      "Context",
      "DestinationPhoneNumber",
      "MessageBody",
      "MessageType",
      "OriginationIdentity",
    ]);
  });

  it("names no registered text where the message's language has none", async () => {
    const { wording } = message;
    const inHindi = aMessage("sms", { biller, wording: { ...wording, language: "hi" } });
    expect(await requestFor(inHindi)).toMatchObject({
      DestinationCountryParameters: { IN_ENTITY_ID: "1101000000000000001" },
    });
  });

  const refused = (reason: string, kind = "technical-failure") => ({ outcome: "refused", kind, reason });
  const answers: readonly [string, string | undefined, number, object][] = [
    ["ThrottlingException", undefined, 400, { outcome: "refused-for-now", reason: "throttled" }],
    ["AccessDeniedException", undefined, 400, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["AccessDeniedException", "ACCOUNT_DISABLED", 400, refused("account-disabled")],
    [
      "ConflictException",
      "DESTINATION_PHONE_NUMBER_OPTED_OUT",
      400,
      { ...refused("opted-out", "permanent-failure"), suppress: "opted-out" },
    ],
    ["ConflictException", "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION", 400, refused("country-protected")],
    [
      "ConflictException",
      "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
      400,
      refused("number-protected"),
    ],
    ["ConflictException", "NO_ORIGINATION_IDENTITIES_FOUND", 400, refused("no-origination-identity")],
    ["ConflictException", "RESOURCE_NOT_ACTIVE", 400, refused("sender-not-active")],
    ["ConflictException", "SOMETHING_NEW", 400, refused("conflict")],
    ["ConflictException", undefined, 400, refused("conflict")],
    ["ServiceQuotaExceededException", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT", 400, refused("monthly-spend-limit")],
    ["ServiceQuotaExceededException", undefined, 400, { outcome: "refused-for-now", reason: "quota-exceeded" }],
    ["ValidationException", "SENDER_ID_REQUIRES_REGISTRATION", 400, refused("sender-not-registered")],
    ["ValidationException", "PRICE_OVER_THRESHOLD", 400, refused("price-over-maximum")],
    ["ValidationException", "FIELD_VALIDATION_FAILED", 400, refused("invalid-request")],
    ["ResourceNotFoundException", undefined, 400, refused("not-found")],
    ["InternalServerException", undefined, 500, { outcome: "unknown", reason: "500-internal-server" }],
    ["ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT", 500, { outcome: "unknown", reason: "500-conflict" }],
    ["SomethingNew", undefined, 400, { outcome: "unknown", reason: "400-something-new" }],
    ["constructor", undefined, 400, { outcome: "unknown", reason: "400-constructor" }],
  ];
  it.each(answers)(
    "answered with %s (%s, %i) proves just what the service's list says",
    async (name, reason, status, result) => {
      await using server = await loopback(answeringError(status, name, reason));
      const sent = carrierAt(server.url, 10_000).send(message, new AbortController().signal);
      expect(await sent).toEqual(result);
      expect(server.seen).toHaveLength(1);
    },
  );

  itIsACarrier({
    carrierAt,
    message,
    notIts: [aMessage("whatsapp", { biller }), aMessage("sms")],
    acceptance: { answer: answering(200, acceptance), providerReference: messageId },
    throttle: answeringError(400, "ThrottlingException"),
    refusals: {
      forGood: [
        answeringError(400, "ConflictException", "DESTINATION_PHONE_NUMBER_OPTED_OUT"),
        answeringError(400, "ValidationException", "INVALID_PARAMETER"),
      ],
      unauthorized: answeringError(400, "AccessDeniedException"),
    },
    unheardOf: answeringError(400, "SomethingNewException"),
    throttleAt500: answeringError(500, "ThrottlingException"),
  });

  itMakesOneAttempt({ carrierAt, message, acceptance, serverError: error("InternalServerException") });
});
