import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messages, variablesOf } from "../../../../functions/adapters/wording/messages.ts";
import { whatsAppTemplates } from "../../../../functions/adapters/wording/whatsapp-templates.ts";
import { whatsAppWording } from "../../../../functions/adapters/wording/whatsapp-wording.ts";
import type { Biller } from "../../../../functions/domain/biller.ts";
import { aBiller } from "../../../support/builders.ts";
import { englishVariables, hostileVariables, renderWith } from "./variables.ts";

const whatsApp = whatsAppWording();
const render = renderWith(whatsApp, "whatsapp");
const templates = whatsAppTemplates("https://pay.example.com");
const cases = messages.flatMap((message) => ["en", "bn"].map((language) => ({ message, language })));

const bodyOf = (message: string, language: string): string => {
  const name = `bill_${message.replaceAll("-", "_")}_v1`;
  const template = templates.find((candidate) => candidate.name === name && candidate.language === language);
  return template?.components[0].text ?? "";
};

describe("the built-in WhatsApp wording", () => {
  it("gives the values in the order of the message's variables", () => {
    expect(render("due-soon", "bn", englishVariables)).toMatchObject({
      channel: "whatsapp",
      language: "bn",
      template: "builtin/due-soon.bn@2",
      name: "bill_due_soon_v1",
      urlSuffix: "EXPOWR/1aB2cD3eF4gH5?s7Q",
      parameters: ["Example Power", "Electricity, November 2026", "Rs 1,249.00", "30 Nov 2026"],
    });
    expect(render("receipt", "en", englishVariables).parameters).toEqual([
      "Example Power",
      "Electricity, November 2026",
      "Rs 1,249.00",
      "28 Nov 2026",
    ]);
  });

  it.each(cases)(
    "fills the approved template within the limits, whatever the values, in $message, $language",
    ({ message, language }) => {
      fc.assert(
        fc.property(hostileVariables, (variables) => {
          const { parameters } = render(message, language, variables);
          const filled = bodyOf(message, language).replace(
            /\{\{(\d)\}\}/g,
            (_hole, number: string) => parameters[Number(number) - 1] ?? "",
          );
          expect(filled).not.toBe(bodyOf(message, language));
          expect(parameters).toHaveLength(variablesOf(message).length);
          expect(filled.length).toBeLessThanOrEqual(1024);
          for (const parameter of parameters) expect(parameter).toMatch(/^\S(?:.*\S)?$/u);
        }),
      );
    },
  );
});

describe("a biller's own WhatsApp template", () => {
  it("is used for the message it is named for, and recorded", () => {
    const { whatsapp, ...biller } = aBiller();
    const own = {
      ...biller,
      whatsapp: { provider: "cloud-api", phoneNumberId: "200000000000001", templates: { issued: "power_bill_v3" } },
    };
    const request = { language: "en", biller: own as Biller, variables: englishVariables };
    expect(whatsapp).toBeDefined();
    expect(whatsApp.render({ ...request, message: "issued" })).toMatchObject({
      name: "power_bill_v3",
      template: "whatsapp/power_bill_v3.en",
    });
    expect(whatsApp.render({ ...request, message: "overdue" })).toMatchObject({
      name: "bill_overdue_v1",
      template: "builtin/overdue.en@1",
    });
  });
});

describe("the WhatsApp templates to be approved", () => {
  it("are one per message and language, each named once", () => {
    expect(new Set(templates.map(({ name, language }) => `${name} ${language}`)).size).toBe(messages.length * 2);
    expect(templates.every(({ name }) => /^bill_[a-z_]+_v1$/.test(name))).toBe(true);
  });

  it("put the link into the button as a suffix of the link domain", () => {
    const [button] = templates[0]?.components[2].buttons ?? [];
    expect(button).toMatchObject({
      type: "URL",
      url: "https://pay.example.com/{{1}}",
      example: ["https://pay.example.com/EXPOWR/1aB2cD3eF4gH5"],
    });
  });

  it.each(templates)("keep to the limits in $name, $language", ({ name, components: [body, footer, { buttons }] }) => {
    const holes = body.text.match(/\{\{\d\}\}/g) ?? [];
    expect(body.text.length).toBeLessThanOrEqual(1024);
    expect(body.text).not.toMatch(/^[^\p{L}]*\{\{|\}\}[^\p{L}]*$/u);
    const expected = /payment/.test(name) ? ["{{1}}", "{{2}}", "{{3}}"] : ["{{1}}", "{{2}}", "{{3}}", "{{4}}"];
    expect([...holes].sort()).toEqual(expected);
    expect(body.example.body_text[0]).toHaveLength(expected.length);
    expect(footer.text.length).toBeLessThanOrEqual(60);
    expect(buttons[0].text.length).toBeLessThanOrEqual(25);
  });
});
