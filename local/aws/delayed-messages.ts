import { createHash, randomUUID } from "node:crypto";
import type { Agenda } from "../agenda.ts";
import { isJsonObject, type Json, type JsonObject, parseJsonObject } from "../json.ts";
import type { Kept } from "../kept-state.ts";
import { awsError } from "./errors.ts";
import { type HttpAnswer, jsonAnswer } from "./http-message.ts";
import type { KeptMessage } from "./queue-ledger.ts";

/** A message that SQS hides until `at`, in milliseconds since 1970. */
export interface DelayedMessage extends KeptMessage {
  readonly at: number;
}

/** What sending later stands on; `send` puts a message into its queue at once. */
export interface DelaysOptions {
  readonly kept: Kept<DelayedMessage>;
  readonly agenda: Agenda;
  readonly now: () => number;
  readonly send: (message: KeptMessage) => Promise<void>;
  /** Makes a call with a body as it would come over the wire. */
  readonly post: (action: string, body: string) => Promise<HttpAnswer>;
}

/** `DelaySeconds` in virtual time: such a message waits here until its moment, then goes to its queue without a delay. */
export interface Delays {
  /** Answers a `SendMessage` or `SendMessageBatch` to a queue that exists, where it asks for a delay; undefined where it asks for none. */
  readonly take: (action: string, queue: string, input: JsonObject) => Promise<HttpAnswer> | undefined;
  /** Every message that waits. */
  readonly waiting: () => readonly KeptMessage[];
}

/** API reference, `SendMessage`. */
const longestDelay = 900;
const largestBatch = 10;

const type = "application/x-amz-json-1.0";

const entriesOf = (input: JsonObject): readonly JsonObject[] => {
  const entries: Json = input["Entries"] ?? [];
  return Array.isArray(entries) ? entries.filter(isJsonObject) : [];
};

const asksForDelay = (entry: JsonObject): boolean => entry["DelaySeconds"] !== undefined && entry["DelaySeconds"] !== 0;

function faultOf({ DelaySeconds, MessageBody }: JsonObject): string | undefined {
  if (typeof MessageBody !== "string" || MessageBody === "")
    return "The request must contain the parameter MessageBody.";
  const seconds = Number(DelaySeconds);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= longestDelay) return undefined;
  return `Value ${String(DelaySeconds)} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= ${longestDelay}.`;
}

const refused = (code: string, message: string): HttpAnswer => awsError("sqs", { code, status: 400, message });

function batchFault(entries: readonly JsonObject[]): HttpAnswer | undefined {
  if (entries.length > largestBatch)
    return refused("TooManyEntriesInBatchRequest", "Maximum number of entries per request are 10.");
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length)
    return refused("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
  return undefined;
}

/** What SQS answers to a batch: what became of the entries sent at once, if there were any, and of the delayed ones. */
function withDelayed(
  atOnce: HttpAnswer | undefined,
  entries: readonly JsonObject[],
  hold: (entry: JsonObject) => JsonObject,
): JsonObject {
  const answer = parseJsonObject(atOnce?.body.toString() ?? "{}", "the answer");
  const told = (key: string): readonly Json[] => (answer[key] ?? []) as readonly Json[];
  const ids = (entry: JsonObject): JsonObject => ({ Id: entry["Id"] ?? "" });
  const bad = entries.filter((entry) => faultOf(entry) !== undefined);
  const Failed = bad.map((entry) => {
    const Message = faultOf(entry) ?? "";
    return { ...ids(entry), SenderFault: true, Code: "InvalidParameterValue", Message };
  });
  const good = entries.filter((entry) => !bad.includes(entry));
  return {
    Successful: [...told("Successful"), ...good.map((entry) => ({ ...ids(entry), ...hold(entry) }))],
    Failed: [...told("Failed"), ...Failed],
  };
}

/** Sending later for all queues; what an earlier run held goes on waiting. */
export function delays({ kept, agenda, now, send, post }: DelaysOptions): Delays {
  const release = async (id: string, { queue, body, attributes }: DelayedMessage): Promise<void> => {
    // In this order: killed between the two, the message comes twice, as SQS allows, and is not lost.
    await send({ queue, body, ...(attributes === undefined ? {} : { attributes }) });
    kept.drop(id);
  };
  const plan = (id: string, message: DelayedMessage): void => agenda.at(message.at, () => release(id, message));
  const hold = (queue: string, { DelaySeconds, MessageBody, MessageAttributes }: JsonObject): JsonObject => {
    const id = randomUUID();
    const body = String(MessageBody);
    const attributes = isJsonObject(MessageAttributes) ? { attributes: MessageAttributes } : {};
    const message = { queue, body, at: now() + Number(DelaySeconds) * 1000, ...attributes };
    kept.put(id, message);
    plan(id, message);
    return { MessageId: id, MD5OfMessageBody: createHash("md5").update(body).digest("hex") };
  };
  const takeBatch = async (queue: string, input: JsonObject): Promise<HttpAnswer> => {
    const entries = entriesOf(input);
    const fault = batchFault(entries);
    if (fault !== undefined) return fault;
    const Entries = entries.filter((entry) => !asksForDelay(entry));
    const atOnce =
      Entries.length === 0 ? undefined : await post("SendMessageBatch", JSON.stringify({ ...input, Entries }));
    if (atOnce !== undefined && atOnce.status !== 200) return atOnce;
    return jsonAnswer(
      200,
      withDelayed(atOnce, entries.filter(asksForDelay), (entry) => hold(queue, entry)),
      type,
    );
  };
  for (const [id, message] of kept.entries()) plan(id, message);
  return {
    waiting: () => [...kept.entries().values()].map(({ at: _at, ...message }) => message),
    take: (action, queue, input) => {
      if (action === "SendMessageBatch")
        return entriesOf(input).some(asksForDelay) ? takeBatch(queue, input) : undefined;
      if (action !== "SendMessage" || !asksForDelay(input)) return undefined;
      const fault = faultOf(input);
      const answer =
        fault === undefined ? jsonAnswer(200, hold(queue, input), type) : refused("InvalidParameterValue", fault);
      return Promise.resolve(answer);
    },
  };
}
