import { basename } from "node:path";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canWrite, fontFiles, runsOf } from "../../../../functions/adapters/pdf/fonts.ts";
import { pdfReceiptFiles } from "../../../../functions/adapters/pdf/receipt-files.ts";
import type { PrintedReceipt } from "../../../../functions/domain/printed-receipt.ts";
import { receiptFonts } from "../../../../lib/receipt-fonts.ts";

/** The file of a receipt that can be set. */
async function fileOf(receipt: PrintedReceipt): Promise<Uint8Array> {
  const pdf = await files.pdf(receipt);
  if (!pdf) throw new Error("not set");
  return pdf;
}

const files = pdfReceiptFiles();

const receipt: PrintedReceipt = {
  language: "bn",
  billerName: "Example Power",
  heading: "রসিদ",
  state: "পরিশোধিত",
  title: "বিদ্যুৎ বিল, নভেম্বর 2026",
  total: { name: "পরিশোধিত", value: "₹1,249.00" },
  sentence: "ধন্যবাদ।",
  notes: [],
  sections: [{ heading: "Payments", lines: [{ name: "18 নভেম্বর 2026", value: "₹1,249.00", small: "No. ABC" }] }],
  footer: "Page:",
  link: "https://pay.example.com/EXPOWR/1AbCdEfGhJkLm",
};

/** The file as text, its compressed parts unpacked. */
function opened(pdf: Uint8Array): string {
  const bytes = Buffer.from(pdf);
  const parts = [bytes.toString("latin1")];
  for (let at = bytes.indexOf("stream\n"); at >= 0; at = bytes.indexOf("stream\n", at + 7)) {
    const end = bytes.indexOf("\nendstream", at);
    try {
      parts.push(inflateSync(bytes.subarray(at + 7, end)).toString("latin1"));
    } catch {
      // Not compressed: it is in the text already.
    }
  }
  return parts.join("\n");
}

const pagesIn = (pdf: Uint8Array): number => opened(pdf).match(/\/Type \/Page\b/g)?.length ?? 0;

describe("a receipt as a file", () => {
  it("is a PDF with the fonts of its scripts in it and its language told", async () => {
    const pdf = await fileOf(receipt);
    const text = opened(pdf);
    expect(text.startsWith("%PDF-1.")).toBe(true);
    expect(text).toMatch(/\/FontName \/[A-Z]{6}\+NotoSansBengali/);
    expect(text).toContain("/FontFile2");
    expect(text).toMatch(/\/Lang \((?:bn|\u00fe\u00ff\0b\0n)\)/);
    expect(text).toContain(receipt.link);
    expect(pagesIn(pdf)).toBe(1);
  });

  it("goes on to further pages when the bill has many items, each amount on the page of its name", async () => {
    const lines = Array.from({ length: 50 }, (_, n) => ({ name: `Energy ${n} ${"বিদ্যুৎ ".repeat(6)}`, value: "₹1.00" }));
    const pdf = await fileOf({ ...receipt, sections: [{ lines }] });
    expect(pagesIn(pdf)).toBeGreaterThan(1);
    expect(pagesIn(pdf)).toBeLessThan(6);
  });

  it("is made of whatever a bill may say", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", maxLength: 80 }), async (title) => {
        const pdf = await files.pdf({ ...receipt, title, billerName: title || "x" });
        if (pdf) expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe("%PDF-");
        else expect(canWrite(title)).toBe(false);
      }),
      { numRuns: 25 },
    );
  });
});

describe("a receipt whose texts no font here has the letters of", () => {
  it.each(["فاتورة الكهرباء", "ବିଦ୍ୟୁତ", "电费", "Power ⚡"])("is no file: %s", async (title) => {
    expect(await files.pdf({ ...receipt, title })).toBeUndefined();
  });
});

describe("the pieces of a text", () => {
  it("are of one script each, and a space goes before a piece", () => {
    expect(runsOf("শক্তি Energy बिजली 12", "ta")).toEqual([
      { text: "শক্তি", font: "bengali" },
      { text: " Energy", font: "tamil" },
      { text: " बिजली 12", font: "devanagari" },
    ]);
  });

  it("are together the whole text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        const joined = runsOf(text, "bn").map(({ text: piece }) => piece);
        expect(joined.join("")).toBe(text);
      }),
    );
  });
});

describe("the fonts", () => {
  it("are deployed beside the bundle under the names they are looked for by", () => {
    expect(receiptFonts.map((path) => basename(path)).toSorted()).toEqual(Object.values(fontFiles).toSorted());
  });
});
