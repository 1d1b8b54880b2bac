import { describe, expect, it } from "vitest";
import { type Catalogue, readCatalogues } from "../../templates/catalogue.ts";
import { compileText } from "../../templates/compile-text.ts";
import { findingsIn } from "../../templates/rules.ts";

const catalogues = readCatalogues(new URL("../../templates/", import.meta.url));
const english = catalogues.find(({ language }) => language === "en") as Catalogue;
type Own = Catalogue["messages"]["issued"];
const withIssued = (change: Partial<Own>): Catalogue => ({
  ...english,
  messages: { ...english.messages, issued: { ...english.messages.issued, ...change } },
});
const body = (text: string): Own["whatsApp"] => ({ body: text, button: "View and pay" });

describe("the rules for wording", () => {
  it("find nothing in the catalogues as they are", () => {
    expect(catalogues.flatMap(findingsIn)).toEqual([]);
  });

  it.each([
    ["begins with a variable", "{billerName}: {title}, {amount}, {dueDate} {link}"],
    ["because of ’", "Here’s {billerName}: {title}, {amount}, {dueDate} {link}"],
    ["takes 2 segments", `${"Dear customer, ".repeat(4)}{billerName}: {title}, {amount}, {dueDate} {link}`],
    ["must use exactly billerName, title, amount, dueDate, link", "New bill {title}, {amount}, {dueDate} {link}"],
    ["uses a variable twice", "New bill {title} {title} {billerName}, {amount}, {dueDate} {link}"],
    ["has a select", "Bill {title} {billerName} {amount} {dueDate} {link} {hasRemaining, select, yes {a} other {b}}"],
  ])("refuse an SMS that %s", (finding, sms) => {
    expect(findingsIn(withIssued({ sms })).join("\n")).toContain(finding);
  });

  it("refuse Bengali letters spelled the long way in an SMS", () => {
    const long = withIssued({ sms: "বকেয\u09bcা {billerName} {title} {amount} {dueDate} {link}" });
    expect(findingsIn({ ...long, language: "bn" }).join("\n")).toContain("issued.sms: spells a Bengali letter");
  });

  it.each([
    ["begins or ends with a variable", body("*{billerName}*: {title} {amount} {dueDate}.")],
    ["begins or ends with a variable", body("Bill: {billerName} {title} {amount} {dueDate}")],
    ["can pass 1,024 characters", body(`${"long ".repeat(150)}{billerName} {title} {amount} {dueDate}.`)],
    ["more than 25 characters", { body: english.messages.issued.whatsApp.body, button: "View this bill and pay now" }],
  ])("refuse a WhatsApp template that %s", (finding, whatsApp) => {
    expect(findingsIn(withIssued({ whatsApp })).join("\n")).toContain(finding);
  });

  it("refuse a footer that WhatsApp would refuse", () => {
    const long = { ...english, common: { ...english.common, whatsApp: { footer: "x".repeat(61) } } };
    expect(findingsIn(long)).toEqual(["en: whatsApp.footer: at most 60 characters, no variable"]);
  });
});

describe("a compiled text", () => {
  it("chooses and fills as ICU MessageFormat says", () => {
    const { run, selects } = compileText(
      "en",
      "'{'{title}'}' it''s {hasCustomerName, select, yes {for {customerName}} other {yours}}",
    );
    expect(run({ title: "A", hasCustomerName: "yes", customerName: "Asha" })).toBe("{A} it's for Asha");
    expect(run({ title: "A", hasCustomerName: "no" })).toBe("{A} it's yours");
    expect(selects).toBe(true);
  });

  it("may not use a variable that no message has", () => {
    expect(() => compileText("en", "Pay {amuont}")).toThrow(/unknown variable amuont/);
  });

  it.each(["{amount, number}", "{dueDate, date}", "{amount, plural, one {a} other {b}}"])(
    "may not need a library at run time, as %s would",
    (text) => {
      expect(() => compileText("en", text)).toThrow(/only plain variables and select are compiled/);
    },
  );
});
