import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CarrierRequest } from "../../../local/carriers/carrier.ts";
import { aHouseWithWhatsApp, aTemplateMessage } from "./whatsapp-harness.ts";

const paths: Readonly<Record<CarrierRequest["service"], string>> = {
  sns: "/",
  "sms-voice": "/",
  ses: "/v2/email/outbound-emails",
  whatsapp: "/v24.0/200000000000001/messages",
  "social-messaging": "/v1/whatsapp/send",
};

const status = async (service: CarrierRequest["service"], body: string): Promise<number> => {
  const { carriers } = aHouseWithWhatsApp();
  carriers.linkSocialNumbers(["phone-number-id-0a1b"]);
  const answer = await carriers.handle({
    service,
    method: "POST",
    path: paths[service],
    query: new URLSearchParams(),
    headers: { Authorization: "Bearer token-1", "x-amz-target": "PinpointSMSVoiceV2.SendTextMessage" },
    body: Buffer.from(body),
  });
  return answer === "hang" ? 0 : answer.status;
};

describe("a carrier", () => {
  it.each(Object.keys(paths) as CarrierRequest["service"][])(
    "answers %s requests of any content with a refusal of its own",
    async (service) => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (body) => {
          expect(await status(service, body)).toBeGreaterThanOrEqual(400);
        }),
        { numRuns: 100 },
      );
    },
  );

  it("answers a WhatsApp message with any value in any field", async () => {
    const fields = ["to", "type", "template", "recipient_type", "biz_opaque_callback_data", "messaging_product"];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue(), async (field, value) => {
        expect([200, 400, 404]).toContain(
          await status("whatsapp", JSON.stringify(aTemplateMessage({ [field]: value }))),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("answers a WhatsApp message of any content by End User Messaging Social with a refusal of its own", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ minLength: 1 }), fc.json()), async (meta) => {
        const message = Buffer.from(meta).toString("base64");
        const body = { originationPhoneNumberId: "phone-number-id-0a1b", message, metaApiVersion: "v24.0" };
        expect([400, 403, 404]).toContain(await status("social-messaging", JSON.stringify(body)));
      }),
      { numRuns: 100 },
    );
  });

  it("answers an SMS with any value in any field", async () => {
    const fields = ["DestinationPhoneNumber", "MessageBody", "OriginationIdentity", "Context", "MaxPrice", "DryRun"];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...fields), fc.jsonValue(), async (field, value) => {
        const body = { DestinationPhoneNumber: "+919830012345", MessageBody: "Hello", [field]: value };
        expect(await status("sms-voice", JSON.stringify(body))).toBe(400);
      }),
      { numRuns: 200 },
    );
  });

  it("answers a WhatsApp template with any components", async () => {
    const component = fc.record(
      {
        type: fc.oneof(fc.constantFrom("body", "header", "button"), fc.jsonValue()),
        index: fc.jsonValue(),
        sub_type: fc.jsonValue(),
        parameters: fc.oneof(
          fc.array(fc.record({ type: fc.constantFrom("text", "currency"), text: fc.jsonValue() })),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: ["type"] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(component), async (components) => {
        expect(await status("whatsapp", JSON.stringify(aTemplateMessage({}, { components })))).toBe(400);
      }),
      { numRuns: 200 },
    );
  });

  it("is not upset by an object that brings its own toString", async () => {
    expect(
      await status("whatsapp", '{"messaging_product":"whatsapp","to":{"toString":1},"type":"template","template":{}}'),
    ).toBe(400);
  });
});
