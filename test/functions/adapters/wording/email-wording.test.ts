import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailWording } from "../../../../functions/adapters/wording/email-wording.ts";
import { messages, variablesOf } from "../../../../functions/adapters/wording/messages.ts";
import { aBiller } from "../../../support/builders.ts";
import { englishVariables, hostileVariables, renderWith } from "./variables.ts";

const email = emailWording();
const render = renderWith(email, "email");
const cases = messages.flatMap((message) => ["en", "bn"].map((language) => ({ message, language })));
const tagsOf = (html: string): readonly string[] => html.match(/<!?\/?[a-z][a-z0-9:]*/gi) ?? [];
const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link ?? "");

describe("the built-in e-mails", () => {
  it.each(cases)(
    "show the bill, one button, the link as text and the way out, in $message, $language",
    ({ message, language }) => {
      const { html, text, subject } = render(message, language, englishVariables);
      expect(html).toMatch(new RegExp(`<html lang="${language}"`));
      expect(Buffer.byteLength(html)).toBeLessThan(30_000);
      expect(linksOf(html)).toEqual([englishVariables.link, englishVariables.link, englishVariables.unsubscribeUrl]);
      expect(html).toContain(`>${englishVariables.link}</a>`);
      for (const part of [html, text])
        for (const name of variablesOf(message)) expect(part).toContain(englishVariables[name]);
      expect(text).toContain(`\n${englishVariables.link}\n`);
      expect(text.endsWith(`\n${englishVariables.unsubscribeUrl}`)).toBe(true);
      expect(subject).toContain("Example Power");
    },
  );

  it.each(cases)("load nothing and offer nothing to call, in $message, $language", ({ message, language }) => {
    const { html, text } = render(message, language, englishVariables);
    expect(html).not.toMatch(/<img|<script|<link|<iframe|url\(|@import|src=|tel:/i);
    expect(text).not.toMatch(/\+?\d[\d -]{7,}\d/);
  });

  it("greet by name where it is known", () => {
    expect(render("issued", "en", { ...englishVariables, customerName: "Asha Sen" }).text).toMatch(/^Dear Asha Sen,\n/);
    expect(render("issued", "en", englishVariables).text).toMatch(/^Dear customer,\n/);
    expect(render("issued", "bn", { ...englishVariables, customerName: "আশা সেন" }).text).toMatch(
      /^প্রি\u09df আশা সেন,\n/u,
    );
  });

  it("say in a receipt what is still owed, or that nothing is", () => {
    const part = render("receipt", "en", {
      ...englishVariables,
      remaining: "Rs 500.00",
      receiptReference: "EXPOWR-2026-000123",
    });
    expect(part.text).toContain("Rs 500.00 is still to be paid.");
    expect(part.text).toContain("Receipt no.: EXPOWR-2026-000123");
    const whole = render("receipt", "en", englishVariables);
    expect(whole.text).toContain("The bill is paid in full");
    expect(whole.html).not.toMatch(/Still to pay|Receipt no\./);
  });

  it.each([
    ["en", "Rs 500.00 more was paid than the bill asked for; please ask Example Power about the difference."],
    ["bn", "এই বিলে Rs 500.00 বেশি জমা পড়েছে।"],
  ])("send who paid too much to the biller, in %s, and never call that nothing to do", (language, sentence) => {
    const { text } = render("receipt", language, { ...englishVariables, excess: "Rs 500.00" });
    expect(text).toContain(sentence);
    expect(text).not.toMatch(/nothing more to do|আর কিছু দিতে হবে না/);
  });

  it.each(cases)(
    "let no value become mark-up, a header line or a link, in $message, $language",
    ({ message, language }) => {
      const full = { ...englishVariables, customerName: "x", receiptReference: "x", remaining: "x" };
      const plain = render(message, language, full);
      fc.assert(
        fc.property(hostileVariables, (variables) => {
          const { html, subject, text } = render(message, language, variables);
          expect(tagsOf(html)).toEqual(tagsOf(plain.html));
          expect(linksOf(html)).toEqual(linksOf(plain.html));
          expect(subject).not.toMatch(/[\r\n]/);
          expect(text.split("\n")).toHaveLength(plain.text.split("\n").length);
        }),
      );
    },
  );

  it("are not written without an address to unsubscribe at", () => {
    const { unsubscribeUrl: _url, ...variables } = englishVariables;
    const request = { message: "issued", language: "en", biller: aBiller() };
    expect(email.render({ ...request, variables })).toBeUndefined();
    expect(
      email.render({ ...request, variables: { ...variables, unsubscribeUrl: "mailto:x@example.org" } }),
    ).toBeUndefined();
    expect(email.render({ ...request, message: "final-notice", variables: englishVariables })).toBeUndefined();
  });

  it("build nothing of Intl, however many are written", () => {
    const real = globalThis.Intl;
    let built = 0;
    const counting = new Proxy(real, {
      get(target, name) {
        built += 1;
        return Reflect.get(target, name);
      },
    });
    globalThis.Intl = counting;
    try {
      for (const { message, language } of cases) render(message, language, englishVariables);
    } finally {
      globalThis.Intl = real;
    }
    expect(built).toBe(0);
  });
});
