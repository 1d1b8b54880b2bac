import { csvCells } from "../../domain/csv.ts";
import type { ImportReject } from "../../domain/import.ts";
import { RowSplitter } from "../../domain/row-splitter.ts";

const header = "line,column,message\r\n";

/**
 * What a spreadsheet would take for a formula (OWASP, "CSV injection"), at the start of a cell or where a program that splits at
 * other characters would start one.
 */
const formula = /(^|[;,"\t\r\n])(?=[=+\-@\t\r\n＝＋－＠])/g;

const cell = (text: string): string => `"${text.replaceAll(formula, "$1'").replaceAll('"', '""')}"`;

const row = ({ line, column, message }: ImportReject): string => `${line},${cell(column)},${cell(message)}\r\n`;

/**
 * The list of rejects as CSV, `line,column,message` (RFC 4180, UTF-8), in pieces of `pieceBytes` bytes or a little more, the last
 * one shorter. Nothing at all for no rejects. An apostrophe stands before what a spreadsheet would take for a formula.
 */
export async function* rejectsCsv(rejects: AsyncIterable<ImportReject>, pieceBytes: number): AsyncGenerator<Buffer> {
  let lines = [header];
  let bytes = header.length;
  let isEmpty = true;
  for await (const reject of rejects) {
    isEmpty = false;
    const text = row(reject);
    lines.push(text);
    bytes += Buffer.byteLength(text);
    if (bytes < pieceBytes) continue;
    yield Buffer.from(lines.join(""));
    [lines, bytes] = [[], 0];
  }
  if (!isEmpty && lines.length > 0) yield Buffer.from(lines.join(""));
}

/** The rejects of a list that `rejectsCsv` wrote; apostrophes it put in are kept. */
export async function* rejectsFromCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ImportReject> {
  const splitter = new RowSplitter("csv");
  for await (const chunk of bytes)
    for (const { text, line } of splitter.push(chunk)) if (line > 1) yield rejectOf(text);
  for (const { text } of splitter.end()) yield rejectOf(text);
}

function rejectOf(text: string): ImportReject {
  const [line, column = "", message = ""] = csvCells(text, 1);
  return { line: Number(line), column, message };
}
