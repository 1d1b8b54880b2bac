import { randomUUID } from "node:crypto";
import { type HttpAnswer, jsonAnswer } from "./aws/http-message.ts";
import type { AwsRequest } from "./aws/request.ts";
import type { Rule } from "./deployment-events.ts";
import { entrySize, largestEntry, type NewEvent, type ReadEntry, readEntry } from "./event-entry.ts";
import { matchesPattern } from "./event-pattern.ts";
import { isJsonObject, type Json, type JsonObject } from "./json.ts";
import type { Place } from "./resource-types.ts";
import type { Deliver } from "./target-delivery.ts";

/** One event as rules and targets see it. */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: JsonObject;
}

/** One event and the bus it was put on. */
export interface RecordedEvent {
  readonly bus: string;
  readonly event: BusEvent;
}

/** EventBridge, a double of our own: buses, rules by pattern, delivery to functions and queues. */
export interface EventBus {
  /** Puts one event on a bus and starts its delivery; the event's id. */
  readonly put: (event: NewEvent) => string;
  /** Answers `PutEvents` as AWS does: each entry is taken or refused by itself. */
  readonly handle: (request: AwsRequest) => Promise<HttpAnswer>;
  readonly putEntry: (entry: JsonObject) => JsonObject;
  /** Reads an entry without putting it. */
  readonly readEntry: (entry: JsonObject) => ReadEntry;
  /** What was put on the buses, oldest first; only the latest 50,000 are kept. */
  readonly events: () => readonly RecordedEvent[];
}

/** What the buses stand on. */
export interface EventBusOptions {
  readonly buses: readonly string[];
  readonly rules: readonly Rule[];
  readonly place: Place;
  readonly now: () => number;
  readonly deliver: Deliver;
}

const limit = 50_000;

const answered = (status: number, body: JsonObject): HttpAnswer =>
  jsonAnswer(status, body, "application/x-amz-json-1.1");

function answerPutEvents({ action, input }: AwsRequest, putEntry: EventBus["putEntry"]): HttpAnswer {
  const invalid = (message: string): HttpAnswer => answered(400, { __type: "ValidationException", message });
  if (action !== "PutEvents") return invalid(`The laptop's EventBridge knows PutEvents only, not ${action}.`);
  const given: readonly Json[] = Array.isArray(input["Entries"]) ? input["Entries"] : [];
  const entries = given.filter(isJsonObject);
  if (entries.length < given.length) return answered(400, { __type: "SerializationException" });
  if (entries.length === 0 || entries.length > 10) return invalid("Entries must have 1 to 10 members");
  if (entries.reduce((sum, entry) => sum + entrySize(entry), 0) > largestEntry)
    return invalid("Total size of the entries in the request is over the limit.");
  const Entries = entries.map(putEntry);
  const FailedEntryCount = Entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length;
  return answered(200, { FailedEntryCount, Entries });
}

/** The buses of the stacks and the account's default one. */
export function eventBus({ buses, rules, place, now, deliver }: EventBusOptions): EventBus {
  const known = new Set([...buses, "default"]);
  let recorded: RecordedEvent[] = [];
  const put = ({ bus, source, detailType, detail, resources, time }: NewEvent): string => {
    const event: BusEvent = {
      version: "0",
      id: randomUUID(),
      "detail-type": detailType,
      source,
      account: place.account,
      time: `${(time ?? new Date(now()).toISOString()).slice(0, 19)}Z`,
      region: place.region,
      resources: resources ?? [],
      detail,
    };
    recorded.push({ bus, event });
    if (recorded.length > limit * 1.2) recorded = recorded.slice(-limit);
    const json = event as unknown as JsonObject;
    for (const rule of rules) {
      if (rule.bus !== bus || !matchesPattern(rule.pattern, json)) continue;
      for (const target of rule.targets) deliver(target, json, { principal: "events.amazonaws.com", arn: rule.arn });
    }
    return event.id;
  };
  const putEntry = (entry: JsonObject): JsonObject => {
    const read = readEntry(entry, known);
    if ("event" in read) return { EventId: put(read.event) };
    return { ErrorCode: read.fault.code, ErrorMessage: read.fault.message };
  };
  return {
    put,
    putEntry,
    readEntry: (entry) => readEntry(entry, known),
    events: () => recorded,
    handle: async (request) => answerPutEvents(request, putEntry),
  };
}
