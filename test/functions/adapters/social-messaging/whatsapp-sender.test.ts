import { describe, expect, it } from "vitest";
import { socialMessagingWhatsAppSender } from "../../../../functions/adapters/social-messaging/whatsapp-sender.ts";
import { cloudApiWhatsAppSender } from "../../../../functions/adapters/whatsapp/whatsapp-sender.ts";
import { aBiller } from "../../../support/builders.ts";
import { itIsACarrier } from "../carrier-contract.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";
import { aMessage } from "../messages.ts";
import { itMakesOneAttempt } from "../one-attempt.ts";
import { socialArn, socialBiller, socialNumber } from "../social-biller.ts";

const carrierAt = (url: string, timeoutMs: number) =>
  socialMessagingWhatsAppSender({ timeoutMs, metaApiVersion: "v24.0", connection: connectionTo(url) });
const neverAborted = (): AbortSignal => new AbortController().signal;

const message = aMessage("whatsapp", { biller: socialBiller });
const messageId = "0a1b2c3d-0000-4000-8000-000000000001";
const acceptance = JSON.stringify({ messageId });
const serverError = '{"message":"Internal failure"}';
const answeringError = (status: number, name: string) =>
  answering(status, '{"message":"no"}', { "x-amzn-errortype": name });

type SocialRequest = { readonly message: string };

async function requestFor(sent: typeof message): Promise<SocialRequest> {
  await using server = await loopback(answering(200, acceptance));
  await carrierAt(server.url, 10_000).send(sent, neverAborted());
  expect(server.seen[0]).toMatchObject({ method: "POST", path: "/v1/whatsapp/send" });
  return JSON.parse(server.seen[0]?.body ?? "") as SocialRequest;
}

const metaRequestIn = ({ message: base64 }: SocialRequest): unknown =>
  JSON.parse(Buffer.from(base64, "base64").toString());

describe("a WhatsApp message by End User Messaging Social", () => {
  it("goes from the biller's number, in the version of Meta's API that was set", async () => {
    expect(await requestFor(message)).toEqual({
      originationPhoneNumberId: socialNumber,
      metaApiVersion: "v24.0",
      message: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
    });
  });

  it("names the number by its id also where the settings hold its ARN", async () => {
    const biller = aBiller({ whatsapp: { provider: "end-user-messaging", phoneNumberId: socialArn } });
    expect(await requestFor({ ...message, biller })).toMatchObject({ originationPhoneNumberId: socialNumber });
  });

  it("carries the very request that the Cloud API takes", async () => {
    await using server = await loopback(answering(200, "{}"));
    const token = async () => "example-token";
    const cloudApi = cloudApiWhatsAppSender({ baseUrl: server.url, version: "v24.0", timeoutMs: 10_000, token });
    await cloudApi.send(aMessage("whatsapp"), neverAborted());
    const direct: unknown = JSON.parse(server.seen[0]?.body ?? "");
    expect(metaRequestIn(await requestFor(message))).toEqual(direct);
    expect(direct).toMatchObject({ to: "+919830012345", type: "template" });
  });

  const answers: readonly [string, number, object][] = [
    ["ThrottledRequestException", 429, { outcome: "refused-for-now", reason: "throttled" }],
    ["LimitExceededException", 400, { outcome: "refused-for-now", reason: "quota-exceeded" }],
    ["AccessDeniedException", 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["AccessDeniedByMetaException", 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["ExpiredTokenException", 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["InvalidParametersException", 400, { outcome: "refused", kind: "technical-failure", reason: "invalid-parameter" }],
    ["ValidationException", 400, { outcome: "refused", kind: "technical-failure", reason: "invalid-request" }],
    ["ResourceNotFoundException", 404, { outcome: "refused", kind: "technical-failure", reason: "number-not-found" }],
    ["ConflictException", 409, { outcome: "unknown", reason: "409-conflict" }],
    ["DependencyException", 502, { outcome: "unknown", reason: "502-dependency" }],
    ["InternalServiceException", 500, { outcome: "unknown", reason: "500-internal-service" }],
    ["ThrottledRequestException", 503, { outcome: "unknown", reason: "503-throttled-request" }],
    ["SomethingNew", 400, { outcome: "unknown", reason: "400-something-new" }],
  ];
  it.each(answers)("answered with %s (%i) proves just what the service's list says", async (name, status, result) => {
    await using server = await loopback(answeringError(status, name));
    expect(await carrierAt(server.url, 10_000).send(message, neverAborted())).toEqual(result);
    expect(server.seen).toHaveLength(1);
  });

  itIsACarrier({
    carrierAt,
    message,
    notIts: [aMessage("sms", { biller: socialBiller }), aMessage("whatsapp")],
    acceptance: { answer: answering(200, acceptance), providerReference: messageId },
    throttle: answeringError(429, "ThrottledRequestException"),
    refusals: {
      forGood: [answeringError(400, "ValidationException"), answeringError(400, "InvalidParametersException")],
      unauthorized: answeringError(403, "AccessDeniedException"),
    },
    unheardOf: answeringError(400, "SomethingNewException"),
    throttleAt500: answeringError(500, "ThrottledRequestException"),
  });

  itMakesOneAttempt({ carrierAt, message, acceptance, serverError });
});
