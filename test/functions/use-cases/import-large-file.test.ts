import { describe, expect, it } from "vitest";
import { importFile } from "../../../functions/use-cases/import-file.ts";
import { importRows } from "../../../functions/use-cases/import-rows.ts";
import { csvHeaderRow, csvRow, importWorld } from "../../support/import-world.ts";

const rows = 100_000;
const mebibyte = 1_048_576;

describe("a file of a hundred thousand rows", () => {
  it("is imported whole, in bounded memory, every thousandth row refused", { timeout: 120_000 }, async () => {
    const { ports, importFiles, importRanges, open, look } = await importWorld();
    const lines = [csvHeaderRow];
    for (let n = 0; n < rows; n++)
      lines.push(csvRow(`N-2026-11-${n}`, { name: "আশা সেন", sms: n % 1_000 === 0 ? "?" : "+919830012345" }));
    const { importId, key } = await open();
    const versionId = importFiles.upload(key, lines.splice(0).join("\n"));

    const seen = new Map<string, number>();
    const register = async ({ billId }: { billId: string }) => {
      seen.set(billId, (seen.get(billId) ?? 0) + 1);
      return { outcome: "registered" } as const;
    };
    const before = process.memoryUsage().heapUsed;
    let most = 0;
    const measure = (): void => {
      most = Math.max(most, process.memoryUsage().heapUsed - before);
    };
    const read: typeof importFiles.read = async (file) => {
      measure();
      return importFiles.read(file);
    };
    const measured = { ...ports, importFiles: { ...importFiles, read } };
    expect(await importFile(measured, { key, versionId })).toEqual({
      outcome: "queued",
      rows,
      refused: 100,
      ranges: 1_000,
    });
    measure();
    for (const range of importRanges.take()) await importRows(measured, range, register);
    measure();

    expect(most).toBeLessThan(200 * mebibyte);
    expect(seen.size).toBe(rows - 100);
    expect(Math.max(...seen.values())).toBe(1);
    expect(await look(importId)).toMatchObject({ status: "done", rows, registered: rows - 100, rejected: 100 });
  });
});
