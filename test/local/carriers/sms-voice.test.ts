import { SendTextMessageCommand, type SendTextMessageCommandInput } from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { describe, expect, it } from "vitest";
import type { CarrierReport } from "../../../local/carriers/carrier.ts";
import { aHouseOfCarriers, rejectionOf, serve, start } from "./carriers-harness.ts";

const anSms = (over: Partial<SendTextMessageCommandInput> = {}): SendTextMessageCommand =>
  new SendTextMessageCommand({
    DestinationPhoneNumber: "+919830012345",
    OriginationIdentity: "EXPOWR",
    MessageBody: "Dear Asha, bill INR 1249.00 is due.",
    MessageType: "TRANSACTIONAL",
    ConfigurationSetName: "duebell-test",
    Context: { dispatchId: "17Yq2abcdefgh_issued_1" },
    ...over,
  });

const aHouse = () => {
  const house = aHouseOfCarriers();
  house.carriers.setOriginationIdentities(["EXPOWR"]);
  house.carriers.setSmsConfigurationSets(["duebell-test"]);
  return house;
};

const details = (reports: readonly CarrierReport[]): readonly Readonly<Record<string, unknown>>[] =>
  reports.map((report) => {
    if (report.kind !== "eventbridge") throw new Error(`Not an event: ${report.kind}`);
    return report.entry.detail;
  });

describe("an SMS by End User Messaging", () => {
  it("is accepted, kept as it came over the wire, and reported first by the carrier and then by the phone", async () => {
    const house = aHouse();
    await using wire = await serve(house.carriers);
    const { MessageId } = await wire.smsVoice.send(anSms());
    const [message] = house.store.find();
    expect(message).toMatchObject({
      id: MessageId,
      channel: "sms",
      service: "sms-voice",
      to: "+919830012345",
      text: "Dear Asha, bill INR 1249.00 is due.",
      key: "17Yq2abcdefgh_issued_1",
      status: "accepted",
    });
    expect(JSON.parse(message?.raw.body ?? "")).toMatchObject({ OriginationIdentity: "EXPOWR" });
    await house.advance(10);
    expect(house.reports).toMatchObject([
      { entry: { source: "aws.sms-voice", detailType: "Text Message Delivery Status Updated", resources: [] } },
      { kind: "eventbridge" },
    ]);
    const common = { messageId: MessageId, context: { dispatchId: "17Yq2abcdefgh_issued_1" }, messageEncoding: "GSM" };
    expect(details(house.reports)).toMatchObject([
      { ...common, eventType: "TEXT_SUCCESSFUL", isFinal: false, eventTimestamp: start + 1000 },
      { ...common, eventType: "TEXT_DELIVERED", isFinal: true, eventTimestamp: start + 4000 },
    ]);
    expect(house.store.get(MessageId ?? "")?.status).toBe("delivered");
  });

  it("to a number that opted out is refused at once, and nothing is kept", async () => {
    const house = aHouse();
    house.carriers.setOptedOutNumbers(["+919830012345"]);
    await using wire = await serve(house.carriers);
    expect(await rejectionOf(wire.smsVoice.send(anSms()))).toMatchObject({
      name: "ConflictException",
      Reason: "DESTINATION_PHONE_NUMBER_OPTED_OUT",
    });
    expect(house.store.find()).toEqual([]);
  });

  it("as a dry run is checked and answered, and reaches nobody", async () => {
    const house = aHouse();
    await using wire = await serve(house.carriers);
    expect((await wire.smsVoice.send(anSms({ DryRun: true }))).MessageId).toMatch(/^[0-9a-f-]{36}$/);
    await house.advance(60);
    expect([house.store.find(), house.reports]).toEqual([[], []]);
    const dear = anSms({ DryRun: true, MaxPrice: "0.001" });
    expect(await rejectionOf(wire.smsVoice.send(dear))).toMatchObject({ Reason: "PRICE_OVER_THRESHOLD" });
  });

  it.each<[string, Partial<SendTextMessageCommandInput>, string, string | undefined]>([
    ["over its price", { MaxPrice: "0.001" }, "ValidationException", "PRICE_OVER_THRESHOLD"],
    ["without a text", { MessageBody: "" }, "ValidationException", "FIELD_VALIDATION_FAILED"],
    ["too long", { MessageBody: "x".repeat(1601) }, "ValidationException", "FIELD_VALIDATION_FAILED"],
    ["to no number", { DestinationPhoneNumber: "12 34" }, "ValidationException", "FIELD_VALIDATION_FAILED"],
    ["that lives too briefly", { TimeToLive: 4 }, "ValidationException", "FIELD_VALIDATION_FAILED"],
    ["at no price", { MaxPrice: "cheap" }, "ValidationException", "FIELD_VALIDATION_FAILED"],
    [
      "with too much context",
      { Context: Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((key) => [key, "1"])) },
      "ValidationException",
      "FIELD_VALIDATION_FAILED",
    ],
    ["from an unknown sender", { OriginationIdentity: "NOBODY" }, "ResourceNotFoundException", undefined],
    ["under an unknown set", { ConfigurationSetName: "other" }, "ResourceNotFoundException", undefined],
  ])("%s is refused", async (_title, over, name, reason) => {
    const house = aHouse();
    await using wire = await serve(house.carriers);
    const refusal = await rejectionOf(wire.smsVoice.send(anSms(over)));
    expect([refusal.name, refusal.Reason]).toEqual([name, reason]);
  });

  it("that India's operators do not know is accepted and blocked later", async () => {
    const house = aHouse();
    house.carriers.setDltTemplates([
      { templateId: "1107", entityId: "1101", header: "EXPOWR", text: "Dear {#var#}, bill {#var#} is due." },
    ]);
    await using wire = await serve(house.carriers);
    const registered = { IN_ENTITY_ID: "1101", IN_TEMPLATE_ID: "1107" };
    await wire.smsVoice.send(anSms({ DestinationCountryParameters: registered }));
    await wire.smsVoice.send(anSms({ DestinationCountryParameters: registered, MessageBody: "Pay now!" }));
    await house.advance(10);
    expect(house.store.find().map(({ status }) => status)).toEqual(["delivered", "failed"]);
    expect(details(house.reports).map(({ eventType }) => eventType)).toContain("TEXT_CARRIER_BLOCKED");
  });

  it.each([
    ["an error of its own", "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION", "ConflictException"],
    ["an error's name", "ThrottlingException", "ThrottlingException"],
  ])("fails at once where the reason is %s", async (_title, reason, name) => {
    const house = aHouse();
    house.carriers.setMode("sms", { mode: "fail", reason });
    await using wire = await serve(house.carriers);
    expect((await rejectionOf(wire.smsVoice.send(anSms()))).name).toBe(name);
    expect(house.store.find()).toEqual([]);
  });

  it.each([
    ["TEXT_INVALID", "TEXT_INVALID", "Invalid phone number"],
    ["TTL_EXPIRED", "TEXT_TTL_EXPIRED", "Message TTL has expired"],
    ["battery empty", "TEXT_UNREACHABLE", "battery empty"],
  ])("fails later where the reason is %s", async (reason, eventType, messageStatusDescription) => {
    const house = aHouse();
    house.carriers.setMode("sms", { mode: "fail", reason });
    await using wire = await serve(house.carriers);
    await wire.smsVoice.send(anSms());
    await house.advance(10);
    expect(details(house.reports).at(-1)).toMatchObject({ eventType, messageStatusDescription, isFinal: true });
    expect(house.store.find()[0]?.status).toBe("failed");
  });

  it("is throttled and broken in the service's own words", async () => {
    const house = aHouse();
    await using wire = await serve(house.carriers);
    house.carriers.setMode("sms", { mode: "throttle" });
    expect((await rejectionOf(wire.smsVoice.send(anSms()))).name).toBe("ThrottlingException");
    house.carriers.setMode("sms", { mode: "error-after-accept" });
    expect((await rejectionOf(wire.smsVoice.send(anSms()))).name).toBe("InternalServerException");
    expect(house.store.find()).toHaveLength(1);
  });

  it("is reported on when asked, but never as read", async () => {
    const house = aHouse();
    house.carriers.setMode("sms", { mode: "silent" });
    await using wire = await serve(house.carriers);
    const { MessageId = "" } = await wire.smsVoice.send(anSms());
    await house.carriers.report(MessageId, "failed", "TEXT_SPAM");
    expect(details(house.reports)).toMatchObject([{ eventType: "TEXT_SPAM" }]);
    expect(await rejectionOf(house.carriers.report(MessageId, "read"))).toMatchObject({ fields: [{ path: "status" }] });
  });
});
