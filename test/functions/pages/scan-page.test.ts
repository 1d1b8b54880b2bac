import { describe, expect, it } from "vitest";
import { scanPage } from "../../../functions/pages/scan-page.ts";
import { elementsOf, seenText } from "../../support/html-structure.ts";
import { codesIn, scannedIn } from "../../support/qr-reading.ts";
import { android, inLanguage, type Scene, scenes, viewOf } from "./page-states.ts";

/** The page of a scene's first way with another code and amount. */
function shown(scene: Scene, code: string, value: number): string {
  const view = viewOf(inLanguage(scene, "en"));
  const [way] = view.ways;
  if (!way) throw new Error("nothing to scan");
  return scanPage(view, { way, code, canCopy: way.canCopy ?? false, amount: { ...view.amount, value } });
}

const upiCode = "upi://pay?pa=examplepower@icici&am=500.00&cu=INR&mode=01";

describe("the page with the code to scan", () => {
  it("shows the chosen amount, the payee and the way back", () => {
    const html = shown(scenes["due-flexible"], upiCode, 50_000);
    expect(seenText(html)).toContain("Scan to pay Electricity, November 2026 ₹500.00");
    expect(seenText(html)).toContain("UPI address examplepower@icici");
    expect(codesIn(html)[0]?.label).toBe("QR code to pay ₹500.00 by UPI");
    expect(html).toContain(`<a href="${viewOf().path}">Back to the bill</a>`);
    expect(html).not.toContain("<textarea");
  });

  it("has a code of exactly what was made", () => {
    expect(scannedIn(shown(scenes["due-flexible"], upiCode, 50_000))).toEqual([upiCode]);
  });

  it("has a Pix code as text before its picture", () => {
    const code = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000<&6304ABCD";
    const html = shown(scenes["due-brazil"], code, 5_000);
    expect(scannedIn(html)).toEqual([code]);
    expect(html).toContain("426655440000&lt;&amp;6304ABCD</textarea>");
    expect(html.indexOf("<textarea")).toBeLessThan(html.indexOf('class="qr"'));
    expect(seenText(html)).toContain("Pay by Pix");
  });

  it.each([
    ["upi", "Scan to pay", "Scan with any UPI app"],
    ["pix", "Pay by Pix", "Scan with your bank's app"],
    ["pix-psp", "Pay by Pix", "Scan with your bank's app"],
    ["pay-now", "Scan to pay", "Scan with your bank's app"],
    ["external", "Scan to pay", "Scan with your bank's app"],
  ] as const)("of %s is headed %j, over %j", (rail, heading, caption) => {
    const view = viewOf(inLanguage(scenes["due-brazil"], "en"));
    const way = { ...view.ways[0], rail, bounds: { minimum: view.amount }, fixed: false, formTargets: [] };
    const html = scanPage(view, { way, code: "000201", canCopy: false, amount: view.amount });
    expect(seenText(html)).toContain(heading);
    expect(seenText(html)).toContain(caption);
  });

  it("says how a PayNow code is kept", () => {
    expect(seenText(shown(scenes["due-singapore"], "000201", 5_000))).toContain("keep this picture");
  });

  it("fits into one round trip, and is well formed", () => {
    for (const scene of [scenes["due-flexible"], scenes["due-brazil"], scenes["due-singapore"]]) {
      const html = shown({ ...scene, device: android }, upiCode, 50_000);
      expect(Buffer.byteLength(html)).toBeLessThanOrEqual(14_000);
      expect(elementsOf(html).filter(({ name }) => name === "h1")).toHaveLength(1);
    }
  });
});
