import { gunzipSync } from "node:zlib";
import * as z from "zod/mini";
import { invalidInput } from "../domain/errors.ts";
import { jsonIn } from "./json-in.ts";

/** One line of a log group: what was written, when (milliseconds since 1970, where that was told), and by what name CloudWatch Logs knows it. */
export type LogEvent = { readonly id: string; readonly timestamp?: number | undefined; readonly message: string };

/** What CloudWatch Logs hands a subscriber: lines, or a message of its own that holds none; `malformed` counts what is no line. */
export type LogEvents = {
  readonly isControlMessage: boolean;
  readonly events: readonly LogEvent[];
  readonly malformed: number;
};

// Lambda takes a payload of a mebibyte; log lines shrink about tenfold, and what shrinks more is no log.
const mostBytes = 32 * 1_048_576;

const Subscription = z.object({ awslogs: z.object({ data: z.string() }) });
const Logs = z.object({
  messageType: z.string(),
  logEvents: z.catch(z.array(z.unknown()), []),
});
const Event = z.object({
  id: z.catch(z.string(), ""),
  message: z.string(),
  timestamp: z.catch(z.optional(z.int().check(z.minimum(1), z.maximum(8.64e15))), undefined),
});

const refused = (path: string, message: string) =>
  invalidInput("This is no event of a log subscription.", [{ path, message }]);

/** What the subscription carries: base64 of gzip of JSON. */
function unpacked(data: string): unknown {
  const bytes = Buffer.from(data, "base64");
  try {
    return jsonIn(gunzipSync(bytes, { maxOutputLength: mostBytes }).toString());
  } catch {
    throw refused("awslogs.data", "must be gzip in base64, of 32 MiB at most");
  }
}

/** Reads what CloudWatch Logs hands a subscriber of a log group (user guide, "Subscription filters with Lambda"); throws invalid-input for anything else. */
export function logEventsIn(event: unknown): LogEvents {
  const subscription = Subscription.safeParse(event);
  if (!subscription.success) throw refused("awslogs.data", "is missing");
  const logs = Logs.safeParse(unpacked(subscription.data.awslogs.data));
  if (!logs.success) throw refused("awslogs.data", "must hold a message of CloudWatch Logs");
  if (logs.data.messageType !== "DATA_MESSAGE") return { isControlMessage: true, events: [], malformed: 0 };
  const events = logs.data.logEvents.flatMap((each) => {
    const read = Event.safeParse(each);
    return read.success ? [read.data] : [];
  });
  return { isControlMessage: false, events, malformed: logs.data.logEvents.length - events.length };
}
