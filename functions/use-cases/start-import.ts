import { notFound } from "../domain/errors.ts";
import { type BillerId, ImportId } from "../domain/ids.ts";
import { type ImportFormat, newImport } from "../domain/import.ts";
import { toIso } from "../domain/local-time.ts";
import type { Ports } from "../ports.ts";

export type StartImport = { readonly biller: BillerId; readonly format: ImportFormat };

export type StartedImport = { readonly importId: ImportId; readonly uploadUrl: string };

/** Opens an import and answers where its file is to be put. Throws not-found for an unknown biller. */
export async function startImport(
  ports: Pick<Ports, "billers" | "clock" | "nonces" | "imports" | "importFiles">,
  { biller, format }: StartImport,
): Promise<StartedImport> {
  if (!(await ports.billers.get(biller))) throw notFound(`There is no biller ${biller}.`);
  const createdAt = ports.clock.now();
  // The day comes first so that a list of imports, or of files, is in the order of time.
  const importId = ImportId.parse(`${toIso(createdAt).slice(0, 10)}.${ports.nonces.next()}`);
  const record = newImport({ biller, importId, format, createdAt });
  await ports.imports.create(record);
  return { importId, uploadUrl: await ports.importFiles.uploadUrl(record.key) };
}
