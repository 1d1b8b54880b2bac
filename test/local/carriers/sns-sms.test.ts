import { PublishCommand, type PublishCommandInput } from "@aws-sdk/client-sns";
import { describe, expect, it } from "vitest";
import type { CarrierReport } from "../../../local/carriers/carrier.ts";
import { aHouseOfCarriers, rejectionOf, serve } from "./carriers-harness.ts";

const attribute = (DataType: "String" | "Number", StringValue: string) => ({ DataType, StringValue });

const anSms = (
  attributes: Record<string, { DataType: string; StringValue: string }> = {},
  over: Partial<PublishCommandInput> = {},
): PublishCommand =>
  new PublishCommand({
    PhoneNumber: "+919830012345",
    Message: "Bill Rs. 1249.00 is due 30 Nov. Pay https://pay.example.com/EXPOWR/7Yq2 -EXPOWR",
    MessageAttributes: {
      "AWS.SNS.SMS.SMSType": attribute("String", "Transactional"),
      "AWS.SNS.SMS.SenderID": attribute("String", "EXPOWR"),
      "AWS.SNS.SMS.MaxPrice": attribute("Number", "0.05"),
      "AWS.MM.SMS.EntityId": attribute("String", "1101000000000012345"),
      "AWS.MM.SMS.TemplateId": attribute("String", "1107000000000012345"),
      ...attributes,
    },
    ...over,
  });

const logs = (reports: readonly CarrierReport[]) =>
  reports.map((report) => {
    if (report.kind !== "cloudwatch-logs") throw new Error(`Not a log: ${report.kind}`);
    return { logGroup: report.logGroup, ...JSON.parse(report.message) };
  });

describe("SMS by SNS", () => {
  it("accepts a bill and reports it delivered in the delivery status log a few seconds later", async () => {
    const house = aHouseOfCarriers();
    await using wire = await serve(house.carriers);
    const { MessageId } = await wire.sns.send(anSms());

    const [message] = house.store.find({ channel: "sms" });
    expect(message).toMatchObject({ id: MessageId, to: "+919830012345", status: "accepted" });
    expect(message?.at).toBe("2026-11-21T10:15:30.123Z");
    expect(message?.raw).toMatchObject({ method: "POST", path: "/" });
    expect(message?.raw.body).toContain("Action=Publish");
    expect(message?.raw.headers).not.toHaveProperty("authorization");
    expect(house.carriers.pendingReports()).toBe(1);

    await house.advance(10);
    expect(house.carriers.pendingReports()).toBe(0);
    expect(house.store.get(message?.id ?? "")?.status).toBe("delivered");
    expect(logs(house.reports)).toEqual([
      {
        logGroup: "sns/ap-south-1/111122223333/DirectPublishToPhoneNumber",
        notification: { messageId: MessageId, timestamp: "2026-11-21 10:15:30.123" },
        delivery: {
          phoneCarrier: "Example Carrier",
          mnc: 20,
          mcc: 404,
          numberOfMessageParts: 1,
          destination: "+919830012345",
          priceInUSD: 0.00278,
          smsType: "Transactional",
          providerResponse: "Message has been accepted by phone carrier",
          dwellTimeMs: 599,
          dwellTimeMsUntilDeviceAck: 1344,
        },
        status: "SUCCESS",
      },
    ]);
  });

  it.each([
    ["a number that is not E.164", anSms({}, { PhoneNumber: "9830012345" }), "PhoneNumber Reason: 9830012345"],
    ["a message over 1600 characters", anSms({}, { Message: "x".repeat(1601) }), "Message too long"],
    ["an empty message", anSms({}, { Message: "" }), "Empty message"],
    ["a sender id of two letters", anSms({ "AWS.SNS.SMS.SenderID": attribute("String", "EX") }), "SenderID"],
    ["a sender id without a letter", anSms({ "AWS.SNS.SMS.SenderID": attribute("String", "123456") }), "SenderID"],
    ["a price of nothing", anSms({ "AWS.SNS.SMS.MaxPrice": attribute("Number", "0") }), "MaxPrice"],
    ["an entity id over 50", anSms({ "AWS.MM.SMS.EntityId": attribute("String", "1".repeat(51)) }), "EntityId"],
    ["a template id over 50", anSms({ "AWS.MM.SMS.TemplateId": attribute("String", "1".repeat(51)) }), "TemplateId"],
    ["an unknown SMS type", anSms({ "AWS.SNS.SMS.SMSType": attribute("String", "Service") }), "SMSType"],
    ["a request without a number", anSms({}, { PhoneNumber: undefined }), "TopicArn or TargetArn"],
  ])("refuses %s as InvalidParameter", async (_what, command, told) => {
    const house = aHouseOfCarriers();
    await using wire = await serve(house.carriers);
    const error = await rejectionOf(wire.sns.send(command));
    expect(error.name).toBe("InvalidParameterException");
    expect(error.message).toContain(told);
    expect(error).toMatchObject({ $fault: "client", $metadata: { httpStatusCode: 400 } });
    expect(house.store.find()).toEqual([]);
  });

  it("refuses a number attribute that is no number as ParameterValueInvalid", async () => {
    const house = aHouseOfCarriers();
    await using wire = await serve(house.carriers);
    const error = await rejectionOf(wire.sns.send(anSms({ "AWS.SNS.SMS.MaxPrice": attribute("Number", "cheap") })));
    expect(error.name).toBe("InvalidParameterValueException");
  });

  it.each([
    [
      "the registered text with its holes filled",
      "Bill Rs. {#numeric#}.{#numeric#} is due {#var#}. Pay {#url#} -EXPOWR",
      "SUCCESS",
    ],
    [
      "a text that differs by one space",
      "Bill Rs. {#numeric#}.{#numeric#} is due  {#var#}. Pay {#url#} -EXPOWR",
      "FAILURE",
    ],
    ["a value that is not of the hole's type", "Bill Rs. {#numeric#} is due {#var#}. Pay {#url#} -EXPOWR", "FAILURE"],
  ])("accepts %s and logs the operator's judgment", async (_what, text, status) => {
    const house = aHouseOfCarriers();
    house.carriers.setDltTemplates([{ templateId: "1107000000000012345", text, header: "EXPOWR" }]);
    await using wire = await serve(house.carriers);
    await wire.sns.send(anSms());
    await house.advance(10);
    expect(logs(house.reports)).toMatchObject([{ status }]);
  });

  it.each([
    [
      "an unregistered template id",
      { "AWS.MM.SMS.TemplateId": attribute("String", "1107") },
      "Phone carrier has blocked this message",
    ],
    [
      "another sender than the registered header",
      { "AWS.SNS.SMS.SenderID": attribute("String", "OTHERS") },
      "Phone carrier has blocked this message",
    ],
    [
      "a price below that of its parts",
      { "AWS.SNS.SMS.MaxPrice": attribute("Number", "0.001") },
      "This delivery would exceed max price",
    ],
  ])("accepts %s and fails later in the log", async (_what, attributes, providerResponse) => {
    const house = aHouseOfCarriers();
    const text = "Bill {#var#} is due {#var#}. Pay {#url#} -EXPOWR";
    house.carriers.setDltTemplates([{ templateId: "1107000000000012345", text, header: "EXPOWR" }]);
    await using wire = await serve(house.carriers);
    await wire.sns.send(anSms(attributes));
    await house.advance(10);
    expect(house.store.find()[0]?.status).toBe("failed");
    expect(logs(house.reports)).toMatchObject([
      { logGroup: expect.stringMatching(/\/Failure$/), status: "FAILURE", delivery: { providerResponse, mnc: 0 } },
    ]);
  });

  it("accepts a number that opted out and fails later", async () => {
    const house = aHouseOfCarriers();
    house.carriers.setOptedOutNumbers(["+919830012345"]);
    await using wire = await serve(house.carriers);
    await wire.sns.send(anSms());
    await house.advance(10);
    expect(logs(house.reports)).toMatchObject([{ delivery: { providerResponse: "Phone number is opted out" } }]);
  });

  it("bills a Bengali text by its parts of 67 characters", async () => {
    const house = aHouseOfCarriers();
    await using wire = await serve(house.carriers);
    await wire.sns.send(anSms({}, { Message: "বিল".repeat(24) }));
    await house.advance(10);
    expect(logs(house.reports)).toMatchObject([{ delivery: { numberOfMessageParts: 2, priceInUSD: 0.00556 } }]);
  });

  it("answers its own throttle error, and its own fault after it accepted", async () => {
    const house = aHouseOfCarriers();
    await using wire = await serve(house.carriers);
    house.carriers.setMode("sms", { mode: "throttle" });
    const throttled = await rejectionOf(wire.sns.send(anSms()));
    expect(throttled).toMatchObject({ name: "ThrottledException", $metadata: { httpStatusCode: 429 } });
    expect(house.store.find()).toHaveLength(0);

    house.carriers.setMode("sms", { mode: "error-after-accept" });
    const broken = await rejectionOf(wire.sns.send(anSms()));
    expect(broken).toMatchObject({ name: "InternalErrorException", $metadata: { httpStatusCode: 500 } });
    expect(house.store.find()).toHaveLength(1);
  });

  it("refuses at once with a code that its interface knows, and otherwise reports the failure later", async () => {
    const house = aHouseOfCarriers();
    await using wire = await serve(house.carriers);
    house.carriers.setMode("sms", { mode: "fail", reason: "AuthorizationErrorException" });
    expect((await rejectionOf(wire.sns.send(anSms()))).name).toBe("AuthorizationErrorException");

    house.carriers.setMode("sms", { mode: "fail", reason: "Phone has blocked SMS" });
    await wire.sns.send(anSms());
    await house.advance(10);
    expect(logs(house.reports)).toMatchObject([{ delivery: { providerResponse: "Phone has blocked SMS" } }]);
  });
});
