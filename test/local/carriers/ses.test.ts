import { SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { describe, expect, it } from "vitest";
import type { CarrierReport } from "../../../local/carriers/carrier.ts";
import { aHouseOfCarriers, rejectionOf, serve } from "./carriers-harness.ts";

const unsubscribe = [
  { Name: "List-Unsubscribe", Value: "<https://pay.example.com/unsubscribe/abc>" },
  { Name: "List-Unsubscribe-Post", Value: "List-Unsubscribe=One-Click" },
];

const aHouseWithSes = () => {
  const house = aHouseOfCarriers();
  house.carriers.setEmailIdentities(["mail.example.com", "one@example.org"]);
  house.carriers.setConfigurationSets(["bills"]);
  return house;
};

type Simple = NonNullable<NonNullable<SendEmailCommandInput["Content"]>["Simple"]>;

const anEmail = (over: Partial<SendEmailCommandInput> = {}, simple: Partial<Simple> = {}): SendEmailCommand =>
  new SendEmailCommand({
    FromEmailAddress: '"Example Power" <bills@mail.example.com>',
    Destination: { ToAddresses: ["asha@example.org"] },
    Content: {
      Simple: {
        Subject: { Data: "আপনার বিল", Charset: "UTF-8" },
        Body: { Text: { Data: "Pay: https://pay.example.com/EXPOWR/7Yq2" }, Html: { Data: "<p>Pay</p>" } },
        Headers: unsubscribe,
        ...simple,
      },
    },
    EmailTags: [{ Name: "dispatchId", Value: "17Yq2_issued_0" }],
    ConfigurationSetName: "bills",
    ...over,
  });

const events = (reports: readonly CarrierReport[]) =>
  reports.map((report) => {
    if (report.kind !== "eventbridge") throw new Error(`Not an event: ${report.kind}`);
    return report.entry;
  });

describe("e-mail by SES v2", () => {
  it("accepts a bill and puts Send and Delivery on the default bus with the tags", async () => {
    const house = aHouseWithSes();
    await using wire = await serve(house.carriers);
    const { MessageId } = await wire.ses.send(anEmail());
    expect(MessageId).toMatch(/^[0-9a-f]{16}(-[0-9a-f]{4,12}){5}-000000$/);
    expect(house.store.find({ address: "ASHA@example.org" })).toMatchObject([
      {
        id: MessageId,
        channel: "email",
        subject: "আপনার বিল",
        text: "Pay: https://pay.example.com/EXPOWR/7Yq2",
        html: "<p>Pay</p>",
        key: "17Yq2_issued_0",
        status: "accepted",
      },
    ]);

    await house.advance(10);
    const [sent, delivered, ...more] = events(house.reports);
    expect(more).toEqual([]);
    expect(sent).toMatchObject({
      source: "aws.ses",
      detailType: "Email Sent",
      detail: { eventType: "Send", send: {} },
      resources: ["arn:aws:ses:ap-south-1:111122223333:configuration-set/bills"],
    });
    expect(delivered?.detailType).toBe("Email Delivered");
    expect(delivered?.detail).toEqual({
      eventType: "Delivery",
      delivery: {
        timestamp: "2026-11-21T10:15:33.123Z",
        processingTimeMillis: 3000,
        recipients: ["asha@example.org"],
        smtpResponse: "250 2.6.0 Message received",
        reportingMTA: "a1-10.smtp-out.ap-south-1.amazonses.com",
      },
      mail: {
        timestamp: "2026-11-21T10:15:30.123Z",
        source: '"Example Power" <bills@mail.example.com>',
        sourceArn: "arn:aws:ses:ap-south-1:111122223333:identity/mail.example.com",
        sendingAccountId: "111122223333",
        messageId: MessageId,
        destination: ["asha@example.org"],
        headersTruncated: false,
        headers: expect.arrayContaining([{ name: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" }]),
        commonHeaders: {
          from: ['"Example Power" <bills@mail.example.com>'],
          to: ["asha@example.org"],
          messageId: MessageId,
          subject: "আপনার বিল",
        },
        tags: {
          "ses:operation": ["SendEmail"],
          "ses:configuration-set": ["bills"],
          "ses:source-ip": ["192.0.2.10"],
          "ses:from-domain": ["mail.example.com"],
          "ses:caller-identity": ["duebell"],
          dispatchId: ["17Yq2_issued_0"],
        },
      },
    });
    expect(house.store.get(MessageId ?? "")?.status).toBe("delivered");
  });

  it.each<[what: string, command: SendEmailCommand, name: string, told: string]>([
    ["an unverified sender", anEmail({ FromEmailAddress: "bills@example.net" }), "MessageRejected", "not verified"],
    [
      "another address of a domain of which one is verified",
      anEmail({ FromEmailAddress: "two@example.org" }),
      "MessageRejected",
      "not verified",
    ],
    [
      "an unknown configuration set",
      anEmail({ ConfigurationSetName: "nowhere" }),
      "NotFoundException",
      "Configuration set <nowhere>",
    ],
    [
      "a header value with a line break",
      anEmail({}, { Headers: [{ Name: "X-A", Value: "a\r\nBcc: b@example.org" }] }),
      "BadRequestException",
      "X-A",
    ],
    [
      "a header name with a colon",
      anEmail({}, { Headers: [{ Name: "X:A", Value: "a" }] }),
      "BadRequestException",
      "X:A",
    ],
    [
      "sixteen headers",
      anEmail({}, { Headers: Array.from({ length: 16 }, (_, n) => ({ Name: `X-${n}`, Value: "a" })) }),
      "BadRequestException",
      "15",
    ],
    ["a tag with a dot", anEmail({ EmailTags: [{ Name: "dispatchId", Value: "a.b" }] }), "BadRequestException", "a.b"],
    [
      "a recipient that is no address",
      anEmail({ Destination: { ToAddresses: ["asha"] } }),
      "BadRequestException",
      "@domain",
    ],
    [
      "a recipient outside ASCII",
      anEmail({ Destination: { ToAddresses: ["আশা@example.org"] } }),
      "BadRequestException",
      "ASCII",
    ],
    ["no recipient", anEmail({ Destination: {} }), "BadRequestException", "recipient"],
    ["no body", anEmail({}, { Body: {} }), "BadRequestException", "Body"],
  ])("refuses %s", async (_what, command, name, told) => {
    const house = aHouseWithSes();
    await using wire = await serve(house.carriers);
    const error = await rejectionOf(wire.ses.send(command));
    expect(error.name).toBe(name);
    expect(error.message).toContain(told);
    expect(house.store.find()).toEqual([]);
  });

  it.each([
    ["bounce@simulator.amazonses.com", ["Send", "Bounce"], "failed"],
    ["complaint+7@simulator.amazonses.com", ["Send", "Delivery", "Complaint"], "delivered"],
    ["success@simulator.amazonses.com", ["Send", "Delivery"], "delivered"],
    ["suppressionlist@simulator.amazonses.com", ["Send", "Bounce"], "failed"],
  ])("plays the mailbox simulator's %s", async (address, types, status) => {
    const house = aHouseWithSes();
    await using wire = await serve(house.carriers);
    await wire.ses.send(anEmail({ Destination: { ToAddresses: [address] } }));
    await house.advance(10);
    expect(events(house.reports).map(({ detail: { eventType } }) => eventType)).toEqual(types);
    expect(house.store.find()[0]?.status).toBe(status);
  });

  it("accepts a suppressed address and bounces it as on the account's suppression list", async () => {
    const house = aHouseWithSes();
    house.carriers.setSuppressedEmails(["Asha@Example.org"]);
    await using wire = await serve(house.carriers);
    await wire.ses.send(anEmail());
    await house.advance(10);
    expect(events(house.reports).at(-1)?.detail).toMatchObject({
      eventType: "Bounce",
      bounce: { bounceType: "Permanent", bounceSubType: "OnAccountSuppressionList" },
    });
  });

  it("reports nothing for an e-mail that names no configuration set", async () => {
    const house = aHouseWithSes();
    await using wire = await serve(house.carriers);
    const { MessageId = "" } = await wire.ses.send(anEmail({ ConfigurationSetName: undefined }));
    expect(house.carriers.pendingReports()).toBe(0);
    const error = await rejectionOf(house.carriers.report(MessageId, "delivered"));
    expect(error.message).toContain("configuration set");
  });

  it("lets a domain's subdomain send", async () => {
    const house = aHouseWithSes();
    await using wire = await serve(house.carriers);
    await wire.ses.send(anEmail({ FromEmailAddress: "bills@in.mail.example.com" }));
    expect(house.store.find()).toHaveLength(1);
  });

  it("answers its own throttle error, and refuses with a code that its interface knows", async () => {
    const house = aHouseWithSes();
    await using wire = await serve(house.carriers);
    house.carriers.setMode("email", { mode: "throttle" });
    expect(await rejectionOf(wire.ses.send(anEmail()))).toMatchObject({
      name: "TooManyRequestsException",
      $metadata: { httpStatusCode: 429 },
    });
    house.carriers.setMode("email", { mode: "fail", reason: "SendingPausedException" });
    expect((await rejectionOf(wire.ses.send(anEmail()))).name).toBe("SendingPausedException");
    house.carriers.setMode("email", { mode: "error-after-accept" });
    expect(await rejectionOf(wire.ses.send(anEmail()))).toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(house.store.find()).toHaveLength(1);
  });

  it.each([
    ["MailboxFull", { bounceType: "Transient", bounceSubType: "MailboxFull" }],
    ["no such person", { bounceType: "Permanent", bounceSubType: "General" }],
    [undefined, { bounceType: "Permanent", bounceSubType: "General" }],
  ])("bounces later for the reason %s", async (reason, bounce) => {
    const house = aHouseWithSes();
    house.carriers.setMode("email", { mode: "fail", ...(reason === undefined ? {} : { reason }) });
    await using wire = await serve(house.carriers);
    await wire.ses.send(anEmail());
    await house.advance(10);
    expect(events(house.reports).at(-1)?.detail).toMatchObject({ eventType: "Bounce", bounce });
  });

  it("tells an opened e-mail as an Open event when an operator says it was read", async () => {
    const house = aHouseWithSes();
    house.carriers.setMode("email", { mode: "silent" });
    await using wire = await serve(house.carriers);
    const { MessageId = "" } = await wire.ses.send(anEmail());
    await house.carriers.report(MessageId, "read");
    expect(events(house.reports)).toMatchObject([
      { detailType: "Email Opened", detail: { eventType: "Open", mail: { tags: { dispatchId: ["17Yq2_issued_0"] } } } },
    ]);
    expect(house.store.get(MessageId)?.status).toBe("read");
  });
});
