import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvCells } from "../../../functions/domain/csv.ts";
import { type FileRow, mostRowBytes, RowSplitter } from "../../../functions/domain/row-splitter.ts";

const encoder = new TextEncoder();

function rowsOf(file: string | Uint8Array, chunkBytes = 65_536, format: "csv" | "ndjson" = "csv"): FileRow[] {
  const bytes = typeof file === "string" ? encoder.encode(file) : file;
  const splitter = new RowSplitter(format);
  const rows: FileRow[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    rows.push(...splitter.push(bytes.subarray(at, at + chunkBytes)));
  return [...rows, ...splitter.end()];
}

const cellsOf = (file: string, chunkBytes?: number): string[][] =>
  rowsOf(file, chunkBytes).map(({ text, line }) => csvCells(text, line));

/** A cell as RFC 4180 writes it; in quotes wherever it may be. */
const written = (cell: string, always: boolean): string =>
  always || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const cell = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom('"', ",", "\r\n", "\n", "\r", "'", ";", "অ", "₹", "x"), { maxLength: 8 })
    .map((parts) => parts.join("")),
);
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });

describe("csv rows", () => {
  it("read back what any cells were written as, however the file comes in chunks", () => {
    fc.assert(
      fc.property(
        table,
        fc.boolean(),
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 1, max: 40 }),
        (rows, always, end, chunk) => {
          const file = rows.map((cells) => cells.map((text) => written(text, always)).join(",")).join(end);
          expect(cellsOf(file, chunk)).toEqual(rows);
          expect(cellsOf(`\u{feff}${file}${end}`, chunk)).toEqual(rows);
        },
      ),
    );
  });

  it("are the rows that another CSV reader finds, on the same lines", () => {
    fc.assert(
      fc.property(table, fc.boolean(), (rows, always) => {
        const file = rows.map((cells) => `${cells.map((text) => written(text, always)).join(",")}\n`).join("");
        const theirs = parse(file, { relax_column_count: true, info: true, record_delimiter: "\n" }) as unknown as {
          record: string[];
          info: { lines: number };
        }[];
        expect(cellsOf(file)).toEqual(theirs.map(({ record }) => record));
      }),
    );
  });

  it("cover the file byte by byte, each once, and know their physical line", () => {
    const file = 'billId,title\r\n1,"two\r\nlines"\r\n\r\n2,"a ""quote"", and\nthree\nlines"\n3,last';
    const bytes = encoder.encode(file);
    const rows = rowsOf(file, 3);
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 5, 8]);
    expect(rows.map(({ from, to }) => new TextDecoder().decode(bytes.subarray(from, to)))).toEqual([
      "billId,title\r\n",
      '1,"two\r\nlines"\r\n',
      '2,"a ""quote"", and\nthree\nlines"\n',
      "3,last",
    ]);
  });

  it("can be read again from the first byte of any of them", () => {
    const file = '\u{feff}a,b\nনাম,"x\ny"\nc,d\n';
    const bytes = encoder.encode(file);
    const rows = rowsOf(file);
    for (const [n, row] of rows.entries()) {
      const splitter = new RowSplitter("csv", { at: row.from, line: row.line });
      expect([...splitter.push(bytes.subarray(row.from)), ...splitter.end()]).toEqual(rows.slice(n));
    }
  });

  it.each([
    ['a,b\n1,"two\nthree', "line 2: a quote is opened here and never closed"],
    ['a,b\n1,x"y\n2,"z"\n', "line 2: a quote stands inside a cell that is not quoted"],
    ['a,b\n"x\ny"z,1\n', "line 3: a closing quote must be followed by a comma or the end of the row"],
    ["a,b\r1,2\r", "line 1: a row must end with a line feed"],
  ])("%j cannot be read, and the line is told", (file, message) => {
    expect(() => cellsOf(file)).toThrow(message);
  });

  it("may not be longer than they may be, and a quote left open is found where it stands", () => {
    const long = "x".repeat(mostRowBytes);
    expect(() => cellsOf(`a,b\n1,${long}\n`)).toThrow("line 2: the row that starts here is longer than 65536 bytes");
    expect(() => cellsOf(`a,b\n1,2\n3,"4\n${`${long}\n`.repeat(3)}`)).toThrow(
      "line 3: a quote is opened here and never closed",
    );
    expect(() => rowsOf(`{}\n${long}\n`, 1_000, "ndjson")).toThrow("line 2: the row that starts here is longer");
  });

  it("must be UTF-8, and the line of the first bad byte is told", () => {
    const bytes = encoder.encode('a,b\n1,"x\n?"\n');
    bytes[bytes.indexOf(0x3f)] = 0xe9;
    expect(() => rowsOf(bytes)).toThrow("line 3: holds bytes that are not UTF-8");
    expect(() => rowsOf(Uint8Array.of(0xff, 0xfe, 0x61, 0))).toThrow("line 1: holds bytes that are not UTF-8");
  });
});

describe("ndjson rows", () => {
  it("are lines, whatever quotes stand in them; blank lines are passed over", () => {
    const rows = rowsOf('\u{feff}{"a":"\\""}\r\n  \r\n{"b":1}', 2, "ndjson");
    expect(rows.map(({ line, text, from }) => ({ line, text, from }))).toEqual([
      { line: 1, text: '{"a":"\\""}', from: 3 },
      { line: 3, text: '{"b":1}', from: 19 },
    ]);
  });
});
