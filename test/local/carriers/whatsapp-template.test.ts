import { describe, expect, it } from "vitest";
import { rejectionOf, serve } from "./carriers-harness.ts";
import { aHouseWithWhatsApp, aTemplateMessage, post } from "./whatsapp-harness.ts";

describe("the templates of WhatsApp", () => {
  it("refuses a template that Meta would not approve, naming each field", async () => {
    const house = aHouseWithWhatsApp();
    const error = await rejectionOf(
      Promise.resolve().then(() =>
        house.carriers.registerWhatsAppTemplates([
          {
            name: "Bill due",
            language: "en",
            body: "{{1}} is due",
            buttons: [{ type: "URL", text: "Pay this bill now with any app", url: "https://pay.example.com/{{1}}/x" }],
          },
        ]),
      ),
    );
    expect(error).toMatchObject({ code: "invalid-input" });
    expect(error.fields?.map((field) => field.path)).toEqual(["name", "body", "buttons.0.text", "buttons.0.url"]);
  });

  it("fills holes by name where the template names them", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.registerWhatsAppTemplates([
      { name: "named", language: "en", body: "Due {{due_date}}: {{amount}}.", buttons: [] },
    ]);
    await using wire = await serve(house.carriers);
    const named = (parameter_name: string, text: string) => ({ type: "text", parameter_name, text });
    const parameters = [named("amount", "₹5.00"), named("due_date", "30 Nov")];
    await post(wire.endpoint, aTemplateMessage({}, { name: "named", components: [{ type: "body", parameters }] }));
    expect(house.store.find()[0]?.text).toBe("Due 30 Nov: ₹5.00.");
  });

  it("takes a template as it is defined at Meta", async () => {
    const house = aHouseWithWhatsApp();
    house.carriers.registerWhatsAppTemplates([
      {
        name: "bill_issued_v1",
        language: "bn",
        category: "UTILITY",
        components: [
          { type: "HEADER", format: "IMAGE" },
          { type: "BODY", text: "নমস্কার {{1}}, আপনার বিল এসেছে।" },
          { type: "FOOTER", text: "Example Power" },
          { type: "BUTTONS", buttons: [{ type: "URL", text: "দেখুন", url: "https://pay.example.com/{{1}}" }] },
        ],
      },
    ]);
    await using wire = await serve(house.carriers);
    const image = { type: "header", parameters: [{ type: "image", image: { link: "https://example.com/bill.png" } }] };
    const body = { type: "body", parameters: [{ type: "text", text: "আশা" }] };
    const button = { type: "button", sub_type: "url", index: 0, parameters: [{ type: "text", text: "EXPOWR/1a" }] };
    const template = { name: "bill_issued_v1", language: { code: "bn" } };
    const refused = await post(wire.endpoint, aTemplateMessage({}, { ...template, components: [body, button] }));
    expect(refused.body.error.code).toBe(132012);
    await post(wire.endpoint, aTemplateMessage({}, { ...template, components: [image, body, button] }));
    expect(house.store.find()[0]?.text.split("\n")).toEqual([
      "[image]",
      "নমস্কার আশা, আপনার বিল এসেছে।",
      "Example Power",
      "https://pay.example.com/EXPOWR/1a",
    ]);
  });
});
