import { SendWhatsAppMessageCommand } from "@aws-sdk/client-socialmessaging";
import { describe, expect, it } from "vitest";
import type { CarrierReport } from "../../../local/carriers/carrier.ts";
import { rejectionOf, serve } from "./carriers-harness.ts";
import { aHouseWithWhatsApp, aTemplateMessage } from "./whatsapp-harness.ts";

const numberId = "phone-number-id-0123456789abcdef0123456789abcdef";
const numberArn = "arn:aws:social-messaging:ap-south-1:111122223333:phone-number-id/0123456789abcdef0123456789abcdef";

const aMessage = (body: unknown = aTemplateMessage(), originationPhoneNumberId = numberId) =>
  new SendWhatsAppMessageCommand({
    originationPhoneNumberId,
    message: new TextEncoder().encode(JSON.stringify(body)),
    metaApiVersion: "v24.0",
  });

const aHouse = () => {
  const house = aHouseWithWhatsApp();
  house.carriers.linkSocialNumbers([numberId]);
  return house;
};

type Value = {
  readonly metadata: { readonly phone_number_id: string };
  readonly statuses: readonly Readonly<Record<string, unknown>>[];
  readonly messages: readonly Readonly<Record<string, unknown>>[];
  readonly user_preferences: readonly Readonly<Record<string, unknown>>[];
};

/** The notifications among the reports, read twice as a receiver must. */
const told = (reports: readonly CarrierReport[]) =>
  reports.map((report) => {
    if (report.kind !== "sns-topic") throw new Error(`Not a notification: ${report.kind}`);
    const { whatsAppWebhookEntry, ...envelope } = JSON.parse(report.message);
    const [change] = JSON.parse(whatsAppWebhookEntry).changes;
    return { service: report.service, envelope, field: change.field as string, value: change.value as Value };
  });

describe("a WhatsApp message by End User Messaging Social", () => {
  it("is accepted under an id of AWS's, and reported under one of Meta's in an entry within the notification", async () => {
    const house = aHouse();
    await using wire = await serve(house.carriers);
    const { messageId } = await wire.social.send(aMessage());
    expect(messageId).toMatch(/^[0-9a-f-]{36}$/);
    expect(house.store.find()).toMatchObject([
      {
        id: messageId,
        channel: "whatsapp",
        service: "social-messaging",
        to: "+919830012345",
        text: expect.stringContaining("https://pay.example.com/EXPOWR/17Yq2abcdefgh"),
        key: "17Yq2abcdefgh_issued_0",
        template: { name: "bill_due_v1" },
      },
    ]);
    await house.advance(10);
    const reports = told(house.reports);
    expect(reports.map(({ value }) => value.statuses[0])).toMatchObject([
      { status: "sent", biz_opaque_callback_data: "17Yq2abcdefgh_issued_0", recipient_id: "919830012345" },
      { status: "delivered", biz_opaque_callback_data: "17Yq2abcdefgh_issued_0" },
    ]);
    const [first, second] = reports.map(({ value }) => value.statuses[0]?.["id"]);
    expect([first, second]).toEqual([expect.stringMatching(/^wamid\./), first]);
    const [metaId] = reports.map(({ value }) => value.metadata.phone_number_id);
    expect(reports[0]?.envelope).toMatchObject({
      aws_account_id: "111122223333",
      message_timestamp: "2026-11-21T10:15:31.123000000Z",
      context: { MetaPhoneNumberIds: [{ metaPhoneNumberId: metaId, arn: numberArn }] },
    });
    expect(house.store.find()[0]?.status).toBe("delivered");
  });

  it("may name its number by ARN", async () => {
    const house = aHouse();
    await using wire = await serve(house.carriers);
    expect((await wire.social.send(aMessage(aTemplateMessage(), numberArn))).messageId).toBeDefined();
  });

  it.each<[string, SendWhatsAppMessageCommand, string]>([
    [
      "from a number that is not linked",
      aMessage(aTemplateMessage(), "phone-number-id-0000"),
      "ResourceNotFoundException",
    ],
    ["that Meta does not understand", aMessage({ messaging_product: "whatsapp" }), "InvalidParametersException"],
    [
      "with a template Meta does not know",
      aMessage(aTemplateMessage({}, { name: "other" })),
      "InvalidParametersException",
    ],
    ["that is no JSON", aMessage("text"), "InvalidParametersException"],
  ])("%s is refused", async (_title, command, name) => {
    const house = aHouse();
    await using wire = await serve(house.carriers);
    expect((await rejectionOf(wire.social.send(command))).name).toBe(name);
    expect(house.store.find()).toEqual([]);
  });

  it.each([
    ["131056", "ThrottledRequestException"],
    ["131031", "AccessDeniedByMetaException"],
    ["131016", "DependencyException"],
    ["InternalServiceException", "InternalServiceException"],
  ])("that is to fail with %s is refused as %s", async (reason, name) => {
    const house = aHouse();
    house.carriers.setMode("whatsapp", { mode: "fail", reason });
    await using wire = await serve(house.carriers);
    expect((await rejectionOf(wire.social.send(aMessage()))).name).toBe(name);
  });

  it("is throttled and broken in the service's own words, and fails later with Meta's code", async () => {
    const house = aHouse();
    await using wire = await serve(house.carriers);
    house.carriers.setMode("whatsapp", { mode: "throttle" });
    expect((await rejectionOf(wire.social.send(aMessage()))).name).toBe("ThrottledRequestException");
    house.carriers.setMode("whatsapp", { mode: "error-after-accept" });
    expect((await rejectionOf(wire.social.send(aMessage()))).name).toBe("InternalServiceException");
    expect(house.store.find()).toHaveLength(1);
    house.carriers.setMode("whatsapp", { mode: "fail", reason: "131026" });
    await wire.social.send(aMessage());
    await house.advance(10);
    const last = told(house.reports).at(-1)?.value.statuses[0];
    expect(last).toMatchObject({ status: "failed", errors: [{ code: 131026 }] });
  });
});

describe("a customer's answer", () => {
  it("comes in the form of the service that sent the newest message", async () => {
    const house = aHouse();
    house.carriers.setMode("whatsapp", { mode: "silent" });
    await using wire = await serve(house.carriers);
    await wire.social.send(aMessage());
    await house.carriers.reply("whatsapp", "+919830012345", { text: "STOP" });
    await house.carriers.reply("whatsapp", "+919830012345", { preference: "resume" });
    expect(told(house.reports)).toMatchObject([
      { field: "messages", value: { messages: [{ from: "919830012345", type: "text", text: { body: "STOP" } }] } },
      {
        field: "user_preferences",
        value: {
          user_preferences: [
            { wa_id: "919830012345", value: "resume", category: "marketing_messages", timestamp: expect.any(Number) },
          ],
        },
      },
    ]);
  });

  it("needs a message that can be answered", async () => {
    const house = aHouse();
    const reply = (channel: "sms" | "whatsapp") => house.carriers.reply(channel, "+919830012345", { text: "STOP" });
    expect(await rejectionOf(reply("whatsapp"))).toMatchObject({ code: "not-found" });
    expect(await rejectionOf(reply("sms"))).toMatchObject({ code: "not-found" });
  });
});
