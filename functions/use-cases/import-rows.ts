import { DuebellError } from "../domain/errors.ts";
import { type ImportRecord, type ImportReject, isFinished, type RangeResult, withRange } from "../domain/import.ts";
import { type FileRow, RowSplitter } from "../domain/row-splitter.ts";
import type { ImportRange } from "../messages.ts";
import {
  addCodes,
  type ReadRow,
  type Register,
  type RowCount,
  type RowKind,
  type RowPorts,
  rowKind,
} from "./import-row.ts";
import { concludeImport, updateImport } from "./update-import.ts";

export type RowsImported =
  | ({ readonly outcome: "imported" } & Omit<RangeResult, "rejects">)
  | { readonly outcome: "ignored"; readonly reason: "unknown-import" | "other-version" | "already-imported" };

const atOnce = 8;

/**
 * Works off the good rows of one range, several at once, and counts them on the import's record, once however often it is told. The
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
  const { rejects, ...counts } =
    record.of === "coupons"
      ? await addCodes(ports, record, rows)
      : await workOff(rows, rowKind(ports, record, register), record);
  if (rejects.length > 0) await ports.imports.keepRejects(range, rejects);
  const counted = await updateImport(ports, range, (latest) => withRange(latest, range.range, { ...counts, rejects }));
  await concludeImport(ports, counted);
  return { outcome: "imported", ...counts };
}

/** The rows of the range that were not refused when the file was read. */
async function rowsOf(
  ports: Pick<RowPorts, "importFiles">,
  { format }: ImportRecord,
  range: ImportRange,
): Promise<readonly FileRow[]> {
  const splitter = new RowSplitter(format, { at: range.from, line: range.line });
  const rows: FileRow[] = [];
  for await (const chunk of await ports.importFiles.read(range)) rows.push(...splitter.push(chunk));
  rows.push(...splitter.end());
  const refused = new Set(range.refused);
  return rows.filter(({ line }) => !refused.has(line));
}

type Count = Record<RowCount, number> & { rejected: number; rejects: ImportReject[] };

const nothing = { registered: 0, amended: 0, unchanged: 0, proposed: 0, unmatched: 0, rejected: 0 };

/** Works off each row; ends with the first failure that is not the row's own, after what was begun has ended. */
async function workOff(rows: readonly FileRow[], kind: RowKind, record: ImportRecord): Promise<RangeResult> {
  const count: Count = { ...nothing, rejects: [] };
  const waiting = rows.values();
  let isBroken = false;
  const work = async (): Promise<void> => {
    for (const row of waiting) {
      if (isBroken) return;
      try {
        await workOffRow(row, kind, count);
      } catch (failure) {
        isBroken = true;
        throw failure;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, work));
  const broken = ended.find((end) => end.status === "rejected");
  if (broken) throw broken.reason;
  const { proposed, unmatched, ...counts } = count;
  const rejects = count.rejects.toSorted((a, b) => a.line - b.line);
  return { ...counts, ...(record.of === "credits" && { proposed, unmatched }), rejects };
}

async function workOffRow(row: FileRow, kind: RowKind, count: Count): Promise<void> {
  const read: ReadRow = kind.read(row);
  const refuse = (rejects: readonly { readonly column: string; readonly message: string }[]): void => {
    count.rejected++;
    count.rejects.push(...rejects.map(({ column, message }) => ({ line: row.line, column, message })));
  };
  if (read.outcome === "refused") return refuse(read.rejects);
  try {
    const outcome = await read.work();
    count[outcome]++;
  } catch (error) {
    // What may pass is tried again with the whole range; what never will must not keep the other rows from being registered.
    if (error instanceof DuebellError && (error.retryable || error.code === "not-found")) throw error;
    const own = error instanceof DuebellError;
    refuse(own ? whyNotTaken(error, kind) : [{ column: kind.idColumn, message: "could not be registered" }]);
  }
}

function whyNotTaken({ message, fields }: DuebellError, kind: RowKind) {
  if (fields.length === 0) return [{ column: kind.idColumn, message }];
  return fields.map((field) => ({ column: kind.columnOf(field), message: field.message }));
}
