import { randomUUID } from "node:crypto";
import { type HttpAnswer, jsonAnswer } from "./aws/http-message.ts";
import type { AwsRequest } from "./aws/request.ts";
import type { Rule } from "./deployment-events.ts";
import { matchesPattern } from "./event-pattern.ts";
import { isJsonObject, type Json, type JsonObject, parseJsonObject } from "./json.ts";
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

/** What is needed to put an event on a bus. */
export interface NewEvent {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
  readonly resources?: readonly string[];
  readonly time?: string;
}

/** EventBridge, a double of our own: buses, rules by pattern, delivery to functions and queues. */
export interface EventBus {
  /** Puts one event on a bus and starts its delivery; the event's id. */
  readonly put: (event: NewEvent) => string;
  /** Answers `PutEvents` as AWS does: each entry is taken or refused by itself. */
  readonly handle: (request: AwsRequest) => Promise<HttpAnswer>;
  readonly putEntry: (entry: JsonObject) => JsonObject;
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

const refused = (ErrorCode: string, ErrorMessage: string): JsonObject => ({ ErrorCode, ErrorMessage });

const timeOf = (value: Json | undefined): { readonly time?: string } => {
  if (typeof value === "number") return { time: new Date(value * 1000).toISOString() };
  return typeof value === "string" ? { time: new Date(value).toISOString() } : {};
};

const isNewEvent = (value: NewEvent | JsonObject): value is NewEvent => !("ErrorCode" in value);

const required = (name: string): JsonObject =>
  refused("InvalidArgument", `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);

const isText = (value: Json | undefined): value is string => typeof value === "string" && value !== "";

/** One entry of `PutEvents` as an event to be put, or how EventBridge refuses it. */
function readEntry(entry: JsonObject, known: ReadonlySet<string>): NewEvent | JsonObject {
  const { EventBusName, Source, DetailType, Detail, Resources } = entry;
  const bus = (isText(EventBusName) ? EventBusName : "default").replace(/^.*\//, "");
  if (!known.has(bus)) return refused("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
  if (!isText(Source)) return required("Source");
  if (!isText(DetailType)) return required("DetailType");
  try {
    const detail = parseJsonObject(isText(Detail) ? Detail : "", "Detail");
    const resources = Array.isArray(Resources) ? Resources.map(String) : [];
    return { bus, source: Source, detailType: DetailType, detail, resources, ...timeOf(entry["Time"]) };
  } catch {
    return refused("MalformedDetail", "Detail is malformed.");
  }
}

const answered = (status: number, body: JsonObject): HttpAnswer =>
  jsonAnswer(status, body, "application/x-amz-json-1.1");

function answerPutEvents({ action, input }: AwsRequest, putEntry: EventBus["putEntry"]): HttpAnswer {
  const invalid = (message: string): HttpAnswer => answered(400, { __type: "ValidationException", message });
  if (action !== "PutEvents") return invalid(`The laptop's EventBridge knows PutEvents only, not ${action}.`);
  const entries = Array.isArray(input["Entries"]) ? input["Entries"].filter(isJsonObject) : [];
  if (entries.length === 0 || entries.length > 10) return invalid("Entries must have 1 to 10 members");
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
    const event = readEntry(entry, known);
    return isNewEvent(event) ? { EventId: put(event) } : event;
  };
  return { put, putEntry, events: () => recorded, handle: async (request) => answerPutEvents(request, putEntry) };
}
