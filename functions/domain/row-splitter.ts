import { csvCells } from "./csv.ts";
import { type ImportFormat, UnreadableFile, unreadable } from "./import.ts";

/** One row of a file: its bytes from `from` to before `to` (line end counted), its first physical line, its text without the line end. */
export type FileRow = { readonly from: number; readonly to: number; readonly line: number; readonly text: string };

/** The longest row taken, in bytes: a bill with all its items is a tenth of it. */
export const mostRowBytes = 65_536;

const [lineFeed, carriageReturn, quote] = [0x0a, 0x0d, 0x22];
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const lenientUtf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Cuts a file into rows while its bytes come, keeping no more than one row and one chunk. Blank lines are passed over, a byte order
 * mark at byte 0 too. Throws an `UnreadableFile` for bytes that are not UTF-8, a quote never closed, a row that is too long.
 */
export class RowSplitter {
  readonly #format: ImportFormat;
  #rest: Uint8Array = new Uint8Array();
  /** Where in the file `#rest` begins, and on which line. */
  #at: number;
  #line: number;
  /** The state of the scan at the end of `#rest`. */
  #quoted = false;
  #feeds = 0;

  constructor(format: ImportFormat, start: { readonly at: number; readonly line: number } = { at: 0, line: 1 }) {
    this.#format = format;
    this.#at = start.at;
    this.#line = start.line;
  }

  /** The rows that end in this chunk. */
  push(chunk: Uint8Array): FileRow[] {
    const rows: FileRow[] = [];
    const bytes = joined(this.#rest, chunk);
    let start = 0;
    for (let i = this.#rest.length; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === quote && this.#format === "csv") this.#quoted = !this.#quoted;
      if (byte !== lineFeed) continue;
      this.#feeds++;
      if (this.#quoted) continue;
      rows.push(...this.#row(bytes.subarray(start, i + 1)));
      start = i + 1;
    }
    this.#rest = bytes.slice(start);
    if (this.#rest.length > mostRowBytes) throw this.#tooLong(this.#rest);
    return rows;
  }

  /** The last row, where no line end follows it. */
  end(): FileRow[] {
    const rest = this.#rest;
    this.#rest = new Uint8Array();
    const rows = rest.length > 0 ? this.#row(rest) : [];
    // An odd number of quotes is an error that the cells tell better: where it stands.
    if (this.#quoted) for (const { text, line } of rows) csvCells(text, line);
    return rows;
  }

  #row(bytes: Uint8Array): FileRow[] {
    if (bytes.length > mostRowBytes) throw this.#tooLong(bytes);
    const [to, line] = [this.#at + bytes.length, this.#line];
    const begin = this.#at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const from = this.#at + begin;
    const text = decoded(bytes.subarray(begin, endOfText(bytes)), line);
    this.#at = to;
    this.#line += this.#feeds;
    this.#feeds = 0;
    const isBlank = text === "" || (this.#format === "ndjson" && text.trim() === "");
    return isBlank ? [] : [{ from, to, line, text }];
  }

  #tooLong(bytes: Uint8Array): UnreadableFile {
    const message = `the row that starts here is longer than ${mostRowBytes} bytes`;
    if (this.#format === "ndjson") return unreadable(this.#line, message);
    try {
      csvCells(lenientUtf8.decode(bytes.subarray(0, endOfText(bytes))), this.#line);
    } catch (broken) {
      if (broken instanceof UnreadableFile) return broken;
    }
    return unreadable(this.#line, message);
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function endOfText(bytes: Uint8Array): number {
  if (bytes.at(-1) !== lineFeed) return bytes.length;
  return bytes.at(-2) === carriageReturn ? bytes.length - 2 : bytes.length - 1;
}

function decoded(bytes: Uint8Array, line: number): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw unreadable(line + feedsBeforeBadByte(bytes), "holds bytes that are not UTF-8: save the file as UTF-8");
  }
}

/** How many line feeds come before the first byte that is not UTF-8; a line feed is never part of another character. */
function feedsBeforeBadByte(bytes: Uint8Array): number {
  let feeds = 0;
  for (let start = 0; ; feeds++) {
    const feed = bytes.indexOf(lineFeed, start);
    if (feed < 0) return feeds;
    try {
      utf8.decode(bytes.subarray(start, feed));
    } catch {
      return feeds;
    }
    start = feed + 1;
  }
}
