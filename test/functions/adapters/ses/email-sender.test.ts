import { describe, expect, it } from "vitest";
import { sesEmailSender } from "../../../../functions/adapters/ses/email-sender.ts";
import { notificationReference } from "../../../../functions/domain/notification.ts";
import { aBiller } from "../../../support/builders.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";
import { aMessage } from "../messages.ts";
import { itMakesOneAttempt } from "../one-attempt.ts";

const carrierAt = (url: string, timeoutMs: number) =>
  sesEmailSender({ configurationSet: "duebell-test", timeoutMs, connection: connectionTo(url) });
const neverAborted = (): AbortSignal => new AbortController().signal;

const acceptance = JSON.stringify({ MessageId: "0109019a00000000-00000000-0000-4000-8000-000000000001-000000" });
const unsubscribeUrl = "https://pay.example.com/unsubscribe/token";

async function requestFor(message: ReturnType<typeof aMessage>): Promise<unknown> {
  await using server = await loopback(answering(200, acceptance));
  await carrierAt(server.url, 10_000).send(message, neverAborted());
  return JSON.parse(server.seen[0]?.body ?? "");
}

describe("an e-mail by SES", () => {
  it("goes out as text and HTML with our key as its tag, and can be unsubscribed from by one click", async () => {
    await using server = await loopback(answering(200, acceptance));
    const message = aMessage("email", { unsubscribeUrl });
    const result = await carrierAt(server.url, 10_000).send(message, neverAborted());
    expect(result).toEqual({
      outcome: "accepted",
      providerReference: "0109019a00000000-00000000-0000-4000-8000-000000000001-000000",
    });
    expect(server.seen[0]).toMatchObject({ method: "POST", path: "/v2/email/outbound-emails" });
    expect(JSON.parse(server.seen[0]?.body ?? "")).toEqual({
      FromEmailAddress: "Example Power <bills@mail.example.com>",
      Destination: { ToAddresses: ["asha@example.org"] },
      Content: {
        Simple: {
          Subject: { Data: "আপনার বিল", Charset: "UTF-8" },
          Body: {
            Text: { Data: "https://pay.example.com/EXPOWR/code", Charset: "UTF-8" },
            Html: { Data: "<p>আপনার বিল</p>", Charset: "UTF-8" },
          },
          Headers: [
            { Name: "List-Unsubscribe", Value: `<${unsubscribeUrl}>` },
            { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
          ],
        },
      },
      EmailTags: [{ Name: "dispatchId", Value: notificationReference(message.key) }],
      ConfigurationSetName: "duebell-test",
    });
  });

  it("promises no unsubscribing where there is no link for it", async () => {
    expect(await requestFor(aMessage("email"))).not.toHaveProperty("Content.Simple.Headers");
  });

  it("is answered to where the biller says, under a name of any script", async () => {
    const biller = aBiller({
      email: { from: "বিদ্যুৎ <bills@mail.example.com>", replyTo: "Care, Example <care@example.com>" },
    });
    expect(await requestFor(aMessage("email", { biller }))).toMatchObject({
      FromEmailAddress: `=?UTF-8?B?${Buffer.from("বিদ্যুৎ").toString("base64")}?= <bills@mail.example.com>`,
      ReplyToAddresses: ['"Care, Example" <care@example.com>'],
    });
  });

  const answers: readonly [string, number, object][] = [
    ["TooManyRequestsException", 429, { outcome: "refused-for-now", reason: "throttled" }],
    ["LimitExceededException", 400, { outcome: "refused-for-now", reason: "quota-exceeded" }],
    ["SendingPausedException", 400, { outcome: "refused-for-now", reason: "sending-paused" }],
    ["AccessDeniedException", 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["ExpiredTokenException", 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["AccountSuspendedException", 400, { outcome: "refused", kind: "technical-failure", reason: "account-suspended" }],
    [
      "MailFromDomainNotVerifiedException",
      400,
      { outcome: "refused", kind: "technical-failure", reason: "mail-from-not-verified" },
    ],
    ["MessageRejected", 400, { outcome: "refused", kind: "technical-failure", reason: "message-rejected" }],
    ["BadRequestException", 400, { outcome: "refused", kind: "technical-failure", reason: "invalid-request" }],
    ["NotFoundException", 404, { outcome: "refused", kind: "technical-failure", reason: "not-found" }],
    ["InternalServiceErrorException", 500, { outcome: "unknown", reason: "500-internal-service-error" }],
    ["ServiceUnavailableException", 503, { outcome: "unknown", reason: "503-service-unavailable" }],
    ["TooManyRequestsException", 503, { outcome: "unknown", reason: "503-too-many-requests" }],
  ];
  it.each(answers)("answered with %s (%i) proves just what SES's list says", async (name, status, result) => {
    await using server = await loopback(answering(status, '{"message":"no"}', { "x-amzn-errortype": name }));
    expect(await carrierAt(server.url, 10_000).send(aMessage("email"), neverAborted())).toEqual(result);
    expect(server.seen).toHaveLength(1);
  });

  it("is not sent when the wording is another channel's, or the biller sends no e-mail", async () => {
    await using server = await loopback(answering(200, acceptance));
    const carrier = carrierAt(server.url, 10_000);
    const { email: _, ...withoutEmail } = aBiller();
    expect(await carrier.send(aMessage("sms"), neverAborted())).toMatchObject({ outcome: "refused" });
    expect(await carrier.send(aMessage("email", { biller: withoutEmail }), neverAborted())).toMatchObject({
      outcome: "refused",
    });
    expect(server.seen).toHaveLength(0);
  });

  itMakesOneAttempt({
    carrierAt,
    message: aMessage("email"),
    acceptance,
    serverError: '{"message":"Internal failure"}',
  });
});
