import { csvCells } from "./csv.ts";
import { type FileKind, fileKinds } from "./file-kind.ts";
import { type FileContents, type ImportFormat, type ImportReject, unreadable } from "./import.ts";
import { type FileRow, RowSplitter } from "./row-splitter.ts";

/** Rows that one message registers: `from` inclusive to `to` exclusive in bytes, `line` the first row's, `refused` lines to pass over. */
export type RowRange = {
  readonly range: number;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly refused: readonly number[];
};

/** What a file may hold at most, and where it is cut. */
export type FileLimits = {
  readonly rows: number;
  readonly bytes: number;
  readonly rangeRows: number;
  readonly rangeBytes: number;
};

/** A million bills, with room for 512 bytes each; a hundred of them, or a megabyte, are one range. */
export const fileLimits: FileLimits = {
  rows: 1_000_000,
  bytes: 512 * 1_048_576,
  rangeRows: 100,
  rangeBytes: 1_048_576,
};

const mostRejects = 100;

type Judge = ReturnType<FileKind["judge"]>;

/**
 * The first reading of a whole file: checks its structure and every row, finds ids that come twice, and cuts it into ranges.
 * Holds the ids, the ranges and the first hundred rejects, never the rows. Throws an `UnreadableFile`.
 */
export class FileReading {
  readonly #format: ImportFormat;
  readonly #kind: FileKind;
  readonly #limits: FileLimits;
  readonly #splitter: RowSplitter;
  readonly #lineOf = new Map<string, number>();
  readonly #rejects: ImportReject[] = [];
  readonly #ranges: (RowRange & { to: number; rows: number; refused: number[] })[] = [];
  #columns: readonly string[] | undefined;
  #read: Judge | undefined;
  #bytes = 0;
  #rows = 0;
  #refused = 0;

  constructor(format: ImportFormat, limits: FileLimits = fileLimits, kind: FileKind = fileKinds.bills) {
    this.#format = format;
    this.#kind = kind;
    this.#limits = limits;
    this.#splitter = new RowSplitter(format);
    if (format === "ndjson") this.#read = kind.judge(format);
  }

  /** Reads on; answers what is wrong with the rows that end in this chunk. */
  push(chunk: Uint8Array): ImportReject[] {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#limits.bytes)
      throw unreadable(1, `the file is larger than ${this.#limits.bytes} bytes: split it`);
    return this.#splitter.push(chunk).flatMap((row) => this.#take(row));
  }

  /** Reads what stands after the last line end. */
  end(): ImportReject[] {
    const rejects = this.#splitter.end().flatMap((row) => this.#take(row));
    if (this.#columns === undefined && this.#rows === 0) throw unreadable(1, "the file is empty");
    return rejects;
  }

  /** What the file holds, once it has ended. */
  get contents(): FileContents {
    const counts = { rows: this.#rows, refused: this.#refused, ranges: this.#ranges.length };
    return { ...counts, rejects: this.#rejects, ...(this.#columns && { columns: this.#columns }) };
  }

  /** The ranges that cover every row once, in order. */
  get ranges(): readonly RowRange[] {
    return this.#ranges;
  }

  #take(row: FileRow): ImportReject[] {
    if (!this.#read) {
      this.#columns = this.#kind.header(csvCells(row.text, row.line), row.line);
      this.#read = this.#kind.judge(this.#format, this.#columns);
      return [];
    }
    this.#rows++;
    if (this.#rows > this.#limits.rows)
      throw unreadable(row.line, `the file has more than ${this.#limits.rows} rows: split it`);
    const rejects = this.#judge(row, this.#read);
    this.#cut(row, rejects.length > 0);
    this.#rejects.push(...rejects.slice(0, mostRejects - this.#rejects.length));
    return rejects;
  }

  #judge(row: FileRow, read: Judge): ImportReject[] {
    const { line } = row;
    const { id, rejects: wrong } = read(row);
    const rejects = wrong.map((reject) => ({ line, ...reject }));
    if (id !== undefined) {
      const { column, word } = this.#kind.id;
      const earlier = this.#lineOf.get(id);
      if (earlier === undefined) this.#lineOf.set(unshared(id), line);
      else rejects.push({ line, column, message: `the ${word} stands on line ${earlier} already` });
    }
    return rejects;
  }

  #cut({ from, to, line }: FileRow, isRefused: boolean): void {
    let range = this.#ranges.at(-1);
    if (!range || range.rows >= this.#limits.rangeRows || to - range.from > this.#limits.rangeBytes) {
      range = { range: this.#ranges.length, from, to, line, refused: [], rows: 0 };
      this.#ranges.push(range);
    }
    range.to = to;
    range.rows++;
    if (!isRefused) return;
    this.#refused++;
    range.refused.push(line);
  }
}

const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];

/** The same text in memory of its own: a slice would keep the whole row it was cut from. */
const unshared = (text: string): string => decoder.decode(encoder.encode(text));
