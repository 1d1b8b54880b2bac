import { describe, expect, it } from "vitest";
import { serve, start } from "./carriers-harness.ts";
import {
  aHouseWithWhatsApp,
  aTemplateMessage,
  idOf,
  post,
  someComponents,
  statuses,
  webhooks,
} from "./whatsapp-harness.ts";

const at = (seconds: number): string => String(Math.floor((start + seconds * 1000) / 1000));

describe("WhatsApp by the Cloud API", () => {
  it("lets billers share a number, each by its own token, and tells each of its own messages", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setWhatsAppAccount({
      biller: "second-biller",
      phoneNumberId: "200000000000001",
      accessToken: "token-3",
      wabaId: "100000000000001",
    });
    await using wire = await serve(house.carriers);
    expect((await post(wire.endpoint, aTemplateMessage())).status).toBe(200);
    expect((await post(wire.endpoint, aTemplateMessage(), { token: "token-3" })).status).toBe(200);
    expect((await post(wire.endpoint, aTemplateMessage(), { token: "token-2" })).status).toBe(400);
    await house.advance(10);
    const told = webhooks(house.reports).map(({ biller }) => biller);
    expect(told).toEqual(["example-power", "second-biller", "example-power", "second-biller"]);
  });

  it("accepts a template and tells sent and delivered by one webhook each", async () => {
    const house = aHouseWithWhatsApp();
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, aTemplateMessage());
    const id = idOf(answer);
    expect(answer).toEqual({
      status: 200,
      body: {
        messaging_product: "whatsapp",
        contacts: [{ input: "+919830012345", wa_id: "919830012345" }],
        messages: [{ id: expect.stringMatching(/^wamid\.[A-Za-z0-9+/=]+$/), message_status: "accepted" }],
      },
    });
    expect(house.carriers.pendingReports()).toBe(2);

    await house.advance(2);
    expect(house.store.get(id)?.status).toBe("accepted");
    await house.advance(8);
    expect(house.store.get(id)?.status).toBe("delivered");
    const pricing = { billable: true, pricing_model: "PMP", type: "regular", category: "utility" };
    const common = { id, recipient_id: "919830012345", biz_opaque_callback_data: "17Yq2abcdefgh_issued_0", pricing };
    expect(statuses(house.reports)).toEqual([
      { ...common, status: "sent", timestamp: at(1) },
      { ...common, status: "delivered", timestamp: at(3) },
    ]);
    expect(webhooks(house.reports)[0]).toMatchObject({
      biller: "example-power",
      body: {
        object: "whatsapp_business_account",
        entry: [
          {
            id: "100000000000001",
            changes: [
              {
                field: "messages",
                value: {
                  messaging_product: "whatsapp",
                  metadata: { display_phone_number: "913300000001", phone_number_id: "200000000000001" },
                },
              },
            ],
          },
        ],
      },
    });
  });

  it("shows the filled template with the button's address as last line", async () => {
    const house = aHouseWithWhatsApp();
    await using wire = await serve(house.carriers);
    await post(wire.endpoint, aTemplateMessage());
    const [message] = house.store.find({ address: "919830012345", channel: "whatsapp" });
    expect(message?.text.split("\n")).toEqual([
      "Bill Nov 2026",
      "Hello Asha, your bill of ₹1,249.00 is due on 30 Nov 2026. Thank you.",
      "Example Power",
      "https://pay.example.com/EXPOWR/17Yq2abcdefgh",
    ]);
    expect(message?.key).toBe("17Yq2abcdefgh_issued_0");
    expect(message?.raw.headers).not.toHaveProperty("authorization");
  });

  it.each([
    ["+5511987654321", "551187654321"],
    ["+6581234567", "6581234567"],
    ["91 98300-12345", "919830012345"],
  ])("knows %s as %s", async (to, waId) => {
    const house = aHouseWithWhatsApp();
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, aTemplateMessage({ to }));
    expect(answer.body.contacts).toEqual([{ input: to, wa_id: waId }]);
    await house.advance(10);
    expect(statuses(house.reports)[0]?.recipient_id).toBe(waId);
  });

  const [header, body, button] = someComponents();
  it.each<[what: string, message: unknown, status: number, code: number, told: string]>([
    ["an unknown template", aTemplateMessage({}, { name: "nothing" }), 404, 132001, "nothing"],
    ["a language that was not approved", aTemplateMessage({}, { language: { code: "bn" } }), 404, 132001, "bn"],
    [
      "too few body parameters",
      aTemplateMessage({}, { components: [header, { type: "body", parameters: [] }, button] }),
      400,
      132000,
      "body",
    ],
    ["no header parameter", aTemplateMessage({}, { components: [body, button] }), 400, 132000, "header"],
    [
      "a URL button without its suffix",
      aTemplateMessage({}, { components: [header, body] }),
      400,
      131008,
      "requires a parameter",
    ],
    [
      "a button that the template has not",
      aTemplateMessage({}, { components: [header, body, button, { ...button, index: 4 }] }),
      400,
      132000,
      "index 4",
    ],
    [
      "another kind of button",
      aTemplateMessage({}, { components: [header, body, button, { ...button, index: 1 }] }),
      400,
      132012,
      "QUICK_REPLY",
    ],
    [
      "a text too long after substitution",
      aTemplateMessage(
        {},
        { components: [{ ...header, parameters: [{ type: "text", text: "x".repeat(60) }] }, body, button] },
      ),
      400,
      132005,
      "header",
    ],
    [
      "a parameter with a line break",
      aTemplateMessage({}, { components: [{ ...header, parameters: [{ type: "text", text: "a\nb" }] }, body, button] }),
      400,
      132007,
      "new-line",
    ],
    [
      "an empty parameter",
      aTemplateMessage({}, { components: [{ ...header, parameters: [{ type: "text", text: "" }] }, body, button] }),
      400,
      131008,
      "text value",
    ],
    ["callback data over 512", aTemplateMessage({ biz_opaque_callback_data: "x".repeat(513) }), 400, 100, "512"],
    ["no recipient", aTemplateMessage({ to: undefined }), 400, 131008, "to"],
    ["a recipient that is no number", aTemplateMessage({ to: "asha" }), 400, 131009, "to"],
    ["its own number", aTemplateMessage({ to: "+913300000001" }), 400, 131021, "same"],
    ["no messaging_product", aTemplateMessage({ messaging_product: undefined }), 400, 100, "messaging_product"],
    ["no template", aTemplateMessage({ template: undefined }), 400, 131008, "template"],
    ["an unknown type", aTemplateMessage({ type: "pigeon" }), 400, 100, "type"],
    ["a body that is not JSON", "not json", 400, 100, "JSON"],
  ])("refuses %s", async (_what, message, status, code, told) => {
    const house = aHouseWithWhatsApp();
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, message);
    expect(answer).toEqual({
      status,
      body: {
        error: {
          message: expect.stringContaining(`(#${code})`),
          type: "OAuthException",
          code,
          error_data: { messaging_product: "whatsapp", details: expect.stringContaining(told) },
          fbtrace_id: expect.any(String),
        },
      },
    });
    expect(house.store.find()).toEqual([]);
  });

  it.each([
    ["a token nobody has", { token: "stolen" }, 401, 190],
    ["another biller's token", { token: "token-2" }, 400, 100],
    ["a number nobody has", { phoneNumberId: "999" }, 400, 100],
  ])("refuses %s", async (_what, target, status, code) => {
    const house = aHouseWithWhatsApp();
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, aTemplateMessage(), target);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
  });

  it("accepts a free text and fails it later, since no customer service window is open", async () => {
    const house = aHouseWithWhatsApp();
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, aTemplateMessage({ type: "text", text: { body: "Hello" } }));
    expect(answer.body.messages).toEqual([{ id: expect.any(String) }]);
    await house.advance(10);
    expect(statuses(house.reports)).toMatchObject([{ status: "failed", errors: [{ code: 131047 }] }]);
    expect(house.store.find()[0]).toMatchObject({ text: "Hello", status: "failed" });
  });

  it("answers its own throttle error", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "throttle" });
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, aTemplateMessage());
    expect(answer).toMatchObject({
      status: 400,
      body: { error: { code: 130429, message: "(#130429) Rate limit hit" } },
    });
    expect(house.store.find()).toEqual([]);
  });

  it.each([
    ["131026", 131026, "Message undeliverable."],
    [undefined, 131026, "Message undeliverable."],
    ["131049", 131049, "Meta chose not to deliver."],
    ["the phone is gone", 131026, "the phone is gone"],
  ])("accepts and fails later for the reason %s", async (reason, code, details) => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "fail", ...(reason === undefined ? {} : { reason }) });
    await using wire = await serve(house.carriers);
    expect((await post(wire.endpoint, aTemplateMessage())).status).toBe(200);
    await house.advance(10);
    expect(statuses(house.reports)).toEqual([
      expect.objectContaining({
        status: "failed",
        biz_opaque_callback_data: "17Yq2abcdefgh_issued_0",
        errors: [
          expect.objectContaining({ code, error_data: { details }, href: expect.stringContaining("error-codes") }),
        ],
      }),
    ]);
    expect(house.store.find()[0]?.status).toBe("failed");
  });

  it("refuses at once where the reason is a code of the sending interface", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "fail", reason: "132015" });
    await using wire = await serve(house.carriers);
    const answer = await post(wire.endpoint, aTemplateMessage());
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 132015 } } });
    expect(house.store.find()).toEqual([]);
  });

  it("tells an operator's delivery receipt in its own wire format, and never lowers the status", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.setMode("whatsapp", { mode: "silent" });
    await using wire = await serve(house.carriers);
    const id = idOf(await post(wire.endpoint, aTemplateMessage()));
    await house.carriers.report(id, "read");
    await house.carriers.report(id, "delivered");
    expect(statuses(house.reports).map((told) => told.status)).toEqual(["read", "delivered"]);
    expect(house.store.get(id)?.status).toBe("read");
  });
});
