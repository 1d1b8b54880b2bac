import { momentOfText } from "./iso-time.ts";
import { type Json, type JsonObject, parseJsonObject } from "./json.ts";

/** What is needed to put an event on a bus. */
export interface NewEvent {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  readonly time?: string;
}

/** Why EventBridge refuses an entry, and the field that is to blame. */
export interface EntryFault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** An entry of `PutEvents` as an event to be put, or why it is refused. */
export type ReadEntry = { readonly event: NewEvent } | { readonly fault: EntryFault };

/** The most bytes of an entry, and of all entries of one call: 1 MB since January 2026 (AWS Compute Blog, "More room to build"). */
export const largestEntry = 1024 * 1024;

/** API reference, `PutEventsRequestEntry`. */
const longestDetailType = 128;

const bytes = (value: Json | undefined): number => (typeof value === "string" ? Buffer.byteLength(value) : 0);

/** The size of an entry in bytes, as EventBridge counts it (user guide, "Calculating PutEvents event entry size"). */
export function entrySize({ Time, Source, DetailType, Detail, Resources }: JsonObject): number {
  const resources = Array.isArray(Resources) ? (Resources as readonly Json[]) : [];
  const texts = [Source, DetailType, Detail, ...resources];
  return texts.reduce((sum: number, text) => sum + bytes(text), Time === undefined ? 0 : 14);
}

const isText = (value: Json | undefined): value is string => typeof value === "string" && value !== "";

const invalid = (field: string, reason: string): EntryFault => ({
  field,
  code: "InvalidArgument",
  message: `Parameter ${field} is not valid. Reason: ${reason}`,
});

/** The text of a moment: seconds since 1970 as on the wire, or ISO 8601 with zone; undefined for anything else. */
function timeOf(value: Json): string | undefined {
  const at = typeof value === "number" ? value * 1000 : typeof value === "string" ? momentOfText(value) : Number.NaN;
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? undefined : moment.toISOString();
}

function detailOf(Detail: string): JsonObject | undefined {
  try {
    return parseJsonObject(Detail, "Detail");
  } catch {
    return undefined;
  }
}

function faultOf(entry: JsonObject): EntryFault | undefined {
  const { Source, DetailType, Detail, Resources, Time } = entry;
  for (const field of ["Source", "DetailType", "Detail"]) {
    if (!isText(entry[field])) return invalid(field, `${field} is a required argument.`);
  }
  if (String(Source).startsWith("aws.")) {
    return { field: "Source", code: "NotAuthorizedForSourceException", message: "Not authorized for the source." };
  }
  if (String(DetailType).length > longestDetailType)
    return invalid("DetailType", `DetailType must be at most ${longestDetailType} characters long.`);
  if (Time !== undefined && timeOf(Time) === undefined)
    return invalid("Time", "Time must be a time: seconds since 1970, or ISO 8601 with zone.");
  if (Resources !== undefined && !(Array.isArray(Resources) && Resources.every((each: Json) => isText(each))))
    return invalid("Resources", "Resources must be a list of texts.");
  if (entrySize(entry) > largestEntry) return invalid("Detail", `the entry must be at most ${largestEntry} bytes.`);
  if (detailOf(String(Detail)) === undefined)
    return { field: "Detail", code: "MalformedDetail", message: "Detail is malformed." };
  return undefined;
}

/** Reads one entry of `PutEvents` as EventBridge judges it; `known` are the names of the buses there are. */
export function readEntry(entry: JsonObject, known: ReadonlySet<string>): ReadEntry {
  const { EventBusName, Source, DetailType, Detail, Resources, Time } = entry;
  const bus = (isText(EventBusName) ? EventBusName : "default").replace(/^.*\//, "");
  if (!known.has(bus)) {
    const message = `Event bus ${bus} does not exist.`;
    return { fault: { field: "EventBusName", code: "ResourceNotFoundException", message } };
  }
  const fault = faultOf(entry);
  if (fault !== undefined) return { fault };
  const time = Time === undefined ? undefined : timeOf(Time);
  return {
    event: {
      bus,
      source: String(Source),
      detailType: String(DetailType),
      detail: detailOf(String(Detail)) ?? {},
      resources: Array.isArray(Resources) ? Resources.map(String) : [],
      ...(time === undefined ? {} : { time }),
    },
  };
}
