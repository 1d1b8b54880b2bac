import { describe, expect, it } from "vitest";
import { verifyReply } from "../../../functions/pages/verify-page.ts";

const linkHost = "pay.example.com";
const genuine = { outcome: "genuine", billerName: "Example Power", path: "/EXPOWR/1aB2cD3eF4gH5", linkHost } as const;
const bodyOf = (...asked: Parameters<typeof verifyReply>): string => verifyReply(...asked).body;

describe("the page that tells whether a message is genuine", () => {
  it("asks by a form that changes nothing, and says how a genuine link begins", () => {
    const body = bodyOf({ outcome: "not-asked", linkHost });
    expect(body).toMatch(/<form action="\/verify" class="label"><label for="code">.*<textarea id="code" name="code"/);
    expect(body).toContain("A genuine link begins with https://pay.example.com/");
    expect(body).not.toContain("<script");
  });

  it("names the biller of a genuine link and leads to the bill", () => {
    const body = bodyOf(genuine);
    expect(body).toContain("Yes: this link is from Example Power.");
    expect(body).toContain('<a href="/EXPOWR/1aB2cD3eF4gH5">Open the bill</a>');
  });

  it("advises not to pay by a link it does not know, and names the host of one that leads elsewhere", () => {
    const advice = "Do not pay by it";
    expect(bodyOf({ outcome: "unknown", linkHost })).toContain(`We know no such link. ${advice}`);
    const foreign = bodyOf({ outcome: "foreign", host: "evil.example", linkHost });
    expect(foreign).toContain("this link leads to evil.example. It is not from us.");
    expect(foreign).toContain(advice);
    expect(foreign).not.toContain('href="https://evil.example');
  });

  it("takes what others wrote for text", () => {
    const host = '"><script>alert(1)</script>';
    expect(bodyOf({ outcome: "foreign", host, linkHost })).not.toContain("<script");
    expect(bodyOf({ ...genuine, billerName: "<b>Evil" })).not.toContain("<b>");
  });

  it("speaks a language that the request accepts", () => {
    expect(bodyOf(genuine, { acceptLanguage: "bn-IN,en;q=0.5" })).toContain('<html lang="bn"');
    expect(bodyOf(genuine, { acceptLanguage: "xx" })).toContain('<html lang="en"');
  });

  it("is answered with the headers of every public page, framed by nobody unless told", () => {
    const { status, headers } = verifyReply(genuine);
    expect([status, headers["cache-control"], headers["referrer-policy"]]).toEqual([200, "no-store", "no-referrer"]);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    const framed = verifyReply(genuine, { frameAncestors: "'self'" });
    expect(framed.headers["content-security-policy"]).toContain("frame-ancestors 'self'");
  });
});
