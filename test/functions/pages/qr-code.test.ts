import fc from "fast-check";
import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { qrCode } from "../../../functions/pages/qr-code.ts";

/** The dark modules that the strokes of an SVG path cover. */
function darkModules(svg: string): string[] {
  const dark: string[] = [];
  let [x, y] = [0, 0];
  for (const [, command, a = "", b = ""] of (/stroke="#000" d="([^"]*)"/.exec(svg)?.[1] ?? "").matchAll(
    /([Mmh])(-?\d+)(?: (\d+(?:\.5)?))?/g,
  )) {
    if (command === "M") [x, y] = [Number(a), Math.floor(Number(b))];
    else if (command === "m") x += Number(a);
    else for (let end = x + Number(a); x < end; x++) dark.push(`${x},${y}`);
  }
  return dark;
}

describe("a QR code", () => {
  it("draws exactly the dark modules of the code, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (text) => {
        const { data } = encode(text, { ecc: "L", boostEcc: true, border: 0 });
        const expected = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`${x},${y}`] : [])));
        expect(darkModules(String(qrCode(text, "a code")))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it("is dark on white within a quiet zone of four modules, and has a name", () => {
    const svg = String(qrCode("upi://pay?pa=examplepower@icici", "QR code to pay ₹1,249.00 by UPI"));
    const { size } = encode("upi://pay?pa=examplepower@icici", { ecc: "L", boostEcc: true, border: 0 });
    expect(svg).toContain(`viewBox="-4 -4 ${size + 8} ${size + 8}"`);
    expect(svg).toContain(`<path fill="#fff" d="M-4-4h${size + 8}v${size + 8}h-${size + 8}z"/>`);
    expect(svg).toContain('role="img" aria-label="QR code to pay ₹1,249.00 by UPI"');
  });
});
