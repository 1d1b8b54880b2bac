import { fontPath, type Script } from "./fonts.ts";
import type { ShapedGlyph, Shaper } from "./shaper.ts";

/** What pdfkit asks of a font of fontkit's, as far as it is replaced here. */
type LaidOutFont = {
  getGlyph(id: number, codePoints: readonly number[]): object;
  glyphForCodePoint(codePoint: number): { readonly id: number };
  layout(text: string): object;
};

const codePointsOf = (text: string): number[] => Array.from(text, (letter) => letter.codePointAt(0) ?? 0);

/** Chooses the font of a script, whose glyphs are then the shaper's, in what is measured as in what is drawn. */
export function useFont(doc: PDFKit.PDFDocument, script: Script, shape: Shaper): PDFKit.PDFDocument {
  doc.font(fontPath(script));
  const font = fontOf(doc);
  if (!shaped.has(font)) {
    shaped.add(font);
    font.layout = (text) => laidOut(font, shape(text, script));
  }
  return doc;
}

const shaped = new WeakSet<LaidOutFont>();

/** The font that pdfkit has opened; it has no other way to be told of a shaper. */
function fontOf(doc: PDFKit.PDFDocument): LaidOutFont {
  const { _font } = doc as unknown as { readonly _font?: { readonly font?: LaidOutFont } };
  if (typeof _font?.font?.layout !== "function") throw new Error("pdfkit keeps its fonts in another place");
  return _font.font;
}

/** Glyphs as pdfkit takes them; it scales the positions in place, and then asks for their sum. */
function laidOut(font: LaidOutFont, glyphs: readonly ShapedGlyph[]): object {
  const positions = glyphs.map(({ xAdvance, yAdvance, xOffset, yOffset }) => ({
    xAdvance,
    yAdvance,
    xOffset,
    yOffset,
  }));
  return {
    glyphs: glyphs.map((glyph) => font.getGlyph(glyph.id, letters(font, glyph))),
    positions,
    get advanceWidth() {
      return positions.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    },
  };
}

/** The letters a glyph is copied as by readers that do not heed the text beside it: those of its cluster, or its own among several. */
function letters(font: LaidOutFont, { id, cluster, inCluster }: ShapedGlyph): readonly number[] {
  const all = codePointsOf(cluster);
  return inCluster === 1 ? all : all.filter((codePoint) => font.glyphForCodePoint(codePoint).id === id);
}
