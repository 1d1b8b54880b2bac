import { notFound, notReady } from "../domain/errors.ts";
import {
  allRejectsKey,
  concluded,
  type ImportRecord,
  type ImportReject,
  isComplete,
  refusedKey,
} from "../domain/import.ts";
import type { ImportName, Ports } from "../ports.ts";

const attempts = 100;

/**
 * Changes an import's record, again and again where others write it at the same time; answers it as it then is. `change` answers
 * undefined where nothing is left to change. Throws not-found, and not-ready when others never let it through.
 */
export async function updateImport(
  ports: Pick<Ports, "imports">,
  { biller, importId }: ImportName,
  change: (record: ImportRecord) => ImportRecord | undefined,
): Promise<ImportRecord> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const record = await ports.imports.get(biller, importId);
    if (!record) throw notFound(`There is no import ${importId} of biller ${biller}.`);
    const changed = change(record);
    if (!changed) return record;
    if (await ports.imports.save(changed, record.version)) return changed;
  }
  throw notReady(`Import ${importId} is being changed by others at the same time.`);
}

/** Ends an import whose every range is registered; before that it does nothing. The list of rejects is whole before the import is done. */
export async function concludeImport(
  ports: Pick<Ports, "imports" | "importFiles">,
  record: ImportRecord,
): Promise<ImportRecord> {
  if (!isComplete(record)) return record;
  if (record.rejected === record.refused) return updateImport(ports, record, (latest) => concluded(latest));
  const key = allRejectsKey(record);
  const refused = record.refused > 0 ? ports.importFiles.readRejects(refusedKey(record)) : [];
  await ports.importFiles.writeRejects(key, byLine(refused, ports.imports.findRejects(record)));
  return updateImport(ports, record, (latest) => concluded(latest, key));
}

/** Two lists, each by rising line, as one. */
async function* byLine(
  first: Iterable<ImportReject> | AsyncIterable<ImportReject>,
  second: AsyncIterable<ImportReject>,
): AsyncGenerator<ImportReject> {
  const others = second[Symbol.asyncIterator]();
  let other = await others.next();
  for await (const reject of first) {
    for (; !other.done && other.value.line < reject.line; other = await others.next()) yield other.value;
    yield reject;
  }
  for (; !other.done; other = await others.next()) yield other.value;
}
