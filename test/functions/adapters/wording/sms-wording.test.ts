import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dltText } from "../../../../functions/adapters/wording/dlt-text.ts";
import { versions } from "../../../../functions/adapters/wording/generated/inventory.ts";
import { messages, variablesOf } from "../../../../functions/adapters/wording/messages.ts";
import { smsWording } from "../../../../functions/adapters/wording/sms-wording.ts";
import type { MessageVariables } from "../../../../functions/domain/message.ts";
import { smsSegments } from "../../../../functions/domain/sms-segments.ts";
import { aBiller } from "../../../support/builders.ts";
import { bengaliVariables, englishVariables, hostileVariables, renderWith } from "./variables.ts";

const sms = smsWording();
const render = renderWith(sms, "sms");
const cases = messages.flatMap((message) => ["en", "bn"].map((language) => ({ message, language })));
const variablesIn = (language: string) => (language === "bn" ? bengaliVariables : englishVariables);

/** The operators' scrubbing rule: the registered text with at most 30 characters per variable. */
const registered = (text: string): RegExp => {
  const literal = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = text
    .split(/(\{#var#\}|\{#url#\})/)
    .map((part) => (part === "{#var#}" ? ".{0,30}" : part === "{#url#}" ? "https?://\\S+" : literal(part)));
  return new RegExp(`^${pattern.join("")}$`, "u");
};

describe("the built-in SMS texts", () => {
  it.each(cases)("say who, what, how much, when and where in $message, $language", ({ message, language }) => {
    const variables = variablesIn(language);
    const rendered = render(message, language, variables);
    for (const name of [...variablesOf(message), "link"] as const) expect(rendered.text).toContain(variables[name]);
    expect(rendered).toMatchObject({
      channel: "sms",
      language,
      template: `builtin/${message}.${language}@${versions[message][language as "en" | "bn"]}`,
    });
  });

  it.each(cases)(
    "fit one GSM-7 or two UCS-2 segments with long usual values in $message, $language",
    ({ message, language }) => {
      const long = {
        ...variablesIn(language),
        billerName: "n".repeat(20),
        title: (language === "bn" ? "ক" : "t").repeat(25),
        amount: language === "bn" ? "₹1,249.00" : "Rs 1,24,900.00",
        paymentAmount: language === "bn" ? "₹1,249.00" : "Rs 1,24,900.00",
      };
      const expected = language === "bn" ? { encoding: "UCS-2", segments: 2 } : { encoding: "GSM-7", segments: 1 };
      const { text, segments } = render(message, language, long);
      expect(smsSegments(text)).toMatchObject(expected);
      expect(segments).toBe(expected.segments);
    },
  );

  it.each(cases)("match the registered text whatever the values, in $message, $language", ({ message, language }) => {
    const pattern = registered(dltText(message, language));
    fc.assert(
      fc.property(hostileVariables, (variables) => {
        expect(render(message, language, variables).text).toMatch(pattern);
      }),
    );
  });

  it.each(cases)("register no text that begins with a variable, in $message, $language", ({ message, language }) => {
    expect(dltText(message, language)).toMatch(/^[^{]+\{#var#\}.* \{#url#\}$/u);
  });

  it("stay GSM-7 though a value has typographic characters", () => {
    const { text } = render("issued", "en", {
      ...englishVariables,
      title: "Electricity – Nov ’26",
      amount: "₹1,249.00",
    });
    expect(text).toContain("Electricity - Nov '26. Rs 1,249.00 due by");
    expect(smsSegments(text).encoding).toBe("GSM-7");
  });

  it("spell Bengali letters the short way, since each character is paid for", () => {
    const { text } = render("issued", "bn", { ...bengaliVariables, title: "ভাড\u09bcা" });
    expect(text).toContain("ভা\u09dcা");
  });

  it("are written in the customer's language, else in the biller's, else in English", () => {
    const written = (language: string, billers: string) =>
      sms.render({ message: "issued", language, biller: aBiller({ language: billers }), variables: englishVariables })
        ?.language;
    expect([written("bn-IN", "en"), written("hi", "bn"), written("hi", "ta")]).toEqual(["bn", "bn", "en"]);
  });

  it("are not written for a message that is unknown or lacks a value", () => {
    const biller = aBiller();
    const written = (message: string, variables: MessageVariables) =>
      sms.render({ message, language: "en", biller, variables });
    const { paidAmount: _amount, paidOn: _day, ...reminder } = englishVariables;
    expect(written("issued", reminder)).toBeDefined();
    expect(written("receipt", reminder)).toBeUndefined();
    expect(written("final-notice", englishVariables)).toBeUndefined();
    expect(written("issued", { ...englishVariables, title: "\u200b" })).toBeUndefined();
    expect(written("issued", { ...englishVariables, link: "javascript:alert(1)" })).toBeUndefined();
  });
});
