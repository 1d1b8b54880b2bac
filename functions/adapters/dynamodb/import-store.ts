import { GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { ImportRecord, ImportReject } from "../../domain/import.ts";
import type { ImportName, ImportStore } from "../../ports.ts";
import { importKey, importRejectsKey, type Key } from "./keys.ts";
import { asked, askedUnlessRefused, fromItem, inVersion, type Item, type Place, toItem } from "./table.ts";

type RecordRow = Key & Omit<ImportRecord, "biller" | "importId" | "version"> & { readonly v: number };

/** One part of a range's rejects, as JSON text; only the first says how many parts count. */
type RejectsRow = Key & { readonly part: number; readonly parts: number; readonly rejects: string };

function encodeRecord({ biller, importId, version, ...rest }: ImportRecord): RecordRow {
  return { ...rest, ...importKey(biller, importId), v: version };
}

/** Characters of JSON in one item, whose limit is 400 KB: a character is four bytes at most. */
const partLength = 80_000;

function partsOf(rejects: readonly ImportReject[]): readonly string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let length = 0;
  for (const text of rejects.map(({ line, column, message }) => JSON.stringify([line, column, message]))) {
    if (part.length > 0 && length + text.length > partLength) {
      parts.push(`[${part.join()}]`);
      [part, length] = [[], 0];
    }
    part.push(text);
    length += text.length;
  }
  return [...parts, `[${part.join()}]`];
}
