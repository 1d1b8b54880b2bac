import { readFileSync } from "node:fs";
import type { Font } from "harfbuzzjs";
import { fontPath, type Script } from "./fonts.ts";

/** One glyph of a text and where it stands, in the font's own units. */
export type ShapedGlyph = {
  readonly id: number;
  /** The letters of the glyph's cluster, and how many glyphs write them together. */
  readonly cluster: string;
  readonly inCluster: number;
  readonly xAdvance: number;
  readonly yAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
};

/** The glyphs of a text in the order in which they are drawn. */
export type Shaper = (text: string, script: Script) => readonly ShapedGlyph[];

let opened: Promise<Shaper> | undefined;

/**
 * HarfBuzz, as WebAssembly: pdfkit's own shaper loses advances of Bengali conjuncts. It is loaded when the first file is made, since a
 * page needs none of it; `harfbuzz.wasm` lies beside the bundle.
 */
export async function openShaper(): Promise<Shaper> {
  opened ??= loadShaper();
  return await opened;
}

async function loadShaper(): Promise<Shaper> {
  const { Blob, Buffer, Face, Font: ShapingFont, shape } = await import("harfbuzzjs");
  const fonts = new Map<Script, Font>();
  const fontOf = (script: Script): Font => {
    const known = fonts.get(script) ?? new ShapingFont(new Face(new Blob(bytesOf(script))));
    fonts.set(script, known);
    return known;
  };
  const buffer = new Buffer();
  return (text, script) => {
    buffer.reset();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    shape(fontOf(script), buffer);
    const positions = buffer.getGlyphPositions();
    const placed = buffer.getGlyphInfos().map(({ codepoint: id, cluster }, n) => ({ id, cluster, ...positions[n] }));
    const starts = [...new Set(placed.map(({ cluster }) => cluster)), text.length];
    return placed.map(({ id, cluster, xAdvance = 0, yAdvance = 0, xOffset = 0, yOffset = 0 }) => ({
      id,
      cluster: text.slice(cluster, starts[starts.indexOf(cluster) + 1]),
      inCluster: placed.filter((other) => other.cluster === cluster).length,
      ...{ xAdvance, yAdvance, xOffset, yOffset },
    }));
  };
}

function bytesOf(script: Script): ArrayBuffer {
  const bytes = readFileSync(fontPath(script));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
