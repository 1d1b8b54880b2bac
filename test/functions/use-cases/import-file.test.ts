import { describe, expect, it } from "vitest";
import { providerError } from "../../../functions/domain/errors.ts";
import { importFile } from "../../../functions/use-cases/import-file.ts";
import { importRows } from "../../../functions/use-cases/import-rows.ts";
import { biller, csvOf, csvRow, importWorld } from "../../support/import-world.ts";

const many = (count: number): string => csvOf(...Array.from({ length: count }, (_, n) => csvRow(`b${n}`)));

describe("import-file", () => {
  it("queues the rows in ranges of a hundred, once the whole file was read", async () => {
    const { ports, importFiles, importRanges, open, look } = await importWorld({ chunkBytes: 1_000 });
    const { importId, key } = await open();
    const versionId = importFiles.upload(key, many(250));
    expect(await importFile(ports, { key, versionId })).toEqual({
      outcome: "queued",
      rows: 250,
      refused: 0,
      ranges: 3,
    });
    expect(importRanges.sent.map(({ range, line, refused }) => ({ range, line, refused }))).toEqual([
      { range: 0, line: 2, refused: [] },
      { range: 1, line: 102, refused: [] },
      { range: 2, line: 202, refused: [] },
    ]);
    expect(importRanges.sent[0]).toMatchObject({ biller, importId, key, versionId });
    expect(await look(importId)).toMatchObject({ status: "running", rows: 250, registered: 0 });
  });

  it.each([
    ["a quote that is never closed", `${many(150)}x,"y\n`, "line 152: a quote is opened here and never closed"],
    [
      "a header without the due date",
      many(3).replace(",dueDate,", ","),
      "line 1, column dueDate: is missing from the header",
    ],
    ["nothing in it", "", "line 1: the file is empty"],
  ])("registers nothing of a file with %s", async (_, content, failure) => {
    const { bills, importAll, importFiles, importRanges } = await importWorld();
    const answer = await importAll(content);
    expect(answer).toMatchObject({ status: "failed", failure, rows: 0, registered: 0, rejected: 0, rejectsUrl: null });
    expect(answer.rejects[0]).toMatchObject({ line: Number(/\d+/.exec(failure)?.[0]) });
    expect([bills.size, importRanges.sent.length, importFiles.rejects.size]).toEqual([0, 0, 0]);
  });

  it("registers nothing of a file with bytes that are not UTF-8 at its end", async () => {
    const { bills, importAll } = await importWorld();
    const bytes = new TextEncoder().encode(many(150));
    bytes[bytes.length - 5] = 0xff;
    const failure = "line 151: holds bytes that are not UTF-8: save the file as UTF-8";
    expect(await importAll(bytes)).toMatchObject({ status: "failed", failure });
    expect(bills.size).toBe(0);
  });

  it("ends the import itself where there is no row to register", async () => {
    const { importAll } = await importWorld();
    expect(await importAll(csvOf())).toMatchObject({ status: "done", rows: 0 });
  });

  it("is done with once its ranges are registered, though it broke off before it could say that all are queued", async () => {
    const { ports, importFiles, importRanges, open, look, drain } = await importWorld();
    const { importId, key } = await open();
    const versionId = importFiles.upload(key, many(150));
    const lateFailure = {
      async send(ranges: Parameters<typeof importRanges.send>[0]) {
        await importRanges.send(ranges);
        throw providerError("The queue cannot be reached.");
      },
    };
    const brokenOff = importFile({ ...ports, importRanges: lateFailure }, { key, versionId });
    await expect(brokenOff).rejects.toThrow("The queue cannot be reached.");
    await drain();
    expect(await look(importId)).toMatchObject({ status: "done", registered: 150 });
    expect(await importFile(ports, { key, versionId })).toEqual({ outcome: "ignored", reason: "already-read" });
    expect(importRanges.sent).toEqual([]);
  });

  it("takes the first version it is told of, and tells operators of the others", async () => {
    const { ports, importFiles, open, look, drain, bills } = await importWorld();
    const { importId, key } = await open();
    const first = importFiles.upload(key, csvOf(csvRow("a")));
    const second = importFiles.upload(key, csvOf(csvRow("b")));
    await importFile(ports, { key, versionId: first });
    for (const _ of [1, 2]) {
      const answer = await importFile(ports, { key, versionId: second });
      expect(answer).toEqual({ outcome: "ignored", reason: "other-version" });
    }
    await drain();
    expect([...bills.keys()]).toEqual(["a"]);
    const reason = "an import takes the first upload only; start another import for this file";
    expect(await look(importId)).toMatchObject({
      status: "done",
      registered: 1,
      ignored: [{ versionId: second, reason }],
    });
    expect(importFiles.reads.every(({ versionId }) => versionId === first)).toBe(true);
  });

  it("told again after the import is done, changes nothing", async () => {
    const { ports, importFiles, importRanges, open, look, drain } = await importWorld();
    const { importId, key } = await open();
    const versionId = importFiles.upload(key, csvOf(csvRow("a"), csvRow("b", { sms: "x" })));
    await importFile(ports, { key, versionId });
    await drain();
    const done = await look(importId);
    expect(await importFile(ports, { key, versionId })).toEqual({ outcome: "ignored", reason: "already-read" });
    expect(importRanges.sent).toEqual([]);
    expect(await look(importId)).toEqual(done);
  });

  it("told again after it broke off while queueing, counts no row twice", async () => {
    const { ports, importFiles, importRanges, open, look, drain, register } = await importWorld();
    const { importId, key } = await open();
    const versionId = importFiles.upload(key, `${many(150)}${csvRow("bad", { sms: "x" })}\n`);
    const halfWay = {
      async send(ranges: Parameters<typeof importRanges.send>[0]) {
        await importRanges.send(ranges.slice(0, 1));
        throw providerError("The queue cannot be reached.");
      },
    };
    await expect(importFile({ ...ports, importRanges: halfWay }, { key, versionId })).rejects.toThrow(
      "The queue cannot be reached.",
    );
    await drain();
    expect(await look(importId)).toMatchObject({ status: "running", rows: 151, registered: 100, rejected: 1 });
    await importFile(ports, { key, versionId });
    const again = importRanges.take();
    expect(again.map(({ range }) => range)).toEqual([0, 1]);
    for (const range of again) await importRows(ports, range, register);
    expect(await look(importId)).toMatchObject({ status: "done", registered: 150, unchanged: 0, rejected: 1 });
  });

  it.each([
    ["not-an-import", "rejects/example-power/x/refused.csv"],
    ["not-an-import", "imports/example-power/x.txt"],
    ["unknown-import", "imports/example-power/x.csv"],
  ])("ignores a file that is %s", async (reason, key) => {
    const { ports } = await importWorld();
    expect(await importFile(ports, { key, versionId: "v1" })).toEqual({ outcome: "ignored", reason });
  });

  it("ignores a file whose ending is not that of its import", async () => {
    const { ports, open } = await importWorld();
    const { key } = await open("csv");
    const other = key.replace(".csv", ".ndjson");
    expect(await importFile(ports, { key: other, versionId: "v1" })).toEqual({
      outcome: "ignored",
      reason: "unknown-import",
    });
  });
});
