import * as z from "zod/mini";
import { BillerId, ImportId } from "./ids.ts";
import { addTo, countOf, holds } from "./intervals.ts";
import type { Moment } from "./local-time.ts";
import type { OfferId } from "./offer.ts";

/** How an uploaded file is written: RFC 4180, or one JSON object a line. */
export const ImportFormat = z.enum(["csv", "ndjson"]);
export type ImportFormat = z.output<typeof ImportFormat>;

/** What the rows of a file are: bills, lines of a bank's statement, or codes of a coupon offer. */
export const ImportOf = z.enum(["bills", "credits", "coupons"]);
export type ImportOf = z.output<typeof ImportOf>;

/** A row that was refused: the physical line, the column (CSV name or dotted path; empty for the whole row) and why. */
export type ImportReject = { readonly line: number; readonly column: string; readonly message: string };

/** What became of the rows of one range; `rejected` counts rows, and a row may have several rejects. */
export type RangeResult = {
  /** Bills registered, credits applied, codes added. */
  readonly registered: number;
  readonly amended: number;
  readonly unchanged: number;
  /** Credits put to operators, and credits that match no bill: kept, and shown to operators as well. */
  readonly proposed?: number;
  readonly unmatched?: number;
  readonly rejected: number;
  readonly rejects: readonly ImportReject[];
};

/** What the first reading of the whole file found. */
export type FileContents = {
  readonly rows: number;
  readonly refused: number;
  readonly rejects: readonly ImportReject[];
  readonly ranges: number;
  /** The header of a CSV file. */
  readonly columns?: readonly string[];
};

/** One import: the file, how far it is, and what became of its rows. */
export type ImportRecord = {
  readonly biller: BillerId;
  readonly importId: ImportId;
  readonly format: ImportFormat;
  /** Bills unless told. */
  readonly of?: ImportOf;
  /** The offer whose coupons are imported. */
  readonly offer?: OfferId;
  readonly key: string;
  readonly createdAt: Moment;
  /** Grows by one with every write; a write names the version it read. */
  readonly version: number;
  readonly status: "waiting" | "running" | "done" | "failed";
  /** Why nothing of the file was registered. */
  readonly failure?: string;
  /** The one version of the file that is imported: the first that was seen. */
  readonly versionId?: string;
  /** Uploads to the same URL that came after it: the first ten. */
  readonly ignored: readonly { readonly versionId: string; readonly at: Moment }[];
  /** The header of a CSV file, once it was read. */
  readonly columns?: readonly string[];
  readonly rows: number;
  /** Rows refused when the file was read; `rejected` counts them too, with those that could not be registered. */
  readonly refused: number;
  /** How many ranges the file was cut into; 0 until it was read. */
  readonly ranges: number;
  /** Whether every range has been queued. */
  readonly queued: boolean;
  /** The ranges that are registered, as intervals: `0-57,59`. */
  readonly finished: string;
  readonly registered: number;
  readonly amended: number;
  readonly unchanged: number;
  readonly proposed?: number;
  readonly unmatched?: number;
  readonly rejected: number;
  /** The first hundred, by line. */
  readonly rejects: readonly ImportReject[];
  /** Where the whole list lies; absent when there is none. */
  readonly rejectsKey?: string;
};

/** A file that cannot be read as a whole: nothing of it is registered. */
export class UnreadableFile extends Error {
  readonly rejects: readonly ImportReject[];

  constructor(rejects: readonly [ImportReject, ...ImportReject[]]) {
    const [{ line, column, message }] = rejects;
    super(`line ${line}${column && `, column ${column}`}: ${message}`);
    this.name = "UnreadableFile";
    this.rejects = rejects;
  }
}

/** The file cannot be read from `line` on. */
export const unreadable = (line: number, message: string): UnreadableFile =>
  new UnreadableFile([{ line, column: "", message }]);

const mostRejects = 100;
const mostIgnored = 10;

type NewImport = Pick<ImportRecord, "biller" | "importId" | "format" | "of" | "offer" | "createdAt">;

/** An import that waits for its file. */
export function newImport({ biller, importId, format, createdAt, of = "bills", offer }: NewImport): ImportRecord {
  const counts = { rows: 0, refused: 0, registered: 0, amended: 0, unchanged: 0, rejected: 0 };
  const key = `imports/${biller}/${importId}.${format}`;
  const progress = { status: "waiting", ranges: 0, queued: false, finished: "" } as const;
  const what = { ...(of !== "bills" && { of }), ...(offer !== undefined && { offer }) };
  const about = { biller, importId, format, ...what, key, createdAt, version: 1 };
  return { ...about, ...progress, ignored: [], ...counts, rejects: [] };
}

/** Which import an uploaded file belongs to; undefined for a key that is none of ours. */
export function importOfKey(key: string): { readonly biller: BillerId; readonly importId: ImportId } | undefined {
  const [, first, second] = /^imports\/([^/]+)\/([^/]+)\.(?:csv|ndjson)$/.exec(key) ?? [];
  const [biller, importId] = [z.safeParse(BillerId, first), z.safeParse(ImportId, second)];
  return biller.success && importId.success ? { biller: biller.data, importId: importId.data } : undefined;
}

/** Where the rows refused at the first reading are listed. */
export const refusedKey = ({ biller, importId }: Pick<ImportRecord, "biller" | "importId">): string =>
  `rejects/${biller}/${importId}/refused.csv`;

/** Where every reject is listed, when rows could not be registered either. */
export const allRejectsKey = ({ biller, importId }: Pick<ImportRecord, "biller" | "importId">): string =>
  `rejects/${biller}/${importId}/rejects.csv`;

const next = (record: ImportRecord, changes: Partial<ImportRecord>): ImportRecord => ({
  ...record,
  ...changes,
  version: record.version + 1,
});

/** The import takes this version of its file, and never another. */
export const begun = (record: ImportRecord, versionId: string): ImportRecord =>
  next(record, { status: "running", versionId });

/** Another version of the file came: kept for operators, not imported. */
export function ignoring(record: ImportRecord, versionId: string, at: Moment): ImportRecord | undefined {
  if (record.ignored.length >= mostIgnored || record.ignored.some((upload) => upload.versionId === versionId))
    return undefined;
  return next(record, { ignored: [...record.ignored, { versionId, at }] });
}

/** The file could not be read: the import ends with nothing registered. */
export const failed = (record: ImportRecord, { message, rejects }: UnreadableFile): ImportRecord =>
  next(record, { status: "failed", failure: message, rejects: rejects.slice(0, mostRejects) });

const isRead = (record: ImportRecord): boolean => record.columns !== undefined || record.rows > 0;

/** The file was read whole; undefined when that is known already. */
export function wasRead(record: ImportRecord, contents: FileContents): ImportRecord | undefined {
  if (isRead(record)) return undefined;
  const { rows, refused, ranges, rejects, columns } = contents;
  return next(record, {
    rows,
    refused,
    rejected: refused,
    ranges,
    rejects: firstRejects(rejects),
    ...(columns && { columns }),
    ...(refused > 0 && { rejectsKey: refusedKey(record) }),
  });
}

/** Every range is queued; undefined when that is known already. */
export const wasQueued = (record: ImportRecord): ImportRecord | undefined =>
  record.queued ? undefined : next(record, { queued: true });

/** Whether the range's rows are counted. */
export const isFinished = (record: ImportRecord, range: number): boolean => holds(record.finished, range);

/** Counts a range's rows, once; undefined when they are counted already. */
export function withRange(record: ImportRecord, range: number, result: RangeResult): ImportRecord | undefined {
  if (isFinished(record, range)) return undefined;
  return next(record, {
    finished: addTo(record.finished, range),
    registered: record.registered + result.registered,
    amended: record.amended + result.amended,
    unchanged: record.unchanged + result.unchanged,
    ...(result.proposed !== undefined && { proposed: (record.proposed ?? 0) + result.proposed }),
    ...(result.unmatched !== undefined && { unmatched: (record.unmatched ?? 0) + result.unmatched }),
    rejected: record.rejected + result.rejected,
    rejects: firstRejects([...record.rejects, ...result.rejects]),
  });
}

/** Whether every row is registered or refused, and nothing is left to do but to say so. */
export const isComplete = (record: ImportRecord): boolean =>
  record.status === "running" && isRead(record) && countOf(record.finished) === record.ranges;

/** The import is done; undefined when that is known already. */
export const concluded = (record: ImportRecord, rejectsKey?: string): ImportRecord | undefined =>
  record.status === "running"
    ? next(record, { status: "done", ...(rejectsKey !== undefined && { rejectsKey }) })
    : undefined;

/** The first hundred by line, whatever the order they came in. */
const firstRejects = (rejects: readonly ImportReject[]): readonly ImportReject[] =>
  rejects.toSorted((a, b) => a.line - b.line).slice(0, mostRejects);
