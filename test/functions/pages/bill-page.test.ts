import { describe, expect, it } from "vitest";
import { billPage } from "../../../functions/pages/bill-page.ts";
import { aCustomer } from "../../support/builders.ts";
import { elementsOf, seenText } from "../../support/html-structure.ts";
import { type PageLanguage, pageLanguages } from "./page-languages.ts";
import { inLanguage, type SceneName, sceneNames, sceneOf, scenes, viewOf } from "./page-states.ts";

function page(name: SceneName, language: PageLanguage = "en"): string {
  const scene = inLanguage(sceneOf(name), language);
  return billPage(viewOf(scene), scene.refusal);
}

/** What a reader sees, with the narrow spaces of ranges left out. */
const seen = (name: SceneName, language: PageLanguage = "en"): string =>
  seenText(page(name, language)).replace(/[\u2009\u202f]/g, "");

describe("the page of a bill", () => {
  it.each([
    [
      "due",
      "To pay Electricity, November 2026 Customer: A••• S•• Amount to pay ₹1,249.00 Please pay by 30 November 2026.",
    ],
    [
      "due-today",
      "Due today Electricity, November 2026 Customer: A••• S•• Amount to pay ₹1,249.00 Today, 30 November 2026, is the last day to pay.",
    ],
    ["overdue", "Amount to pay ₹1,274.00 This was due on 30 November 2026."],
    [
      "part-paid",
      "Part paid Electricity, November 2026 Customer: A••• S•• Still to pay ₹749.00 Please pay by 30 November 2026.",
    ],
    ["part-paid-overdue", "Still to pay ₹749.00 This was due on 30 November 2026."],
    ["part-paid-overdue", "Bill amount ₹1,249.00 Paid so far ₹500.00"],
    ["paid", "Amount paid ₹1,249.00 Thank you. This bill was paid in full on 20 November 2026."],
    ["paid", "This page is your receipt. The link stays the same. Receipt to print Receipt as a PDF"],
    ["overpaid", "₹1,249.00 more was paid than this bill asked for."],
    ["amended", "This bill was changed on 18 November 2026."],
    ["amended", "Bill amount ₹1,310.00 before: ₹1,249.00"],
    ["amended-dates", "Due date 30 November 2026 before: 28 November 2026"],
    ["amended-dates", "26–30 November 2026 ₹1,249.00 before: ₹1,200.00"],
    ["refunded", "₹1,249.00 refunded"],
    ["paid-award", "Receipt no. 2026-000123 ₹1,249.00 You get ₹35.00 back ( ₹35 back, three times )"],
    ["paid-coupon", "Coupon ₹50.00: CINE-7F3K-29QX ( Cinema voucher )"],
    ["paid-at-a-bbps-app", "Receipt no. 2026-000123 · "],
    ["due-offer", "You may get ₹35.00 back. Offer until 31 January 2027."],
    ["canceled", "Nothing to pay This bill was canceled on 20 November 2026. Please do not pay it."],
    ["canceled-part-paid", "₹500.00 has been paid for this bill. Please ask Example Power what becomes of it."],
    ["expired", "This bill could be paid until 31 December 2026. Please ask Example Power for a new bill."],
    ["paused", "Reminders are paused until 27 November 2026. The bill can be paid all the same."],
    [
      "answered-already-paid",
      "You said on 20 November 2026 that this bill is paid. Reminders wait until 23 November 2026.",
    ],
    ["answered-will-pay", "You said on 20 November 2026 that you will pay on 27 November 2026."],
    ["pending", "A payment of ₹1,249.00 was started on 21 November 2026, 10:58 and is still being processed."],
    ["nothing-due", "Nothing to pay Example Power says that nothing is owed on this bill at present."],
    ["live-fresh", "As of 21 November 2026, 11:00"],
    ["live-stale", "Example Power could not be asked just now. What you see here is from 15 November 2026, 09:30."],
    ["live-not-asked", "As of 15 November 2026, 09:30"],
    ["no-rail", "This bill cannot be paid on this page."],
    ["due", "Energy 182 kWh ₹1,079.00 Fixed charge ₹90.00 Electricity duty ₹80.00"],
    [
      "due-flexible",
      "Until 25 November 2026 (now) ₹1,224.00 26–30 November 2026 ₹1,249.00 From 1 December 2026 ₹1,274.00",
    ],
  ] as const)("that is %s says: %s", (name, text) => {
    expect(seen(name)).toContain(text);
  });

  it.each([
    [
      "due",
      "bn",
      "বাকি আছে বিদ্যুৎ বিল, নভেম্বর 2026 গ্রাহক: আ• সে• দেয় টাকা ₹1,249.00 30 নভেম্বর 2026 তারিখের মধ্যে মিটিয়ে দিন।",
    ],
    ["paid", "bn", "20 নভেম্বর 2026 তারিখে বিলটি পুরো মিটে গেছে।"],
    ["due", "hi", "देय राशि ₹1,249.00 कृपया 30 नवंबर 2026 तक भुगतान करें।"],
    ["due", "ta", "செலுத்த வேண்டிய தொகை ₹1,249.00 30 நவம்பர் 2026-க்குள் செலுத்துங்கள்."],
    ["due-brazil", "pt", "Valor a pagar R$ 129,90 Pague até 30 de novembro de 2026."],
    ["due-singapore", "es", "Importe a pagar 88,50 SGD Por favor, pague hasta el 30 de noviembre de 2026."],
  ] as const)("that is %s says in %s: %s", (name, language, text) => {
    expect(seen(name, language).replaceAll("\u00a0", " ")).toContain(text);
  });

  it.each(sceneNames)("that is %s says in every language everything it says in English, with Latin digits", (name) => {
    const english = elementsOf(page(name)).map(({ name: element, depth }) => `${depth} ${element}`);
    for (const language of pageLanguages) {
      const html = page(name, language);
      expect(html).toContain(`<html lang="${language}" dir="ltr">`);
      expect(seenText(html)).not.toMatch(/(?!\d)\p{Nd}|undefined|null|NaN|\[object/u);
      expect(
        elementsOf(html).map(({ name: element, depth }) => `${depth} ${element}`),
        language,
      ).toEqual(english);
    }
  });

  it.each(sceneNames)("that is %s has one heading of its own and the others below it, in order", (name) => {
    const levels = elementsOf(page(name)).flatMap(({ name: element }) => /^h([1-6])$/.exec(element)?.[1] ?? []);
    expect(levels[0]).toBe("1");
    expect(levels.filter((level) => level === "1")).toHaveLength(1);
    for (const [n, level] of levels.entries())
      expect(Number(level) - Number(levels[n - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it.each(sceneNames)("that is %s asks nobody else for anything, and runs no script of its texts", (name) => {
    for (const { name: element, attributes } of elementsOf(page(name))) {
      expect(["iframe", "object", "embed", "base", "video", "audio"]).not.toContain(element);
      expect(Object.keys(attributes).filter((each) => /^on|^style$|^srcdoc$/.test(each))).toEqual([]);
      if (element === "img") expect(attributes["src"]).toMatch(/^data:image\//);
      if (element === "link") expect(["icon", "canonical"]).toContain(attributes["rel"]);
      if (element === "form") expect(attributes["action"]).toMatch(/^\/EXPOWR\/\w{13}\/pay$/);
    }
  });

  it("is in English for a language without texts, and as its region writes it in the language it has", () => {
    const spoken = (language: string) => billPage(viewOf({ bill: { customer: aCustomer({ language }) } }));
    expect(spoken("fr")).toContain('<html lang="en"');
    expect(spoken("bn-IN")).toContain('<html lang="bn-IN"');
    expect(spoken("es-MX")).toContain("INR\u00a01,249.00");
  });

  it("tells link previews the title and the biller, never the customer or the amount", () => {
    const head = page("due").split("</head>")[0] ?? "";
    expect(head).toContain('<meta property="og:title" content="Electricity, November 2026">');
    expect(head).toContain('<meta property="og:site_name" content="Example Power">');
    expect(head.replace(/<style>.*<\/style>/s, "")).not.toMatch(/1,249|A•|Asha|Sen/);
  });

  it("is passed on without the mark of the message it was opened from", () => {
    const view = viewOf({ mark: "sAb" });
    expect(billPage(view)).toContain(`<link rel="canonical" href="https://pay.example.com${view.path}">`);
  });

  it("shows the biller's logo in place of its first letter", () => {
    expect(page("due")).toContain('<span class="mark" aria-hidden="true">E</span><bdi>Example Power</bdi>');
    expect(page("due-every-rail")).toMatch(
      /<img class="logo" src="data:image\/svg\+xml;base64,[\w+/=]+" alt=""><bdi>Example Power<\/bdi>/,
    );
  });

  it.each(["paid", "overpaid", "canceled", "expired", "nothing-due", "no-rail"] as const)(
    "that is %s offers no way to pay",
    (name) => {
      expect(page(name)).not.toMatch(/<form|upi:|<svg class="qr"/);
    },
  );

  it.each(["part-paid", "paid", "overpaid", "canceled-part-paid"] as const)(
    "that is %s leads to the receipt of what was paid",
    (name) => {
      const { path } = viewOf(sceneOf(name));
      expect(page(name)).toMatch(new RegExp(`href="${path}/receipt">.*href="${path}/receipt\\.pdf">`));
      expect(page("due")).not.toContain("/receipt");
    },
  );
});

describe("a page with a payment under way", () => {
  const refreshed = (html: string) =>
    elementsOf(html).filter(({ attributes }) => attributes["http-equiv"] === "refresh");

  it("says so to who cannot see it too, and looks again by itself while that is worth it", () => {
    expect(page("pending")).toContain('<p class="note" role="status">');
    expect(refreshed(page("pending")).map(({ attributes }) => attributes["content"])).toEqual(["15;url=?again"]);
    for (const name of ["pending-long", "due", "paid"] as const) expect(refreshed(page(name))).toEqual([]);
  });

  it("leaves that to the script where there is one, which does not take the page from under its reader", () => {
    expect(page("pending")).toContain('<noscript><meta http-equiv="refresh" content="15;url=?again"></noscript>');
    expect(page("pending")).toMatch(/data-page="[^"]+" data-facts="due,124900,true"/);
    const canceled = billPage(viewOf({ bill: { ...scenes.pending.bill, ...scenes.canceled.bill } }));
    expect(refreshed(canceled)).toHaveLength(1);
    expect(canceled).not.toMatch(/<script|<noscript/);
  });

  it("does not look again over what a payer was just told", () => {
    const refused = billPage(viewOf(scenes.pending), { field: "rail", fault: "unknown" });
    expect(refreshed(refused)).toEqual([]);
  });
});

describe("the foot of the page", () => {
  const links = (html: string): string[] =>
    elementsOf(html)
      .flatMap(({ attributes }) => attributes["href"] ?? [])
      .filter((link) => /answer|verify/.test(link));

  it("offers every answer while something is to be paid, and the way to check the message", () => {
    const { path } = viewOf();
    const answers = ["already-paid", "will-pay", "wrong-person", "stop"].map((say) => `${path}/answer?say=${say}`);
    expect(links(page("due"))).toEqual([...answers, "/verify"]);
  });

  it.each(["paid", "canceled", "expired", "nothing-due"] as const)(
    "of a bill that is %s still takes a wrong person and a stop",
    (name) => {
      const { path } = viewOf();
      expect(links(page(name))).toEqual([`${path}/answer?say=wrong-person`, `${path}/answer?say=stop`, "/verify"]);
    },
  );

  it("hands on the mark of the message", () => {
    expect(links(billPage(viewOf({ mark: "wZ9" })))[0]).toMatch(/\?say=already-paid&m=wZ9$/);
  });
});
