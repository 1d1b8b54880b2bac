import { fileKinds } from "../domain/file-kind.ts";
import { FileReading, fileLimits } from "../domain/file-reading.ts";
import {
  begun,
  failed,
  type ImportRecord,
  type ImportReject,
  ignoring,
  importOfKey,
  refusedKey,
  UnreadableFile,
  wasQueued,
  wasRead,
} from "../domain/import.ts";
import type { Ports } from "../ports.ts";
import { concludeImport, updateImport } from "./update-import.ts";

/** A file that was uploaded: its key, and which version of it. */
export type ImportFile = { readonly key: string; readonly versionId: string };

export type FileImported =
  | { readonly outcome: "queued"; readonly rows: number; readonly refused: number; readonly ranges: number }
  | { readonly outcome: "unreadable"; readonly failure: string }
  | {
      readonly outcome: "ignored";
      readonly reason: "not-an-import" | "unknown-import" | "other-version" | "already-read";
    };

type FilePorts = Pick<Ports, "clock" | "imports" | "importFiles" | "importRanges">;

/**
 * Reads an uploaded file whole, and only then queues its good rows to be registered; a file that cannot be read registers nothing.
 * An import takes the first version of its file that it is told of. Told again, it reads the same version again and counts nothing twice.
 */
export async function importFile(ports: FilePorts, { key, versionId }: ImportFile): Promise<FileImported> {
  const name = importOfKey(key);
  if (!name) return { outcome: "ignored", reason: "not-an-import" };
  const known = await ports.imports.get(name.biller, name.importId);
  if (known?.key !== key) return { outcome: "ignored", reason: "unknown-import" };
  const record = await updateImport(ports, name, (latest) => {
    if (latest.versionId === undefined) return begun(latest, versionId);
    return latest.versionId === versionId ? undefined : ignoring(latest, versionId, ports.clock.now());
  });
  if (record.versionId !== versionId) return { outcome: "ignored", reason: "other-version" };
  if (record.status === "failed") return { outcome: "unreadable", failure: record.failure ?? "" };
  if (record.queued || record.status === "done") return { outcome: "ignored", reason: "already-read" };
  const reading = new FileReading(record.format, fileLimits, fileKinds[record.of ?? "bills"]);
  try {
    const file = await ports.importFiles.read({ key, versionId });
    await ports.importFiles.writeRejects(refusedKey(record), rejectsOf(reading, file));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await updateImport(ports, name, (latest) => (latest.status === "running" ? failed(latest, error) : undefined));
    return { outcome: "unreadable", failure: error.message };
  }
  return queueRanges(ports, record, reading);
}

/** Drives the reading: the list of rejects is written while the file is read, and none of it is kept. */
async function* rejectsOf(reading: FileReading, file: AsyncIterable<Uint8Array>): AsyncGenerator<ImportReject> {
  for await (const chunk of file) yield* reading.push(chunk);
  yield* reading.end();
}

async function queueRanges(
  ports: FilePorts,
  record: ImportRecord,
  { contents, ranges }: FileReading,
): Promise<FileImported> {
  const { biller, importId, key, versionId = "" } = record;
  // The record holds the header and the number of ranges before the first range can be registered.
  const read = await updateImport(ports, record, (latest) => wasRead(latest, contents));
  const messages = ranges.map(({ range, from, to, line, refused }) => ({
    ...{ biller, importId, key, versionId },
    ...{ range, from, to, line, refused: [...refused] },
  }));
  if (messages.length === 0) await concludeImport(ports, read);
  else {
    await ports.importRanges.send(messages);
    await updateImport(ports, record, wasQueued);
  }
  const { rows, refused } = contents;
  return { outcome: "queued", rows, refused, ranges: ranges.length };
}
