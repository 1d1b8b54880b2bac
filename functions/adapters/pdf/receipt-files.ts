import PDFDocument from "pdfkit";
import type { PrintedReceipt, ReceiptLine } from "../../domain/printed-receipt.ts";
import type { ReceiptFiles } from "../../ports.ts";
import { canWrite, fontPath, runsOf } from "./fonts.ts";

/** In points: A4 with margins of 20 mm. */
const page = { size: "A4", margin: 57, width: 595.28 - 2 * 57, bottom: 841.89 - 57 } as const;
const ink = "#17212f";
const soft = "#55616f";
const rule = "#c9d1da";

type Pen = {
  readonly doc: PDFKit.PDFDocument;
  readonly language: string;
};

const normal = 11;
/** The fonts' ascents differ: all are written on one line, this much of the letters' size beneath the top. */
const ascent = 1.05;
const onLine = { baseline: "alphabetic" } as const;

type Style = { readonly size?: number; readonly color?: string };

/** Receipts set by pdfkit, which shapes Indic letters as their fonts say. */
export function pdfReceiptFiles(): ReceiptFiles {
  return {
    pdf(receipt) {
      if (!textsOf(receipt).every(canWrite)) return Promise.resolve(undefined);
      const doc = new PDFDocument({
        size: page.size,
        margin: page.margin,
        font: fontPath("devanagari"),
        lang: receipt.language,
        displayTitle: true,
        info: { Title: `${receipt.heading} · ${receipt.billerName}`, Creator: "Duebell" },
      });
      const parts: Uint8Array[] = [];
      return new Promise((resolve, reject) => {
        doc.on("data", (part: Uint8Array) => parts.push(part));
        doc.on("end", () => resolve(Buffer.concat(parts)));
        doc.on("error", reject);
        write({ doc, language: receipt.language }, receipt);
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
function paragraph({ doc, language }: Pen, text: string, style: Style = {}, width: number = page.width): void {
  const runs = runsOf(text, language);
  const size = style.size ?? normal;
  doc.x = page.margin;
  doc.y += size * ascent;
  doc.fillColor(style.color ?? ink).fontSize(size);
  runs.forEach((run, n) => {
    doc.font(fontPath(run.font)).text(run.text, { width, continued: n < runs.length - 1, ...onLine });
  });
  doc.y -= size * ascent;
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
function toTheRight({ doc, language }: Pen, text: string, y: number): void {
  doc.fillColor(ink).fontSize(normal);
  const runs = runsOf(text, language);
  const widths = runs.map((run) => doc.font(fontPath(run.font)).widthOfString(run.text));
  let x = page.margin + page.width - widths.reduce((sum, width) => sum + width, 0);
  runs.forEach((run, n) => {
    doc.font(fontPath(run.font)).text(run.text, x, y + normal * ascent, { lineBreak: false, ...onLine });
    x += widths[n] ?? 0;
  });
}
