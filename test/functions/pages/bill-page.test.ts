import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PageView } from "../../../functions/domain/page-view.ts";
import { billPage } from "../../../functions/pages/bill-page.ts";
import { scanPage } from "../../../functions/pages/scan-page.ts";
import { aBiller, aCustomer } from "../../support/builders.ts";
import { inLanguage, type SceneName, scenes, viewOf } from "./page-states.ts";

const names = Object.keys(scenes) as SceneName[];
const page = (name: SceneName, language: "en" | "bn" = "en"): string =>
  billPage(viewOf(inLanguage(scenes[name], language)));

/** What a reader sees: the page without its head and its tags. */
const seen = (html: string): string =>
  html
    .slice(html.indexOf("<body"))
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

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
    ["paid", "This page is your receipt."],
    ["overpaid", "₹1,249.00 more was paid than this bill asked for."],
    ["amended", "This bill was changed on 18 November 2026."],
    ["refunded", "₹1,249.00 refunded"],
    ["canceled", "Nothing to pay This bill was canceled on 20 November 2026. Please do not pay it."],
    ["canceled-part-paid", "₹500.00 has been paid for this bill. Please ask Example Power what becomes of it."],
    ["expired", "This bill could be paid until 31 December 2026. Please ask Example Power for a new bill."],
    ["no-rail", "This bill cannot be paid on this page."],
    ["due", "Energy 182 kWh ₹1,079.00 Fixed charge ₹90.00 Electricity duty ₹80.00"],
    [
      "due-flexible",
      "Until 25 November 2026 (now) ₹1,224.00 26–30 November 2026 ₹1,249.00 From 1 December 2026 ₹1,274.00",
    ],
    ["due", "Paid to Example Power UPI address examplepower@icici"],
  ] as const)("that is %s says: %s", (name, text) => {
    expect(seen(page(name)).replace(/[\u2009\u202f]/g, "")).toContain(text);
  });

  it.each([
    ["due", "বাকি আছে বিদ্যুৎ বিল, নভেম্বর 2026 গ্রাহক: আ• সে• দেয় টাকা ₹1,249.00 30 নভেম্বর 2026 তারিখের মধ্যে মিটিয়ে দিন।"],
    ["due-today", "আজই শেষ দিন"],
    ["overdue", "শেষ তারিখ ছিল 30 নভেম্বর 2026।"],
    ["part-paid", "এখনও বাকি ₹749.00"],
    ["paid", "20 নভেম্বর 2026 তারিখে বিলটি পুরো মিটে গেছে।"],
    ["canceled", "20 নভেম্বর 2026 তারিখে বিলটি বাতিল করা হয়েছে।"],
  ] as const)("that is %s says to who reads Bengali: %s", (name, text) => {
    expect(seen(page(name, "bn"))).toContain(text);
  });

  it.each(names)("that is %s says in Bengali everything it says in English, with Latin digits", (name) => {
    const [english, bengali] = [page(name), page(name, "bn")];
    expect(bengali).toMatch(/<html lang="bn" dir="ltr">/);
    expect(seen(bengali)).not.toMatch(/[০-৯]|undefined|null|NaN/);
    expect(seen(english)).not.toMatch(/undefined|null|NaN|\[object/);
    expect(tags(bengali)).toEqual(tags(english));
  });

  it.each(names)("that is %s fits into one round trip, and needs no script and nothing else", (name) => {
    for (const language of ["en", "bn"] as const) {
      const html = page(name, language);
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(13_000);
      expect(html).not.toMatch(/<script|<img|<iframe|<object|javascript:|\son[a-z]+=|style="|https?:|src=/i);
    }
  });

  it("is in English for a language without texts, and for a region in the language it has", () => {
    expect(billPage(viewOf({ bill: { customer: aCustomer({ language: "ta" }) } }))).toContain('<html lang="en"');
    expect(billPage(viewOf({ bill: { customer: aCustomer({ language: "bn-IN" }) } }))).toContain('<html lang="bn"');
  });

  it("tells link previews the title and the biller, never the customer or the amount", () => {
    const head = page("due").split("</head>")[0] ?? "";
    expect(head).toContain('<meta property="og:title" content="Electricity, November 2026">');
    expect(head).toContain('<meta property="og:site_name" content="Example Power">');
    expect(head.replace(/<style>.*<\/style>/s, "")).not.toMatch(/1,249|A•|Asha|Sen/);
  });

  it.each(["paid", "overpaid", "canceled", "expired", "no-rail"] as const)(
    "that is %s offers no way to pay",
    (name) => {
      expect(page(name)).not.toMatch(/<form|upi:|<svg class="qr"/);
    },
  );
});

describe("the form to pay", () => {
  it("has a field for the amount only where there is a choice", () => {
    expect(page("due")).not.toContain("<input");
    expect(page("part-paid")).toMatch(/<label for="amount">.*<input id="amount" name="amount"[^>]* value="749\.00"/s);
  });

  it("posts beside the page, with a direct link for where posting opens nothing", () => {
    const { path, ways } = viewOf();
    const html = billPage(viewOf());
    expect(html).toContain(`<form method="post" action="${path}/pay">`);
    expect(html).toContain(`<a href="${ways[0]?.link.replaceAll("&", "&amp;")}">`);
  });

  it("shows a refused amount where it was typed, with the reason", () => {
    const html = billPage(viewOf(scenes["due-flexible"]), { field: "amount", fault: "too-low", typed: '5"><b>' });
    expect(html).toContain('value="5&quot;&gt;&lt;b&gt;"');
    expect(html).toMatch(/role="alert" id="fault">অন্তত ₹100\.00 দিতে হবে।/);
    expect(html).toContain('aria-describedby="range fault" aria-invalid="true" autofocus>');
  });

  it("names the rail when that is what was refused", () => {
    expect(billPage(viewOf(scenes.due), { field: "rail", fault: "unknown" })).toMatch(
      /role="alert"[^>]*>[^<]*\(rail\)/,
    );
  });
});

describe("the page with the code to scan", () => {
  it("shows the chosen amount, the payee and the way back", () => {
    const view = viewOf(inLanguage(scenes["due-flexible"], "en"));
    const html = scanPage(view, {
      link: "upi://pay?pa=examplepower@icici&am=500.00",
      amount: { ...view.amount, value: 50_000 },
    });
    expect(seen(html)).toContain("Scan to pay Electricity, November 2026 ₹500.00");
    expect(html).toContain('aria-label="QR code to pay ₹500.00 by UPI"');
    expect(html).toContain(`<a href="${view.path}">Back to the bill</a>`);
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(13_000);
  });
});

/** The tags with the names of their attributes: what a browser builds, whatever the texts are. */
const tags = (html: string): string[] => (html.match(/<[^>]*>/g) ?? []).map((tag) => tag.replace(/="[^"]*"/g, ""));

const hostile = fc.oneof(
  fc.constantFrom(
    "</style><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "{{7*7}}<%= 7*7 %>",
    "&lt;b&gt; &#x3c;",
    "\u202egnp.exe\u2066\u200b\u200f",
    "]]><!--",
    "javascript:alert(1)",
    "\r\nSet-Cookie: a=b",
  ),
  fc.string({ unit: "binary", maxLength: 60 }),
);

/** Texts start with a letter, so that none is empty once it is cleaned: an empty one leaves its line out. */
const text = hostile.map((rest) => `x${rest}`);

const viewWith = ([title, name, billerName, payeeName, item]: readonly string[]): PageView =>
  viewOf({
    bill: { title: title ?? "", customer: aCustomer({ name: name ?? "", language: "en" }), exactness: "ANY" },
    biller: {
      ...aBiller({ name: "Example Power" }),
      name: billerName ?? "",
      rails: { upi: { payeeAddress: "examplepower@icici", payeeName: payeeName ?? "" } },
    },
    detail: { items: [{ name: item ?? "", amount: viewOf().amount }] },
  });

describe("hostile texts", () => {
  it("never become markup, and never reach the page with characters that nobody sees", () => {
    const plain = viewWith(["Bill", "Asha", "Power", "Payee", "Energy"]);
    fc.assert(
      fc.property(fc.array(text, { minLength: 5, maxLength: 5 }), text, (fields, typed) => {
        const view = viewWith(fields);
        const refusal = { field: "amount", fault: "malformed" } as const;
        const html = billPage(view, { ...refusal, typed });
        expect(tags(html)).toEqual(tags(billPage(plain, { ...refusal, typed: "1" })));
        const scan = { link: view.ways[0]?.qrLink ?? "", amount: view.amount };
        expect(tags(scanPage(view, scan))).toEqual(tags(scanPage(plain, scan)));
        expect(billPage(view)).not.toMatch(
          /[^\P{Cc}\n]|[\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/u,
        );
      }),
      { numRuns: 60 },
    );
  });
});
