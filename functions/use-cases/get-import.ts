import { notFound } from "../domain/errors.ts";
import type { BillerId, ImportId } from "../domain/ids.ts";
import type { ImportRecord, ImportReject } from "../domain/import.ts";
import { toIso } from "../domain/local-time.ts";
import type { Ports } from "../ports.ts";

export type GetImport = { readonly biller: BillerId; readonly importId: ImportId };

/** How far an import is, as the API tells it. */
export type ImportAnswer = Pick<
  ImportRecord,
  "of" | "offer" | "status" | "rows" | "registered" | "amended" | "unchanged" | "proposed" | "unmatched" | "rejected"
> & {
  /** The first hundred, by line; of a failed import, what made the file unreadable. */
  readonly rejects: readonly ImportReject[];
  /** Where the whole list can be read for an hour; null when no row was refused. */
  readonly rejectsUrl: string | null;
  /** Why nothing of the file was registered. */
  readonly failure?: string;
  /** Later uploads to the same URL, with the reason why they are not imported. */
  readonly ignored?: readonly { readonly versionId: string; readonly at: string; readonly reason: string }[];
};

/** How far an import is and what became of its rows. Throws not-found. */
export async function getImport(
  ports: Pick<Ports, "imports" | "importFiles">,
  { biller, importId }: GetImport,
): Promise<ImportAnswer> {
  const record = await ports.imports.get(biller, importId);
  if (!record) throw notFound(`There is no import ${importId} of biller ${biller}.`);
  const { status, rows, registered, amended, unchanged, rejected, rejects, rejectsKey, failure } = record;
  const { of, offer, proposed, unmatched } = record;
  const ignored = record.ignored.map(({ versionId, at }) => ({ versionId, at: toIso(at), reason: ignoredReason }));
  return {
    ...(of !== undefined && { of }),
    ...(offer !== undefined && { offer }),
    status,
    rows,
    registered,
    amended,
    unchanged,
    ...(of === "credits" && { proposed: proposed ?? 0, unmatched: unmatched ?? 0 }),
    rejected,
    rejects,
    rejectsUrl: rejectsKey === undefined ? null : await ports.importFiles.rejectsUrl(rejectsKey),
    ...(failure !== undefined && { failure }),
    ...(ignored.length > 0 && { ignored }),
  };
}

const ignoredReason = "an import takes the first upload only; start another import for this file";
