import { runsOf } from "./fonts.ts";
import { useFont } from "./shaped-fonts.ts";
import type { Shaper } from "./shaper.ts";

/** A document that is written, in which language, with whose glyphs. */
export type Pen = { readonly doc: PDFKit.PDFDocument; readonly language: string; readonly shape: Shaper };

/** How wide a text is on one line, in points, in the document's present size. */
export const widthOf = ({ doc, language, shape }: Pen, text: string): number =>
  runsOf(text, language).reduce((sum, run) => sum + useFont(doc, run.font, shape).widthOfString(run.text), 0);

/** The text in lines that are not wider than `width`, parted at spaces; a word that is too wide is parted between its letters. */
export function linesOf(pen: Pen, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/[ \t\r\n]+/).flatMap((one) => partsOf(pen, one, width))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && widthOf(pen, longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line === "" ? lines : [...lines, line];
}

/** What is one letter to its reader. */
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function partsOf(pen: Pen, word: string, width: number): readonly string[] {
  if (widthOf(pen, word) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  for (const { segment } of graphemes.segment(word)) {
    if (part !== "" && widthOf(pen, part + segment) > width) {
      parts.push(part);
      part = segment;
    } else part += segment;
  }
  return [...parts, part];
}

/** Writes a text on one line, each script in its own font, with the letters beside the glyphs: what is copied is what was written. */
export function setLine({ doc, language, shape }: Pen, text: string, { x, y }: { x: number; y: number }): void {
  let at = x;
  for (const run of runsOf(text, language)) {
    useFont(doc, run.font, shape);
    doc.markContent("Span", { actual: run.text });
    doc.text(run.text, at, y, { lineBreak: false, baseline: "alphabetic" });
    doc.endMarkedContent();
    at += doc.widthOfString(run.text);
  }
}
