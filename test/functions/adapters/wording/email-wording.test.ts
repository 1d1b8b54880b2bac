import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emailWording } from "../../../../functions/adapters/wording/email-wording.ts";
import { messages } from "../../../../functions/adapters/wording/messages.ts";
import { englishVariables, hostileVariables } from "./variables.ts";

const email = emailWording();
const cases = messages.flatMap((message) => ["en", "bn"].map((language) => ({ message, language })));
const tagsOf = (html: string): readonly string[] => html.match(/<!?\/?[a-z][a-z0-9:]*/gi) ?? [];
const linksOf = (html: string): readonly string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link ?? "");

describe("the built-in e-mails", () => {
  it.each(cases)(
    "show the bill, one button, the link as text and the way out, in $message, $language",
    ({ message, language }) => {
      const { html, text, subject } = email.render(message, "email", language, englishVariables);
      expect(html).toMatch(new RegExp(`<html lang="${language}"`));
      expect(Buffer.byteLength(html)).toBeLessThan(30_000);
      expect(linksOf(html)).toEqual([englishVariables.link, englishVariables.link, englishVariables.unsubscribeUrl]);
      expect(html).toContain(`>${englishVariables.link}</a>`);
      const day = message === "receipt" ? "28 Nov 2026" : "30 Nov 2026";
      for (const part of [html, text])
        for (const said of ["Example Power", "Electricity, November 2026", "Rs 1,249.00", day])
          expect(part).toContain(said);
      expect(text).toContain(`\n${englishVariables.link}\n`);
      expect(text.endsWith(`\n${englishVariables.unsubscribeUrl}`)).toBe(true);
      expect(subject).toContain("Example Power");
    },
  );

  it.each(cases)("load nothing and offer nothing to call, in $message, $language", ({ message, language }) => {
    const { html, text } = email.render(message, "email", language, englishVariables);
    expect(html).not.toMatch(/<img|<script|<link|<iframe|url\(|@import|src=|tel:/i);
    expect(text).not.toMatch(/\+?\d[\d -]{7,}\d/);
  });

  it("greet by name where it is known", () => {
    expect(email.render("issued", "email", "en", { ...englishVariables, customerName: "Asha Sen" }).text).toMatch(
      /^Dear Asha Sen,\n/,
    );
    expect(email.render("issued", "email", "en", englishVariables).text).toMatch(/^Dear customer,\n/);
    expect(email.render("issued", "email", "bn", { ...englishVariables, customerName: "আশা সেন" }).text).toMatch(
      /^প্রি\u09df আশা সেন,\n/u,
    );
  });

  it("say in a receipt what is still owed, or that nothing is", () => {
    const part = email.render("receipt", "email", "en", {
      ...englishVariables,
      remaining: "Rs 500.00",
      receiptReference: "EXPOWR-2026-000123",
    });
    expect(part.text).toContain("Rs 500.00 is still to be paid.");
    expect(part.text).toContain("Receipt no.: EXPOWR-2026-000123");
    const whole = email.render("receipt", "email", "en", englishVariables);
    expect(whole.text).toContain("The bill is paid in full");
    expect(whole.html).not.toMatch(/Still to pay|Receipt no\./);
  });

  it.each(cases)(
    "let no value become mark-up, a header line or a link, in $message, $language",
    ({ message, language }) => {
      const full = { ...englishVariables, customerName: "x", receiptReference: "x", remaining: "x" };
      const plain = email.render(message, "email", language, full);
      fc.assert(
        fc.property(hostileVariables, (variables) => {
          const { html, subject, text } = email.render(message, "email", language, variables);
          expect(tagsOf(html)).toEqual(tagsOf(plain.html));
          expect(linksOf(html)).toEqual(linksOf(plain.html));
          expect(subject).not.toMatch(/[\r\n]/);
          expect(text.split("\n")).toHaveLength(plain.text.split("\n").length);
        }),
      );
    },
  );

  it("need an address to unsubscribe at", () => {
    const { unsubscribeUrl: _url, ...variables } = englishVariables;
    expect(() => email.render("issued", "email", "en", variables)).toThrow(/unsubscribeUrl is no http/);
    expect(() =>
      email.render("issued", "email", "en", { ...variables, unsubscribeUrl: "mailto:x@example.org" }),
    ).toThrow(/unsubscribeUrl/);
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
      for (const { message, language } of cases) email.render(message, "email", language, englishVariables);
    } finally {
      globalThis.Intl = real;
    }
    expect(built).toBe(0);
  });
});
