import type { BillInput } from "../domain/bill-input.ts";
import { columnOf, type RowReader, rowReader } from "../domain/bill-row.ts";
import { DuebellError } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import { type ImportRecord, type ImportReject, isFinished, type RangeResult, withRange } from "../domain/import.ts";
import { type FileRow, RowSplitter } from "../domain/row-splitter.ts";
import type { ImportRange } from "../messages.ts";
import type { Ports } from "../ports.ts";
import { concludeImport, updateImport } from "./update-import.ts";

/** Registers one bill. Throws a `DuebellError` that cannot be retried for a bill that cannot be registered. */
export type Register = (command: {
  readonly biller: BillerId;
  readonly billId: BillId;
  readonly bill: BillInput;
}) => Promise<{ readonly outcome: "registered" | "amended" | "unchanged" }>;

export type RowsImported =
  | ({ readonly outcome: "imported" } & Omit<RangeResult, "rejects">)
  | { readonly outcome: "ignored"; readonly reason: "unknown-import" | "other-version" | "already-imported" };

type RowPorts = Pick<Ports, "imports" | "importFiles">;

const atOnce = 8;

/**
 * Registers the good rows of one range, several at once, and counts them on the import's record, once however often it is told. The
 * range that ends last ends the import.
 */
export async function importRows(ports: RowPorts, range: ImportRange, register: Register): Promise<RowsImported> {
  const record = await ports.imports.get(range.biller, range.importId);
  if (!record) return { outcome: "ignored", reason: "unknown-import" };
  if (record.versionId !== range.versionId || record.key !== range.key)
    return { outcome: "ignored", reason: "other-version" };
  if (isFinished(record, range.range)) {
    await concludeImport(ports, record);
    return { outcome: "ignored", reason: "already-imported" };
  }
  const rows = await rowsOf(ports, record, range);
  const { rejects, ...counts } = await registerRows(rows, record, register);
  if (rejects.length > 0) await ports.imports.keepRejects(range, rejects);
  const counted = await updateImport(ports, range, (latest) => withRange(latest, range.range, { ...counts, rejects }));
  await concludeImport(ports, counted);
  return { outcome: "imported", ...counts };
}

/** The rows of the range that were not refused when the file was read. */
async function rowsOf(ports: RowPorts, { format }: ImportRecord, range: ImportRange): Promise<readonly FileRow[]> {
  const splitter = new RowSplitter(format, { at: range.from, line: range.line });
  const rows: FileRow[] = [];
  for await (const chunk of await ports.importFiles.read(range)) rows.push(...splitter.push(chunk));
  rows.push(...splitter.end());
  const refused = new Set(range.refused);
  return rows.filter(({ line }) => !refused.has(line));
}

type Count = { registered: number; amended: number; unchanged: number; rejected: number; rejects: ImportReject[] };

/** Registers each row; ends with the first failure that is not the row's own, after what was begun has ended. */
async function registerRows(rows: readonly FileRow[], record: ImportRecord, register: Register): Promise<RangeResult> {
  const count: Count = { registered: 0, amended: 0, unchanged: 0, rejected: 0, rejects: [] };
  const read = rowReader(record.format, record.columns);
  const waiting = rows.values();
  let isBroken = false;
  const work = async (): Promise<void> => {
    for (const row of waiting) {
      if (isBroken) return;
      try {
        await registerRow({ row, read, record, count }, register);
      } catch (failure) {
        isBroken = true;
        throw failure;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, work));
  const broken = ended.find((end) => end.status === "rejected");
  if (broken) throw broken.reason;
  return { ...count, rejects: count.rejects.toSorted((a, b) => a.line - b.line) };
}

type OneRow = { readonly row: FileRow; readonly read: RowReader; readonly record: ImportRecord; readonly count: Count };

async function registerRow({ row, read, record, count }: OneRow, register: Register): Promise<void> {
  const bill = read(row);
  const refuse = (rejects: readonly { readonly column: string; readonly message: string }[]): void => {
    count.rejected++;
    count.rejects.push(...rejects.map(({ column, message }) => ({ line: row.line, column, message })));
  };
  if (bill.outcome === "refused") return refuse(bill.rejects);
  try {
    const { outcome } = await register({ biller: record.biller, billId: bill.billId, bill: bill.bill });
    count[outcome]++;
  } catch (error) {
    // What may pass is tried again with the whole range; what never will must not keep the other rows from being registered.
    if (error instanceof DuebellError && (error.retryable || error.code === "not-found")) throw error;
    const own = error instanceof DuebellError;
    refuse(own ? whyNotRegistered(error, record) : [{ column: "billId", message: "could not be registered" }]);
  }
}

function whyNotRegistered({ message, fields }: DuebellError, { format, columns }: ImportRecord) {
  if (fields.length === 0) return [{ column: "billId", message }];
  return fields.map((field) => ({ column: columnOf(field.path.split("."), format, columns), message: field.message }));
}
