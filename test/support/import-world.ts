import * as z from "zod/mini";
import { conflict } from "../../functions/domain/errors.ts";
import type { BillerId, ImportId } from "../../functions/domain/ids.ts";
import type { ImportFormat, ImportOf } from "../../functions/domain/import.ts";
import type { OfferId } from "../../functions/domain/offer.ts";
import { fieldWording } from "../../functions/middleware/field-wording.ts";
import { getImport, type ImportAnswer } from "../../functions/use-cases/get-import.ts";
import { importFile } from "../../functions/use-cases/import-file.ts";
import type { Register } from "../../functions/use-cases/import-row.ts";
import { importRows } from "../../functions/use-cases/import-rows.ts";
import { startImport } from "../../functions/use-cases/start-import.ts";
import { aBiller } from "./builders.ts";
import { memoryImportFiles, recordingImportRanges } from "./memory-import-files.ts";
import { memoryPorts } from "./memory-ports.ts";

export const biller = "example-power" as BillerId;

/** The columns of the files that `csvOf` writes. */
export const csvHeaderRow =
  "billId,customer.id,customer.name,customer.addresses.sms,title,amountDue,currency,dueDate,metadata.note";

/** A row of such a file. */
export const csvRow = (
  billId: string,
  changes: { name?: string; sms?: string; amountDue?: string; note?: string } = {},
): string => {
  const { name = "Asha Sen", sms = "+919830012345", amountDue = "1249.00", note = "" } = changes;
  return `${billId},c-${billId},"${name}",${sms},"Electricity, November 2026",${amountDue},INR,2026-11-30,"${note}"`;
};

/** A file of these rows. */
export const csvOf = (...rows: readonly string[]): string => `${[csvHeaderRow, ...rows].join("\n")}\n`;

/** Bills in memory, registered as bills are; `canceled` ones cannot be. */
export function memoryRegister(canceled: ReadonlySet<string> = new Set()) {
  const bills = new Map<string, string>();
  const register: Register = async ({ billId, bill }) => {
    if (canceled.has(billId)) throw conflict(`Bill ${billId} is canceled.`);
    const [known, now] = [bills.get(billId), JSON.stringify(bill)];
    bills.set(billId, now);
    if (known === undefined) return { outcome: "registered" };
    return { outcome: known === now ? "unchanged" : "amended" };
  };
  return { bills, register };
}

/** What a file holds: bills unless told. */
type What = { readonly of?: ImportOf; readonly offer?: OfferId };

/** A biller, a bucket and the queue between the two passes, all in memory. */
export async function importWorld(
  options: { readonly canceled?: readonly string[]; readonly chunkBytes?: number } = {},
) {
  z.config({ localeError: fieldWording });
  const importFiles = memoryImportFiles(options.chunkBytes);
  const importRanges = recordingImportRanges();
  const ports = { ...memoryPorts(), importFiles, importRanges };
  await ports.billers.put(aBiller({ id: biller }));
  const { bills, register } = memoryRegister(new Set(options.canceled));
  const open = async (format: ImportFormat = "csv", what: What = {}) => {
    const { importId } = await startImport(ports, { biller, format, ...what });
    return { importId, key: `imports/${biller}/${importId}.${format}` };
  };
  const look = (importId: ImportId): Promise<ImportAnswer> => getImport(ports, { biller, importId });
  const drain = async (): Promise<void> => {
    for (const range of importRanges.take()) await importRows(ports, range, register);
  };
  const importAll = async (
    content: string | Uint8Array,
    format: ImportFormat = "csv",
    what: What = {},
  ): Promise<ImportAnswer> => {
    const { importId, key } = await open(format, what);
    await importFile(ports, { key, versionId: importFiles.upload(key, content) });
    await drain();
    return look(importId);
  };
  return { ports, importFiles, importRanges, bills, register, open, look, drain, importAll };
}
