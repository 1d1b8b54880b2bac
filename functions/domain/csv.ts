import { unreadable } from "./import.ts";

/**
 * The cells of one CSV row as RFC 4180 has it: `text` without its line end, starting on physical line `line`. A cell in quotes may
 * hold commas, line breaks and doubled quotes. Throws an `UnreadableFile` with the line where the quoting breaks.
 */
export function csvCells(text: string, line: number): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const [cell, end] = text.startsWith('"', at) ? quotedCell(text, at, line) : plainCell(text, at, line);
    cells.push(cell);
    if (end === text.length) return cells;
    at = end + 1;
  }
}

function quotedCell(text: string, start: number, line: number): [cell: string, end: number] {
  let cell = "";
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) throw unreadable(lineAt(text, start, line), "a quote is opened here and never closed");
    cell += text.slice(from, quote);
    const end = quote + 1;
    if (text[end] !== '"') {
      if (end === text.length || text[end] === ",") return [cell, end];
      throw unreadable(lineAt(text, end, line), "a closing quote must be followed by a comma or the end of the row");
    }
    cell += '"';
    from = end + 1;
  }
}

function plainCell(text: string, start: number, line: number): [cell: string, end: number] {
  const comma = text.indexOf(",", start);
  const end = comma < 0 ? text.length : comma;
  const cell = text.slice(start, end);
  const bad = cell.search(/["\r\n]/);
  if (bad < 0) return [cell, end];
  const message =
    cell[bad] === '"'
      ? "a quote stands inside a cell that is not quoted: quote the whole cell and double the quotes in it"
      : "a row must end with a line feed, or a carriage return and a line feed";
  throw unreadable(lineAt(text, start + bad, line), message);
}

/** The physical line on which the character at `at` stands. */
function lineAt(text: string, at: number, line: number): number {
  let lines = line;
  for (let feed = text.indexOf("\n"); feed >= 0 && feed < at; feed = text.indexOf("\n", feed + 1)) lines++;
  return lines;
}
