import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One version of one object. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly etag: string;
  readonly contentType: string;
  readonly modifiedAt: number;
  readonly body: Buffer;
}

/** What is written: everything but what the store itself decides. */
export type NewObject = Pick<StoredObject, "bucket" | "key" | "contentType" | "modifiedAt" | "body">;

/** Objects with all their versions. */
export interface ObjectStore {
  readonly put: (object: NewObject) => StoredObject;
  /** The version asked for, else the latest; undefined if there is none. */
  readonly get: (bucket: string, key: string, versionId?: string) => StoredObject | undefined;
}

function readKept(folder: string): readonly StoredObject[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => {
      const described = JSON.parse(readFileSync(join(folder, file), "utf8")) as Omit<StoredObject, "body">;
      return { ...described, body: readFileSync(join(folder, `${described.versionId}.data`)) };
    })
    .sort((left, right) => left.modifiedAt - right.modifiedAt);
}

/** An object store in memory, or kept in `folder`: one file of bytes and one of facts per version. */
export function objectStore(folder?: string): ObjectStore {
  const versions = new Map<string, StoredObject[]>();
  const remember = (object: StoredObject): void => {
    const id = `${object.bucket}/${object.key}`;
    versions.set(id, [...(versions.get(id) ?? []), object]);
  };
  if (folder !== undefined) for (const object of readKept(folder)) remember(object);
  return {
    put: (object) => {
      const etag = `"${createHash("md5").update(object.body).digest("hex")}"`;
      const stored = { ...object, versionId: randomUUID().replaceAll("-", ""), etag };
      if (folder !== undefined) {
        const { body, ...facts } = stored;
        writeFileSync(join(folder, `${stored.versionId}.data`), body);
        // The facts come last and whole: an object is there once they are.
        const file = join(folder, `${stored.versionId}.json`);
        writeFileSync(`${file}.new`, JSON.stringify(facts));
        renameSync(`${file}.new`, file);
      }
      remember(stored);
      return stored;
    },
    get: (bucket, key, versionId) => {
      const all = versions.get(`${bucket}/${key}`) ?? [];
      return versionId === undefined ? all.at(-1) : all.find((object) => object.versionId === versionId);
    },
  };
}
