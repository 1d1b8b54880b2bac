import { describe, expect, it } from "vitest";
import type { OpenedLink } from "../../../functions/domain/page-view.ts";
import type { WayToPay } from "../../../functions/domain/rail.ts";
import { linkReply, paymentReply } from "../../../functions/pages/replies.ts";
import { type SceneName, sceneOf, scenes, viewOf } from "./page-states.ts";

const found = (name: keyof typeof scenes): OpenedLink => ({ outcome: "found", view: viewOf(scenes[name]) });
const missing: OpenedLink = { outcome: "not-found" };

describe("the answer to an opened link", () => {
  it("is a page that may run nothing but its own script, ask nobody else, be framed by nobody and kept nowhere", () => {
    const { status, headers } = linkReply(found("due"), { accept: "text/html,*/*" });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-robots-tag": expect.stringContaining("noindex"),
      "x-content-type-options": "nosniff",
      "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
      "permissions-policy": expect.stringContaining("camera=()"),
    });
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; script-src 'sha256-[A-Za-z0-9+/]{43}='; connect-src 'self'; img-src data:; form-action 'self' upi:; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).not.toHaveProperty("set-cookie");
  });

  it("lets forms lead to no rail when there is none", () => {
    expect(linkReply(found("paid")).headers["content-security-policy"]).toContain("form-action 'self';");
  });

  it("may be framed only by who is told", () => {
    const { headers } = linkReply(found("due"), { frameAncestors: "http://127.0.0.1:4100" });
    expect(headers["content-security-policy"]).toMatch(/frame-ancestors http:\/\/127\.0\.0\.1:4100$/);
  });

  it("is the same facts as JSON to who asks for that", () => {
    const { headers, body } = linkReply(found("part-paid"), { accept: "application/json" });
    expect(headers["content-type"]).toBe("application/json");
    expect(headers["cache-control"]).toBe("no-store");
    const inr = (value: number) => ({ value, currency: "INR" });
    expect(JSON.parse(body)).toEqual({
      state: "part-paid",
      due: "due",
      link: expect.stringMatching(/^\/EXPOWR\/\w{13}$/),
      language: "bn",
      biller: { name: "Example Power" },
      customer: { name: "A••• S••" },
      title: "Electricity, November 2026",
      amount: inr(124_900),
      outstanding: inr(74_900),
      paid: inr(50_000),
      issuedOn: "2026-11-15",
      dueDate: "2026-11-30",
      datedAmounts: [],
      items: [],
      payments: [{ reference: expect.any(String), amount: inr(50_000), paidOn: "2026-11-20" }],
      ways: [
        {
          rail: "upi",
          payee: { name: "Example Power", address: "examplepower@icici" },
          minimum: inr(10_000),
          maximum: inr(74_900),
          link: expect.stringMatching(/^upi:/),
          code: expect.stringMatching(/^upi:/),
        },
      ],
    });
  });

  it("is HTML to a browser that would also take JSON", () => {
    expect(linkReply(found("due"), { accept: "text/html, application/json" }).headers["content-type"]).toMatch(
      /^text\/html/,
    );
  });

  it("is one 404 for every link without a bill, with nobody's name in it", () => {
    const { status, body, headers } = linkReply(missing);
    expect(status).toBe(404);
    expect(body).toContain("There is no bill behind this link.");
    expect(body).not.toContain("Example Power");
    expect(headers["content-security-policy"]).toContain("form-action 'self';");
    expect(paymentReply(missing)).toEqual(linkReply(missing));
  });

  it.each([
    ["bn-IN,bn;q=0.9,en;q=0.8", "bn"],
    ["hi,bn;q=0.5", "hi"],
    ["pt-BR,en;q=0.5", "pt"],
    ["de,es-419;q=0.5", "es"],
    ["fr", "en"],
    ["", "en"],
    ["constructor", "en"],
  ])("that there is no bill is said for %j in %s", (acceptLanguage, language) => {
    expect(linkReply(missing, { acceptLanguage }).body).toContain(`<html lang="${language}"`);
  });

  it("that there is no bill is said in JSON as a problem", () => {
    const { status, headers, body } = linkReply(missing, { accept: "application/json" });
    expect([status, headers["content-type"]]).toEqual([404, "application/problem+json"]);
    expect(JSON.parse(body)).toMatchObject({ status: 404, code: "not-found" });
  });
});

describe("the answer to the form", () => {
  const view = viewOf(scenes["due-flexible"]);

  it("goes on to the app or the checkout", () => {
    const { status, headers } = paymentReply({ outcome: "open", link: "upi://pay?pa=a@b" });
    expect([status, headers["location"]]).toEqual([303, "upi://pay?pa=a@b"]);
    expect(headers["referrer-policy"]).toBe("no-referrer");
  });

  it("goes back to the bill when nothing is to be paid", () => {
    const { status, headers } = paymentReply({ outcome: "nothing-to-pay", path: view.path });
    expect([status, headers["location"]]).toEqual([303, view.path]);
  });

  it("is a page with the code to scan", () => {
    const { status, body } = paymentReply({
      outcome: "show-code",
      way: view.ways[0] as WayToPay,
      code: "upi://pay?pa=a@b",
      canCopy: false,
      amount: view.amount,
      view,
    });
    expect(status).toBe(200);
    expect(body).toContain('class="qr"');
  });

  it("is the page again, and 400, when a field was refused", () => {
    const { status, body } = paymentReply({
      outcome: "refused",
      refusal: { field: "amount", fault: "too-high", typed: "9999" },
      view,
    });
    expect(status).toBe(400);
    expect(body).toContain('aria-invalid="true"');
  });

  it("is the page again, and 503, when a gateway does not answer: the other ways still work", () => {
    const { refusal, ...scene } = scenes["gateway-down"];
    const { status, body } = paymentReply({ outcome: "refused", refusal, view: viewOf(scene) });
    expect(status).toBe(503);
    expect(body).toMatch(/role="alert" id="fault">[^<]+</);
    expect(body).toContain("upi://pay");
  });

  it("keeps to who may frame it", () => {
    const refusal = { field: "rail", fault: "unknown" } as const;
    const { headers } = paymentReply({ outcome: "refused", refusal, view }, { frameAncestors: "'self'" });
    expect(headers["content-security-policy"]).toMatch(/frame-ancestors 'self'$/);
  });
});

describe("the facts as JSON", () => {
  const factsOf = (name: SceneName): Record<string, unknown> =>
    JSON.parse(linkReply({ outcome: "found", view: viewOf(sceneOf(name)) }, { accept: "application/json" }).body);
  const inr = (value: number) => ({ value, currency: "INR" });

  it("name every way to pay, with its link and its code where they are known before", () => {
    expect(factsOf("due-every-rail")["ways"]).toMatchObject([
      { rail: "upi", minimum: inr(124_900), maximum: inr(124_900) },
      { rail: "click-pay", link: expect.stringMatching(/^https:\/\/bbps\.io\//) },
      { rail: "razorpay" },
      { rail: "stripe" },
      { rail: "external", label: "Example Power's own site" },
    ]);
    expect(factsOf("due-brazil")["ways"]).toMatchObject([{ rail: "pix", code: expect.stringMatching(/^000201/) }]);
  });

  it("say what the page says beside the bill, and nothing of who looks at it", () => {
    expect(factsOf("pending")).toMatchObject({
      pending: { amount: inr(124_900), since: { date: "2026-11-21", time: "10:58" }, refresh: true },
    });
    expect(factsOf("live-stale")).toMatchObject({
      live: { outcome: "stale", at: { date: "2026-11-15", time: "09:30" } },
    });
    expect(factsOf("live-not-asked")).toMatchObject({
      live: { outcome: "not-asked", at: { date: "2026-11-15", time: "09:30" } },
    });
    expect(factsOf("amended")).toMatchObject({ formerly: { amount: inr(124_900) } });
    expect(factsOf("nothing-due")).toMatchObject({ state: "nothing-due", outstanding: inr(0), ways: [] });
    const unsaid = ["url", "device", "mark", "logo", "apps", "missingApp"];
    expect(Object.keys(factsOf("missing-app")).filter((key) => unsaid.includes(key))).toEqual([]);
  });
});
