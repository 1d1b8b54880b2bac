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
    const bus = (typeof entry["EventBusName"] === "string" ? entry["EventBusName"] : "default").replace(/^.*\//, "");
    const { Source, DetailType, Detail, Resources } = entry;
    if (!known.has(bus)) return refused("ResourceNotFoundException", `Event bus ${bus} does not exist.`);
    if (typeof Source !== "string" || Source === "")
      return refused("InvalidArgument", "Parameter Source is not valid. Reason: Source is a required argument.");
    if (typeof DetailType !== "string" || DetailType === "")
      return refused(
        "InvalidArgument",
        "Parameter DetailType is not valid. Reason: DetailType is a required argument.",
      );
    try {
      const detail = parseJsonObject(typeof Detail === "string" ? Detail : "", "Detail");
      const resources = Array.isArray(Resources) ? Resources.map(String) : [];
      const EventId = put({ bus, source: Source, detailType: DetailType, detail, resources, ...timeOf(entry["Time"]) });
      return { EventId };
    } catch {
      return refused("MalformedDetail", "Detail is malformed.");
    }
  };
  return {
    put,
    putEntry,
    events: () => recorded,
    handle: async ({ action, input }) => {
      const type = "application/x-amz-json-1.1";
      if (action !== "PutEvents") {
        return jsonAnswer(
          400,
          { __type: "ValidationException", message: `The laptop's EventBridge knows PutEvents only, not ${action}.` },
          type,
        );
      }
      const entries = Array.isArray(input["Entries"]) ? input["Entries"].filter(isJsonObject) : [];
      if (entries.length === 0 || entries.length > 10) {
        return jsonAnswer(400, { __type: "ValidationException", message: "Entries must have 1 to 10 members" }, type);
      }
      const Entries = entries.map(putEntry);
      return jsonAnswer(
        200,
        { FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries },
        type,
      );
    },
  };
}
