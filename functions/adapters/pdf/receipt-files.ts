import PDFDocument from "pdfkit";
import type { PrintedReceipt, ReceiptLine } from "../../domain/printed-receipt.ts";
import type { ReceiptFiles } from "../../ports.ts";
import { canWrite, fontPath } from "./fonts.ts";
import { linesOf, type Pen, setLine, widthOf } from "./lines.ts";
import { openShaper } from "./shaper.ts";

/** In points: A4 with margins of 20 mm. */
const page = { size: "A4", margin: 57, width: 595.28 - 2 * 57, bottom: 841.89 - 57 } as const;
const ink = "#17212f";
const soft = "#55616f";
const rule = "#c9d1da";

const normal = 11;
/** The fonts' ascents differ: all are written on one line, this much of the letters' size beneath the top. */
const ascent = 1.05;
/** From one line to the next, in sizes of the letters: enough for what hangs below a Bengali or Tamil line. */
const leading = 1.38;

type Style = { readonly size?: number; readonly color?: string };

/** Receipts drawn by pdfkit with the glyphs that HarfBuzz finds. */
export function pdfReceiptFiles(): ReceiptFiles {
  return {
    async pdf(receipt) {
      if (!textsOf(receipt).every(canWrite)) return undefined;
      const shape = await openShaper();
      const doc = new PDFDocument({
        size: page.size,
        margin: page.margin,
        font: fontPath("devanagari"),
        lang: receipt.language,
        displayTitle: true,
        info: { Title: `${receipt.heading} · ${receipt.billerName}`, Creator: "Duebell" },
      });
      const parts: Uint8Array[] = [];
      return await new Promise((resolve, reject) => {
        doc.on("data", (part: Uint8Array) => parts.push(part));
        doc.on("end", () => resolve(Buffer.concat(parts)));
        doc.on("error", reject);
        write({ doc, language: receipt.language, shape }, receipt);
        doc.end();
      });
    },
  };
}

/** Every text that is set but those of ours, whose languages have their fonts. */
const textsOf = ({ billerName, title, sections, notes }: PrintedReceipt): readonly string[] => [
  billerName,
  title,
  ...notes,
  ...sections.flatMap(({ lines }) => lines.flatMap(({ name, value }) => [name, value])),
];

function write(pen: Pen, receipt: PrintedReceipt): void {
  const { doc } = pen;
  paragraph(pen, receipt.billerName, { size: 18 });
  paragraph(pen, `${receipt.heading} · ${receipt.state}`, { color: soft });
  line(doc);
  paragraph(pen, receipt.title, { size: 13 });
  doc.moveDown(0.6);
  paragraph(pen, receipt.total.name, { color: soft });
  paragraph(pen, receipt.total.value, { size: 24 });
  if (receipt.sentence) paragraph(pen, receipt.sentence);
  for (const note of receipt.notes) paragraph(pen, note);
  for (const { heading, lines } of receipt.sections) {
    doc.moveDown(1);
    if (heading) paragraph(pen, heading, { color: soft });
    line(doc);
    for (const each of lines) row(pen, each);
  }
  doc.moveDown(1.5);
  paragraph(pen, receipt.footer, { size: 9, color: soft });
  doc.fillColor(soft).fontSize(9).text(receipt.link, page.margin, doc.y, { width: page.width, link: receipt.link });
}

/** Text from margin to margin, wrapped; each script in its own font. */
function paragraph(pen: Pen, text: string, style: Style = {}, width: number = page.width): void {
  const { doc } = pen;
  const size = style.size ?? normal;
  doc.fillColor(style.color ?? ink).fontSize(size);
  for (const words of linesOf(pen, text, width)) {
    if (doc.y + size * leading > page.bottom) doc.addPage();
    const top = doc.y;
    setLine(pen, words, { x: page.margin, y: top + size * ascent });
    doc.y = top + size * leading;
  }
}

function line(doc: PDFKit.PDFDocument): void {
  const y = doc.y + 5;
  doc
    .moveTo(page.margin, y)
    .lineTo(page.margin + page.width, y)
    .lineWidth(0.7)
    .stroke(rule);
  doc.y = y + 7;
}

const valueWidth = 170;
const leastRow = 34;

/** A name at the left, wrapped, and its value at the right; a row is never parted by the end of a page. */
function row(pen: Pen, { name, value, small }: ReceiptLine): void {
  const { doc } = pen;
  if (doc.y + leastRow > page.bottom) doc.addPage();
  const { y } = doc;
  const pageBefore = doc.bufferedPageRange().count;
  toTheRight(pen, value, y);
  doc.y = y;
  paragraph(pen, name, { color: soft }, page.width - valueWidth - 12);
  if (small) paragraph(pen, small, { size: 9, color: soft }, page.width - valueWidth - 12);
  if (doc.bufferedPageRange().count === pageBefore) doc.y = Math.max(doc.y, y + 14);
  doc.moveDown(0.25);
}

/** A short text that ends at the right margin. */
function toTheRight(pen: Pen, text: string, y: number): void {
  pen.doc.fillColor(ink).fontSize(normal);
  setLine(pen, text, { x: page.margin + page.width - widthOf(pen, text), y: y + normal * ascent });
}
