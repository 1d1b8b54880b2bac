import { describe, expect, it } from "vitest";
import { invalidInput, providerError } from "../../../functions/domain/errors.ts";
import { importFile } from "../../../functions/use-cases/import-file.ts";
import type { Register } from "../../../functions/use-cases/import-row.ts";
import { importRows } from "../../../functions/use-cases/import-rows.ts";
import { csvOf, csvRow, importWorld } from "../../support/import-world.ts";

const many = (count: number, amountDue = "1249.00"): string =>
  csvOf(...Array.from({ length: count }, (_, n) => csvRow(`b${n}`, { amountDue })));

async function queued(content: string, options: Parameters<typeof importWorld>[0] = {}) {
  const world = await importWorld(options);
  const { importId, key } = await world.open();
  await importFile(world.ports, { key, versionId: world.importFiles.upload(key, content) });
  return { ...world, importId, ranges: world.importRanges.take() };
}

describe("import-rows", () => {
  it("registers the good rows, and changes nothing when the file is imported again", async () => {
    const { importAll, bills } = await importWorld();
    expect(await importAll(many(230))).toMatchObject({ status: "done", rows: 230, registered: 230, rejected: 0 });
    expect(await importAll(many(230))).toMatchObject({ status: "done", registered: 0, amended: 0, unchanged: 230 });
    expect(await importAll(many(230, "1250.00"))).toMatchObject({ status: "done", amended: 230, unchanged: 0 });
    expect(bills.size).toBe(230);
  });

  it("imports NDJSON alike", async () => {
    const { importAll, bills } = await importWorld();
    const bill = {
      customer: { id: "7", addresses: { sms: "+919830012345" } },
      title: "Electricity",
      amountDue: { value: 100, currency: "INR" },
      dueDate: "2026-11-30",
    };
    const lines = [
      { billId: "a", ...bill },
      { billId: "b", ...bill, dueDate: "soon" },
      { billId: "c", ...bill, items: [] },
    ];
    const answer = await importAll(lines.map((line) => JSON.stringify(line)).join("\r\n"), "ndjson");
    expect(answer).toMatchObject({ status: "done", rows: 3, registered: 2, rejected: 1 });
    expect(answer.rejects).toEqual([{ line: 2, column: "dueDate", message: "must be a calendar date, YYYY-MM-DD" }]);
    expect([...bills.keys()]).toEqual(["a", "c"]);
  });

  it("reads no more of the file than its own rows", async () => {
    const { ports, ranges, importFiles, register } = await queued(many(150));
    const [, last] = ranges;
    if (!last) throw new Error("there is no second range");
    await importRows(ports, last, register);
    expect(importFiles.reads.at(-1)?.bytes).toBe(last.to - last.from);
  });

  it("reports a bill that is canceled under its line, in the list after the rows that could not be read", async () => {
    const rows = [csvRow("a"), csvRow("gone"), csvRow("b", { sms: "x" }), csvRow("gone-2")];
    const { ports, importRanges, importId, ranges, register, look, importFiles } = await queued(csvOf(...rows), {
      canceled: ["gone", "gone-2"],
    });
    expect(importRanges.sent).toEqual([]);
    for (const range of ranges) await importRows(ports, range, register);
    const rejects = [
      { line: 3, column: "billId", message: "Bill gone is canceled." },
      { line: 4, column: "customer.addresses.sms", message: expect.stringContaining("E.164") },
      { line: 5, column: "billId", message: "Bill gone-2 is canceled." },
    ];
    const answer = await look(importId);
    expect(answer).toMatchObject({ status: "done", rows: 4, registered: 1, rejected: 3, rejects });
    const key = answer.rejectsUrl?.slice("https://bucket.example.com/".length, -"?get".length) ?? "";
    expect(importFiles.rejects.get(key)).toEqual(rejects);
  });

  it("writes a list of rejects where no row was refused before", async () => {
    const { importAll } = await importWorld({ canceled: ["gone"] });
    const answer = await importAll(csvOf(csvRow("gone"), csvRow("a")));
    expect(answer).toMatchObject({ status: "done", registered: 1, rejected: 1 });
    expect(answer.rejectsUrl).toContain("/rejects.csv");
  });

  it("names the column of a field that was refused at registering", async () => {
    const { ports, ranges, importId, look } = await queued(csvOf(csvRow("a")));
    const register: Register = async () => {
      throw invalidInput("The bill is refused.", [{ path: "amountDue.value", message: "must not shrink" }]);
    };
    for (const range of ranges) await importRows(ports, range, register);
    expect((await look(importId)).rejects).toEqual([{ line: 2, column: "amountDue", message: "must not shrink" }]);
  });

  it("told twice of a range, counts its rows once", async () => {
    const { ports, ranges, importId, look, register } = await queued(many(150));
    for (const range of [...ranges, ...ranges]) await importRows(ports, range, register);
    expect(await look(importId)).toMatchObject({ status: "done", registered: 150, unchanged: 0 });
    const [first] = ranges;
    if (!first) throw new Error("there is no range");
    expect(await importRows(ports, first, register)).toEqual({ outcome: "ignored", reason: "already-imported" });
  });

  it("counts every range when all are registered at the same time", async () => {
    const { ports, ranges, importId, look, register } = await queued(many(1_000));
    await Promise.all(ranges.map((range) => importRows(ports, range, register)));
    expect(await look(importId)).toMatchObject({ status: "done", registered: 1_000 });
  });

  it("registers several rows at once, but never more than eight", async () => {
    const { ports, ranges } = await queued(many(100));
    let running = 0;
    let most = 0;
    const register: Register = async () => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      return { outcome: "registered" };
    };
    for (const range of ranges) await importRows(ports, range, register);
    expect(most).toBe(8);
  });

  it("leaves a range that met a failure to be told again, and has nothing under way then", async () => {
    const { ports, ranges, importId, look, drain, importRanges, register } = await queued(many(60));
    let running = 0;
    const failing: Register = async (command) => {
      running++;
      await new Promise(setImmediate);
      running--;
      if (command.billId === "b10") throw providerError("DynamoDB failed while saving a bill");
      return register(command);
    };
    const [range] = ranges;
    if (!range) throw new Error("there is no range");
    await expect(importRows(ports, range, failing)).rejects.toThrow("DynamoDB failed");
    expect(running).toBe(0);
    expect(await look(importId)).toMatchObject({ status: "running", registered: 0 });
    await importRanges.send(ranges);
    await drain();
    const { status, registered, unchanged } = await look(importId);
    expect([status, registered + unchanged]).toEqual(["done", 60]);
  });

  it("ends the import when it is told again after it broke off at the very end", async () => {
    const { ports, ranges, importId, look, register } = await queued(csvOf(csvRow("a"), csvRow("gone")), {
      canceled: ["gone"],
    });
    const importFiles = { ...ports.importFiles, writeRejects: async () => Promise.reject(providerError("S3 failed")) };
    const [range] = ranges;
    if (!range) throw new Error("there is no range");
    await expect(importRows({ ...ports, importFiles }, range, register)).rejects.toThrow("S3 failed");
    expect(await look(importId)).toMatchObject({ status: "running", registered: 1, rejected: 1 });
    await importRows(ports, range, register);
    expect(await look(importId)).toMatchObject({ status: "done", registered: 1, rejected: 1 });
  });

  it("ignores rows of another version, and of an import that it does not know", async () => {
    const { ports, ranges, register, bills } = await queued(csvOf(csvRow("a")));
    const [range] = ranges;
    if (!range) throw new Error("there is no range");
    const other = await importRows(ports, { ...range, versionId: "v9" }, register);
    expect(other).toEqual({ outcome: "ignored", reason: "other-version" });
    const { ports: empty } = await importWorld();
    expect(await importRows(empty, range, register)).toEqual({ outcome: "ignored", reason: "unknown-import" });
    expect(bills.size).toBe(0);
  });
});
