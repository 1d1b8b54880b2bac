import type { ImportReject } from "../../functions/domain/import.ts";
import type { ImportRange } from "../../functions/messages.ts";
import type { ImportFiles, ImportRangeQueue } from "../../functions/ports.ts";
import { copyOf } from "./memory-table.ts";

/** Files in memory, with their versions, how often and how much of them was read, and the lists of rejects. */
export type MemoryImportFiles = ImportFiles & {
  /** Puts a new version of a file and answers its id. */
  upload(key: string, content: string | Uint8Array): string;
  readonly rejects: ReadonlyMap<string, readonly ImportReject[]>;
  readonly reads: readonly { readonly key: string; readonly versionId: string; readonly bytes: number }[];
};

/** An empty bucket; files are read in chunks of `chunkBytes`. */
export function memoryImportFiles(chunkBytes = 65_536): MemoryImportFiles {
  const versions = new Map<string, Uint8Array>();
  const rejects = new Map<string, readonly ImportReject[]>();
  const reads: { key: string; versionId: string; bytes: number }[] = [];
  return {
    rejects,
    reads,
    upload(key, content) {
      const versionId = `v${versions.size + 1}`;
      versions.set(`${key}@${versionId}`, typeof content === "string" ? new TextEncoder().encode(content) : content);
      return versionId;
    },
    uploadUrl: async (key) => `https://bucket.example.com/${key}?put`,
    async read({ key, versionId, from, to }) {
      const file = versions.get(`${key}@${versionId}`);
      if (!file) throw new Error(`there is no version ${versionId} of ${key}`);
      const bytes = file.subarray(from, to);
      reads.push({ key, versionId, bytes: bytes.length });
      return inChunks(bytes, chunkBytes);
    },
    async writeRejects(key, list) {
      const all: ImportReject[] = [];
      for await (const reject of list) all.push(reject);
      if (all.length > 0) rejects.set(key, all);
    },
    async *readRejects(key) {
      const all = rejects.get(key);
      if (!all) throw new Error(`there is no list ${key}`);
      yield* all;
    },
    rejectsUrl: async (key) => `https://bucket.example.com/${key}?get`,
  };
}

/** The bytes in chunks as a stream brings them. */
export async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

/** The queue of ranges, with what is in it; `take` empties it. */
export type RecordingImportRanges = ImportRangeQueue & {
  readonly sent: readonly ImportRange[];
  take(): readonly ImportRange[];
};

/** A queue that keeps the ranges sent to it until they are taken. */
export function recordingImportRanges(): RecordingImportRanges {
  const sent: ImportRange[] = [];
  return {
    sent,
    take: () => sent.splice(0),
    async send(ranges) {
      for (const range of ranges) sent.push(copyOf(range));
    },
  };
}
