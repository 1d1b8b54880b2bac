import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { messages } from "../../../../functions/adapters/wording/messages.ts";
import { whatsAppTemplates } from "../../../../functions/adapters/wording/whatsapp-templates.ts";
import { whatsAppWording } from "../../../../functions/adapters/wording/whatsapp-wording.ts";
import { englishVariables, hostileVariables } from "./variables.ts";

const whatsApp = whatsAppWording();
const templates = whatsAppTemplates("https://pay.example.com");
const cases = messages.flatMap((message) => ["en", "bn"].map((language) => ({ message, language })));

const bodyOf = (message: string, language: string): string => {
  const name = `bill_${message.replaceAll("-", "_")}_v1`;
  const template = templates.find((candidate) => candidate.name === name && candidate.language === language);
  return template?.components[0].text ?? "";
};

describe("the built-in WhatsApp wording", () => {
  it("gives the values in the order of the message's variables", () => {
    expect(whatsApp.render("due-soon", "whatsapp", "bn", englishVariables)).toMatchObject({
      channel: "whatsapp",
      language: "bn",
      template: "builtin/due-soon.bn@1",
      parameters: ["Example Power", "Electricity, November 2026", "Rs 1,249.00", "30 Nov 2026"],
    });
    expect(whatsApp.render("receipt", "whatsapp", "en", englishVariables).parameters).toEqual([
      "Example Power",
      "Electricity, November 2026",
      "Rs 1,249.00",
      "28 Nov 2026",
    ]);
  });

  it.each(cases)(
    "fills the approved template to the recorded text, whatever the values, in $message, $language",
    ({ message, language }) => {
      fc.assert(
        fc.property(hostileVariables, (variables) => {
          const { parameters, text } = whatsApp.render(message, "whatsapp", language, variables);
          const filled = bodyOf(message, language).replace(
            /\{\{(\d)\}\}/g,
            (_hole, number: string) => parameters[Number(number) - 1] ?? "",
          );
          expect(text).toBe(`${filled}\n${variables.link}`);
          expect(filled.length).toBeLessThanOrEqual(1024);
          for (const parameter of parameters) expect(parameter).toMatch(/^\S(?:.*\S)?$/u);
        }),
      );
    },
  );
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

  it.each(templates)("keep to the limits in $name, $language", ({ components: [body, footer, { buttons }] }) => {
    const holes = body.text.match(/\{\{\d\}\}/g) ?? [];
    expect(body.text.length).toBeLessThanOrEqual(1024);
    expect(body.text).not.toMatch(/^[^\p{L}]*\{\{|\}\}[^\p{L}]*$/u);
    expect(holes).toHaveLength(4);
    expect([...holes].sort()).toEqual(["{{1}}", "{{2}}", "{{3}}", "{{4}}"]);
    expect(body.example.body_text[0]).toHaveLength(4);
    expect(footer.text.length).toBeLessThanOrEqual(60);
    expect(buttons[0].text.length).toBeLessThanOrEqual(25);
  });
});
