import { invalidInput, notFound } from "../domain/errors.ts";
import { type BillerId, ImportId } from "../domain/ids.ts";
import { type ImportFormat, type ImportOf, newImport } from "../domain/import.ts";
import { toIso } from "../domain/local-time.ts";
import type { OfferId } from "../domain/offer.ts";
import type { Ports } from "../ports.ts";

/** What is to be imported: bills unless told, and for coupons of which offer. */
export type StartImport = {
  readonly biller: BillerId;
  readonly format: ImportFormat;
  readonly of?: ImportOf;
  readonly offer?: OfferId;
};

export type StartedImport = { readonly importId: ImportId; readonly uploadUrl: string };

type StartPorts = Pick<Ports, "billers" | "clock" | "nonces" | "imports" | "importFiles" | "offers">;

/**
 * Opens an import and answers where its file is to be put. Throws not-found for an unknown biller, invalid-input for coupons of an offer
 * that is not there or gives none.
 */
export async function startImport(ports: StartPorts, command: StartImport): Promise<StartedImport> {
  const { biller, format, of = "bills", offer } = command;
  if (!(await ports.billers.get(biller))) throw notFound(`There is no biller ${biller}.`);
  await checkOffer(ports, { biller, of, ...(offer !== undefined && { offer }) });
  const createdAt = ports.clock.now();
  // The day comes first so that a list of imports, or of files, is in the order of time.
  const importId = ImportId.parse(`${toIso(createdAt).slice(0, 10)}.${ports.nonces.next()}`);
  const record = newImport({ biller, importId, format, of, createdAt, ...(offer !== undefined && { offer }) });
  await ports.imports.create(record);
  return { importId, uploadUrl: await ports.importFiles.uploadUrl(record.key) };
}

/** Coupons are of an offer that gives coupons; nothing else has one. */
async function checkOffer(
  { offers }: Pick<Ports, "offers">,
  { biller, of, offer }: Pick<StartImport, "biller" | "of" | "offer">,
): Promise<void> {
  const refuse = (message: string) => invalidInput("The import is not valid.", [{ path: "offer", message }]);
  if (of !== "coupons") {
    if (offer === undefined) return;
    throw refuse("is only for an import of coupons");
  }
  if (offer === undefined) throw refuse("is required for an import of coupons");
  const known = await offers.get(biller, offer);
  if (known?.kind !== "coupon") throw refuse(known ? "is no offer of coupons" : "is not an offer of the biller");
}
