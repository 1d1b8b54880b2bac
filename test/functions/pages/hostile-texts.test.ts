import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PayRefusal } from "../../../functions/domain/page-view.ts";
import { visibleText } from "../../../functions/domain/visible-text.ts";
import { linkReply, paymentReply } from "../../../functions/pages/replies.ts";
import { aBiller, aCustomer } from "../../support/builders.ts";
import { elementsOf } from "../../support/html-structure.ts";
import { android, counted, inr, type Scene, viewOf } from "./page-states.ts";

const hostile = fc.oneof(
  fc.constantFrom(
    "</style><script>alert(1)</script>",
    "--></title></textarea><svg onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "{{7*7}}<%= 7*7 %>#{7*7}",
    "&lt;b&gt; &#x3c;",
    "\u202egnp.exe\u2066\u200b\u200f",
    "]]><!--",
    "javascript:alert(1)",
    ";end#Intent;S.browser_fallback_url=https://evil.example;",
    "&pa=thief@bank&am=1.00",
    "\r\nSet-Cookie: a=b",
  ),
  fc.string({ unit: "binary", maxLength: 60 }),
);

/** Texts start with a letter, so that none is empty once it is cleaned: an empty one leaves its line out. */
const text = hostile.map((rest) => `x${rest}`);

const fields = fc.record({
  title: text,
  customer: text,
  biller: text,
  payee: text,
  label: text,
  item: text,
  reason: text,
  paymentId: text,
  mark: text,
  app: text,
  typed: text,
});
type Fields = typeof fields extends fc.Arbitrary<infer Value> ? Value : never;

const plain: Fields = {
  title: "Bill",
  customer: "Asha",
  biller: "Power",
  payee: "Payee",
  label: "Site",
  item: "Energy",
  reason: "moved",
  paymentId: "pay_1",
  mark: "sAb",
  app: "phonepe!",
  typed: "1",
};

/** What settings hold after they were read is trusted by the pages in its shape alone: texts are whatever came. */
function billerWith({ biller, payee, label }: Fields, currency: string) {
  const rails = {
    INR: {
      upi: { payeeAddress: "examplepower@icici", payeeName: payee },
      razorpay: {},
      external: { url: "https://portal.example.com/pay?bill={billId}", label },
    },
    BRL: { pix: { key: "pagamentos@example.org", merchantName: payee, merchantCity: payee } },
    SGD: { payNow: { uen: "201403121W", payeeName: payee } },
  }[currency];
  return { ...aBiller(), name: biller, ...(rails && { rails }) };
}

const moments = {
  flexible: {},
  exact: {},
  paid: { payments: { "standard:pay_0001": counted(124_900, "2026-11-20") } },
  canceled: {},
} as const;
type Look = { readonly currency: "INR" | "BRL" | "SGD"; readonly state: keyof typeof moments; readonly phone: boolean };

function sceneWith(given: Fields, { currency, state, phone }: Look): Scene {
  const amount = (value: number) => ({ ...inr(value), currency });
  return {
    bill: {
      title: given.title,
      customer: aCustomer({ name: given.customer, language: "en" }),
      amountDue: amount(124_900),
      exactness: state === "flexible" ? "ANY" : "EXACT",
      ...(state === "canceled" && { canceled: { at: 0, reason: given.reason } }),
      payments: state === "paid" ? { [`standard:${given.paymentId}`]: counted(124_900, "2026-11-20") } : {},
      pending: { key: `standard:${given.paymentId}`, amount: 100, at: Date.parse("2026-11-21T05:00:00Z") },
    },
    biller: billerWith(given, currency) as NonNullable<Scene["biller"]>,
    detail: { items: [{ name: given.item, amount: inr(100) }] },
    ...(phone && { device: android }),
    mark: given.mark,
    missingApp: given.app,
  };
}

/** The tags with the names of their attributes, and how they are nested: what a browser builds, whatever the texts are. */
const structure = (html: string): string[] =>
  elementsOf(html).map(({ name, depth, attributes }) => `${depth} ${name} ${Object.keys(attributes).join(" ")}`);

const schemes = /^(?:\/|https:\/\/|upi:|intent:|data:image\/|data:,$|[a-z][a-z-]*:\/\/(?:upi\/)?pay)/;

const refusals = (typed: string): readonly (PayRefusal | undefined)[] => [
  undefined,
  { field: "amount", fault: "malformed", typed: visibleText(typed) },
  { field: "rail", fault: "unavailable", rail: "razorpay" },
];

const look = fc.record({
  currency: fc.constantFrom("INR", "BRL", "SGD"),
  state: fc.constantFrom("flexible", "exact", "paid", "canceled"),
  phone: fc.boolean(),
});

/** Every answer that has to do with a bill: its page, and the page again with each refusal. */
function replies(given: Fields, seen: Look) {
  const view = viewOf(sceneWith(given, seen));
  return refusals(given.typed).map((refusal) =>
    refusal ? paymentReply({ outcome: "refused", refusal, view }) : linkReply({ outcome: "found", view }),
  );
}

describe("hostile texts in any field", () => {
  it("never become markup, an attribute or a header, and never reach the page with characters nobody sees", () => {
    fc.assert(
      fc.property(fields, look, (given, seen) => {
        const harmless = replies(plain, seen).map(({ body }) => structure(body));
        const answers = replies(given, seen);
        expect(answers.map(({ body }) => structure(body))).toEqual(harmless);
        for (const { body, headers } of answers) {
          expect(body).not.toMatch(/[^\P{Cc}\n]|[\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/u);
          expect(Object.entries(headers).flat().join("")).not.toMatch(/[\r\n\0]/);
          for (const { attributes } of elementsOf(body))
            for (const link of [attributes["href"], attributes["src"], attributes["action"]])
              if (link !== undefined) expect(link).toMatch(schemes);
        }
      }),
      { numRuns: 80 },
    );
  });

  it("change no more of the policy than harmless ones", () => {
    fc.assert(
      fc.property(fields, look, (given, seen) => {
        const policy = (all: ReturnType<typeof replies>) =>
          all.map(({ headers }) => headers["content-security-policy"]);
        expect(policy(replies(given, seen))).toEqual(policy(replies(plain, seen)));
      }),
      { numRuns: 30 },
    );
  });

  it("stay text in JSON", () => {
    fc.assert(
      fc.property(fields, look, (given, seen) => {
        const view = viewOf(sceneWith(given, seen));
        const { body } = linkReply({ outcome: "found", view }, { accept: "application/json" });
        expect(JSON.parse(body)).toMatchObject({ title: view.title, biller: { name: view.billerName } });
      }),
      { numRuns: 20 },
    );
  });
});
