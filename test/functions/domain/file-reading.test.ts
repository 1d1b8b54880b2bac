import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FileReading, fileLimits } from "../../../functions/domain/file-reading.ts";
import { type FileRow, RowSplitter } from "../../../functions/domain/row-splitter.ts";
import { csvHeaderRow, csvOf, csvRow } from "../../support/import-world.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function readingOf(file: string, limits = fileLimits): { reading: FileReading; rejects: string[] } {
  const reading = new FileReading("csv", limits);
  const rejects = [...reading.push(bytesOf(file)), ...reading.end()];
  return { reading, rejects: rejects.map(({ line, column, message }) => `${line} ${column}: ${message}`) };
}

const rowsIn = (file: Uint8Array, { from, to, line }: { from: number; to: number; line: number }): FileRow[] => {
  const splitter = new RowSplitter("csv", { at: from, line });
  return [...splitter.push(file.subarray(from, to)), ...splitter.end()];
};

describe("the first reading of a file", () => {
  it("cuts it into ranges that hold every row once, wherever it is cut", () => {
    const row = fc.record({
      note: fc.constantFrom("Asha", "two\nlines", 'a ""nick""', "আশা সেন"),
      bad: fc.boolean(),
      blank: fc.boolean(),
    });
    const limits = fc.record({
      rangeRows: fc.integer({ min: 1, max: 5 }),
      rangeBytes: fc.integer({ min: 1, max: 500 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), limits, (rows, cut) => {
        const lines = rows.map(
          ({ note, bad, blank }, n) =>
            `${csvRow(`b${n}`, { note, sms: bad ? "x" : "+919830012345" })}${blank ? "\n" : ""}`,
        );
        const file = csvOf(...lines);
        const { reading } = readingOf(file, { ...fileLimits, ...cut });
        const whole = rowsIn(bytesOf(file), { from: 0, to: bytesOf(file).length, line: 1 }).slice(1);
        expect(reading.ranges.flatMap((range) => rowsIn(bytesOf(file), range))).toEqual(whole);
        expect(reading.ranges.map(({ range }) => range)).toEqual([...reading.ranges.keys()]);
        const refused = whole.filter((_, n) => rows[n]?.bad).map(({ line }) => line);
        expect(reading.ranges.flatMap((range) => range.refused)).toEqual(refused);
        expect(reading.contents).toMatchObject({
          rows: rows.length,
          refused: refused.length,
          ranges: reading.ranges.length,
        });
      }),
    );
  });

  it("refuses the second row with a bill id, even where the first was refused", () => {
    const { rejects, reading } = readingOf(
      csvOf(csvRow("a", { sms: "x" }), csvRow("b"), csvRow("a"), csvRow("b", { amountDue: "x" })),
    );
    expect(rejects).toEqual([
      "2 customer.addresses.sms: must be a phone number in E.164 form, such as +919830012345",
      "4 billId: the bill stands on line 2 already",
      "5 amountDue: must be a decimal amount of INR with at most 2 decimal places, such as 1249.00",
      "5 billId: the bill stands on line 3 already",
    ]);
    expect(reading.contents).toMatchObject({ rows: 4, refused: 3 });
  });

  it("names the physical line on which a refused row starts", () => {
    const { rejects } = readingOf(
      csvOf(csvRow("a", { note: "three\nphysical\nlines" }), "", csvRow("b", { sms: "1" })),
    );
    expect(rejects).toEqual(["6 customer.addresses.sms: must be a phone number in E.164 form, such as +919830012345"]);
  });

  it("keeps the first hundred rejects, and tells all of them", () => {
    const { rejects, reading } = readingOf(
      csvOf(...Array.from({ length: 120 }, (_, n) => csvRow(`b${n}`, { sms: "1" }))),
    );
    expect(rejects).toHaveLength(120);
    expect(reading.contents.rejects).toHaveLength(100);
  });

  it("takes a header without rows", () => {
    expect(readingOf(csvHeaderRow).reading.contents).toMatchObject({ rows: 0, ranges: 0 });
  });

  it.each([
    ["", fileLimits, "line 1: the file is empty"],
    ["\n\n", fileLimits, "line 1: the file is empty"],
    ["billId;customer.id\n", fileLimits, "line 1, column billId;customer.id: is not a known column"],
    [
      csvOf(csvRow("a"), csvRow("b"), csvRow("c")),
      { ...fileLimits, rows: 2 },
      "line 4: the file has more than 2 rows: split it",
    ],
    [csvOf(csvRow("a")), { ...fileLimits, bytes: 100 }, "line 1: the file is larger than 100 bytes: split it"],
  ])("ends at %j", (file, limits, message) => {
    expect(() => readingOf(file, limits)).toThrow(message);
  });
});
