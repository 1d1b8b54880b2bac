import { readFileSync } from "node:fs";
import fc from "fast-check";
import { Blob, Face, Font, Buffer as ShapingBuffer, shape } from "harfbuzzjs";
import PDFDocument from "pdfkit";
import { describe, expect, it } from "vitest";
import { canWrite, fontPath, runsOf, type Script } from "../../../../functions/adapters/pdf/fonts.ts";
import { linesOf, type Pen, setLine, widthOf } from "../../../../functions/adapters/pdf/lines.ts";
import { openShaper } from "../../../../functions/adapters/pdf/shaper.ts";
import { textsFor } from "../../../../functions/pages/texts/texts-for.ts";

const words: Readonly<Record<Script, readonly string[]>> = {
  bengali: ["ক্ত", "শক্তি", "যুক্তরাষ্ট্র", "স্ত্রী", "লক্ষ্মী", "উজ্জ্বল", "কৃষ্ণ", "র্কি", "কো", "কৌ", "বিদ্যুৎ"],
  devanagari: ["क्षत्रिय", "ज्ञान", "श्रीमान", "र्कि", "निर्माण", "राष्ट्र", "विद्युत", "शक्ति", "कुल", "हृदय"],
  tamil: ["க்ஷ", "ஸ்ரீ", "கௌரவம்", "கொடுத்தோம்", "நிலுவை", "கோ", "சௌ", "தமிழ்நாடு", "மின்சாரம்"],
};
const tags: Readonly<Record<Script, string>> = { bengali: "Beng", devanagari: "Deva", tamil: "Taml" };
const all = Object.entries(words).flatMap(([script, list]) => list.map((word) => [script as Script, word] as const));

/** HarfBuzz asked directly, with direction and script told. */
function oracle(
  text: string,
  script: Script,
): readonly (readonly [id: number, advance: number, x: number, y: number])[] {
  const font = new Font(new Face(new Blob(new Uint8Array(readFileSync(fontPath(script))).buffer)));
  const buffer = new ShapingBuffer();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setScript(tags[script]);
  shape(font, buffer);
  const positions = buffer.getGlyphPositions();
  return buffer.getGlyphInfos().map(({ codepoint }, n) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[n] ?? {};
    return [codepoint, xAdvance, xOffset, yOffset];
  });
}

/** An open document, and what it holds once it is closed. */
async function aPen(language: string): Promise<{ readonly pen: Pen; content(): Promise<string> }> {
  const doc = new PDFDocument({ compress: false, font: fontPath("devanagari") });
  const parts: Uint8Array[] = [];
  doc.on("data", (part: Uint8Array) => parts.push(part));
  return {
    pen: { doc, language, shape: await openShaper() },
    content: () =>
      new Promise((resolve) => {
        doc.on("end", () => resolve(Buffer.concat(parts).toString("latin1")));
        doc.end();
      }),
  };
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** What a reader copies: the letters that stand beside the glyphs. */
function copied(content: string): string {
  const found = content.matchAll(/\/ActualText \(((?:\\.|[^\\)])*)\)/gs);
  return Array.from(found, ([, raw = ""]) => {
    const text = raw.replace(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter);
    const bytes = Buffer.from(text, "latin1");
    return text.startsWith("\u00fe\u00ff") ? bytes.subarray(2).swap16().toString("utf16le") : text;
  }).join("");
}

/** Every sentence of a text table, its functions asked with something. */
const sentences = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  if (typeof value === "function") return sentences(value("1,249.00", "2026", "x"));
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(sentences) : [];
};

describe("the glyphs of a word", () => {
  it.each(all)("are HarfBuzz's own, with their advances and places, in %s: %s", async (script, word) => {
    const shaped = (await openShaper())(word, script);
    expect(shaped.map(({ id, xAdvance, xOffset, yOffset }) => [id, xAdvance, xOffset, yOffset])).toEqual(
      oracle(word, script),
    );
  });

  it.each(all)("take as much room in a line as HarfBuzz says, in %s: %s", async (script, word) => {
    const { pen } = await aPen("en");
    pen.doc.fontSize(1_000);
    const advances = oracle(word, script).map(([, advance]) => advance);
    expect(widthOf(pen, word)).toBeCloseTo(
      advances.reduce((sum, advance) => sum + advance, 0),
      6,
    );
  });

  it("name each letter of the word once among their clusters", async () => {
    const shapeText = await openShaper();
    for (const [script, word] of all) {
      const clusters = shapeText(word, script).map(({ cluster, inCluster }) => ({ cluster, inCluster }));
      const lengths = clusters.reduce((sum, { cluster, inCluster }) => sum + cluster.length / inCluster, 0);
      expect(lengths).toBeCloseTo(word.length, 6);
    }
  });
});

describe("the pages' sentences", () => {
  it.each(["en", "bn", "hi", "ta", "pt", "es"])("have a glyph for every letter in %s", async (language) => {
    const shapeText = await openShaper();
    const missing = sentences(textsFor(language))
      .filter(canWrite)
      .flatMap((text) => runsOf(text, language))
      .filter(({ text, font }) => shapeText(text, font).some(({ id }) => id === 0))
      .map(({ text }) => text.trim());
    // Signs that pages show and receipts never do.
    expect(missing.filter((text) => !/[→←↗›‹✓]/u.test(text))).toEqual([]);
  });
});

describe("a line that is written", () => {
  it.each(all)("is copied as the letters it was made of, in %s: %s", async (_script, word) => {
    const { pen, content } = await aPen("bn");
    const text = `${word} Energy 12 ${word} (₹5)`;
    setLine(pen, text, { x: 50, y: 50 });
    expect(copied(await content())).toBe(text);
  });
});

describe("the lines of a text", () => {
  const word = fc.oneof(fc.constantFrom(...all.map(([, one]) => one)), fc.stringMatching(/^[a-z0-9]{1,60}$/));

  it("are its words in their order, and none is wider than the column", async () => {
    const { pen } = await aPen("ta");
    pen.doc.fontSize(11);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.integer({ min: 60, max: 400 }), (list, width) => {
        const lines = linesOf(pen, list.join(" "), width);
        expect(lines.join("").replaceAll(" ", "")).toBe(list.join(""));
        for (const line of lines) expect(widthOf(pen, line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 60 },
    );
  });
});
