import fc from "fast-check";
import { encode } from "uqr";
import { describe, expect, it } from "vitest";
import { qrCode } from "../../../functions/pages/qr-code.ts";
import { codesIn, scanned } from "../../support/qr-reading.ts";

function pictureOf(text: string) {
  const [code] = codesIn(`<html>${qrCode(text, "a code")}</html>`);
  if (!code) throw new Error("no picture");
  return code.picture;
}

describe("a QR code", () => {
  it("draws exactly the modules of the code in a quiet zone of four, eight pixels each, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (text) => {
        const { data, size } = encode(text, { ecc: "L", boostEcc: true, border: 4, maskPattern: 0 });
        const { side, isWhite } = pictureOf(text);
        expect(side).toBe(size * 8);
        const drawn = data.map((row, y) => row.map((_, x) => !isWhite(x * 8 + 3, y * 8 + 4)));
        expect(drawn).toEqual(data);
        const edges = data.map((row, y) => row.map((_, x) => !isWhite(x * 8, y * 8 + 7)));
        expect(edges).toEqual(data);
      }),
      { numRuns: 30 },
    );
  });

  it.each([
    "upi://pay?pa=examplepower@icici&pn=Example%20Power&tr=7Yq2mK4tW9xZb&am=1249.00&cu=INR&mode=01",
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D",
  ])("is read by a scanner as %s", (text) => {
    expect(scanned(pictureOf(text))).toBe(text);
  });

  it("has a name, and takes few bytes", () => {
    const image = String(qrCode(`upi://pay?${"x".repeat(170)}`, 'QR code to pay "₹1"'));
    expect(image).toMatch(
      /^<img class="qr" alt="QR code to pay &quot;₹1&quot;" src="data:image\/png;base64,[\w+/]+=*">$/,
    );
    expect(image.length).toBeLessThan(1_500);
  });
});
