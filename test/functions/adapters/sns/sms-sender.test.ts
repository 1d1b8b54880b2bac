import { describe, expect, it } from "vitest";
import { snsSmsSender } from "../../../../functions/adapters/sns/sms-sender.ts";
import { aBiller } from "../../../support/builders.ts";
import { itIsACarrier } from "../carrier-contract.ts";
import { answering, connectionTo, loopback } from "../loopback.ts";
import { aMessage } from "../messages.ts";
import { itMakesOneAttempt } from "../one-attempt.ts";

const carrierAt = (url: string, timeoutMs: number) => snsSmsSender({ timeoutMs, connection: connectionTo(url) });
const neverAborted = (): AbortSignal => new AbortController().signal;

const acceptance =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult><MessageId>567910cd-659e-55d4-8ccb-5aaf14679dc0</MessageId></PublishResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></PublishResponse>';

const error = (code: string, type = "Sender") =>
  `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>${type}</Type><Code>${code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>`;

const answeringError = (status: number, code: string) => answering(status, error(code), { "content-type": "text/xml" });

describe("an SMS by SNS", () => {
  it("goes to the number as transactional, under the biller's sender id and registered ids, at its price at most", async () => {
    await using server = await loopback(answering(200, acceptance));
    const result = await carrierAt(server.url, 10_000).send(aMessage("sms"), neverAborted());
    expect(result).toEqual({ outcome: "accepted", providerReference: "567910cd-659e-55d4-8ccb-5aaf14679dc0" });
    const form = Object.fromEntries(new URLSearchParams(server.seen[0]?.body));
    expect(form).toMatchObject({
      Action: "Publish",
      PhoneNumber: "+919830012345",
      Message: expect.stringContaining("Rs. 1,249.00"),
    });
    const attributes = Object.fromEntries(
      [1, 2, 3, 4, 5].map((n) => [
        form[`MessageAttributes.entry.${n}.Name`],
        `${form[`MessageAttributes.entry.${n}.Value.DataType`]} ${form[`MessageAttributes.entry.${n}.Value.StringValue`]}`,
      ]),
    );
    expect(attributes).toEqual({
      "AWS.SNS.SMS.SMSType": "String Transactional",
      "AWS.SNS.SMS.SenderID": "String EXPOWR",
      "AWS.SNS.SMS.MaxPrice": "Number 0.05",
      "AWS.MM.SMS.EntityId": "String 1101000000000000001",
      "AWS.MM.SMS.TemplateId": "String 1107000000000000001",
    });
  });

  it("carries only what the biller has: no sender id, no registered text", async () => {
    await using server = await loopback(answering(200, acceptance));
    await carrierAt(server.url, 10_000).send(
      aMessage("sms", { biller: aBiller({ sms: { provider: "sns" } }) }),
      neverAborted(),
    );
    const names = [...new URLSearchParams(server.seen[0]?.body)]
      .filter(([name]) => name.endsWith(".Name"))
      .map(([, value]) => value);
    expect(names).toEqual(["AWS.SNS.SMS.SMSType"]);
  });

  const answers: readonly [string, number, object][] = [
    ["Throttled", 429, { outcome: "refused-for-now", reason: "throttled" }],
    ["Throttling", 400, { outcome: "refused-for-now", reason: "throttled" }],
    ["AuthorizationError", 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["InvalidClientTokenId", 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["SignatureDoesNotMatch", 403, { outcome: "refused-for-now", reason: "not-authorized" }],
    ["InvalidParameter", 400, { outcome: "refused", kind: "permanent-failure", reason: "invalid-parameter" }],
    ["ParameterValueInvalid", 400, { outcome: "refused", kind: "permanent-failure", reason: "invalid-parameter" }],
    ["OptedOut", 400, { outcome: "refused", kind: "permanent-failure", reason: "opted-out", suppress: "opted-out" }],
    ["UserError", 400, { outcome: "refused", kind: "technical-failure", reason: "user-error" }],
    ["InternalError", 500, { outcome: "unknown", reason: "500-internal-error" }],
    ["ServiceUnavailable", 503, { outcome: "unknown", reason: "503-service-unavailable" }],
    ["SomethingNew", 400, { outcome: "unknown", reason: "400-something-new" }],
    ["Throttled", 500, { outcome: "unknown", reason: "500-throttled" }],
    ["constructor", 400, { outcome: "unknown", reason: "400-constructor" }],
  ];
  it.each(answers)("answered with %s (%i) proves just what SNS's list says", async (code, status, result) => {
    await using server = await loopback(answeringError(status, code));
    expect(await carrierAt(server.url, 10_000).send(aMessage("sms"), neverAborted())).toEqual(result);
    expect(server.seen).toHaveLength(1);
  });

  it("goes out under the account's own settings for a biller that has none", async () => {
    const { sms: _, ...withoutSettings } = aBiller();
    await using server = await loopback(answering(200, acceptance));
    const result = await carrierAt(server.url, 10_000).send(
      aMessage("sms", { biller: withoutSettings }),
      neverAborted(),
    );
    expect(result).toMatchObject({ outcome: "accepted" });
  });

  itIsACarrier({
    carrierAt,
    message: aMessage("sms"),
    notIts: [
      aMessage("whatsapp"),
      aMessage("sms", { biller: aBiller({ sms: { provider: "end-user-messaging", originationIdentity: "EXPOWR" } }) }),
    ],
    acceptance: { answer: answering(200, acceptance), providerReference: "567910cd-659e-55d4-8ccb-5aaf14679dc0" },
    throttle: answeringError(429, "Throttled"),
    refusals: {
      forGood: [answeringError(400, "InvalidParameter"), answeringError(400, "OptedOut")],
      unauthorized: answeringError(403, "AuthorizationError"),
    },
    unheardOf: answeringError(400, "SomethingNew"),
    throttleAt500: answeringError(500, "Throttled"),
  });

  itMakesOneAttempt({
    carrierAt,
    message: aMessage("sms"),
    acceptance,
    serverError: error("InternalError", "Receiver"),
  });
});
