import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pageHeaders } from "../../../functions/pages/page-headers.ts";
import { style } from "../../../functions/pages/style.ts";

/** The custom properties of a rule, with those of the root they stand on. */
function colorsOf(css: string, selector: string): Map<string, string> {
  const rule = [":root", selector].map(
    (each) =>
      css
        .split(each)
        .slice(1)
        .find((rest) => /^[^}]*\{--|^\{[^}]*--/.test(rest)) ?? "",
  );
  return new Map(
    rule.flatMap((text) =>
      [...(text.split("}")[0] ?? "").matchAll(/--([a-z]+):(#[0-9a-f]{3,6})/g)].map((match): [string, string] => [
        match[1] ?? "",
        match[2] ?? "",
      ]),
    ),
  );
}

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const hex = color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit).join("") : color.slice(1);
  const channel = (at: number): number => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4);
}

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const darkStart = style.indexOf("@media (prefers-color-scheme:dark)");
const schemes = [
  ["light", style.slice(0, darkStart)],
  ["dark", style.slice(darkStart, style.indexOf("@media print"))],
] as const;
const states = [":root", ".due-today", ".overdue", ".paid", ".canceled"];

describe("the style sheet", () => {
  it("is the one that the content security policy names", () => {
    const hash = createHash("sha256").update(style).digest("base64");
    expect(pageHeaders()["content-security-policy"]).toContain(`style-src 'sha256-${hash}'`);
  });

  it("fetches nothing", () => {
    expect(style).not.toMatch(/url\(|@import|@font-face/);
  });

  describe.each(schemes)("in %s colors", (_, css) => {
    it.each(states)("keeps text of the state %s readable: 4.5 to 1 at least (WCAG AA)", (state) => {
      const colors = colorsOf(css, state);
      const pairs = ["ink card", "ink ground", "soft card", "soft ground", "tone tint", "act card", "onact act"];
      for (const pair of pairs) {
        const [text = "", ground = ""] = pair.split(" ");
        const [front, back] = [colors.get(text), colors.get(ground)];
        expect(front && back && contrast(front, back), `${pair}: ${front} on ${back}`).toBeGreaterThanOrEqual(4.5);
      }
    });
  });
});
