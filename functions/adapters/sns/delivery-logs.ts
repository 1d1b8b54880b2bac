import * as z from "zod/mini";
import type { SmsLogLine } from "../../messages.ts";
import { unwrapped } from "../aws-envelope.ts";
import { jsonIn } from "../json-in.ts";
import { type LogEvent, logEventsIn } from "../log-events.ts";
import { meaningOf } from "./provider-responses.ts";

/** Why a line of a log, or a whole message of the subscription, became no line of ours. */
export type SkippedLog = "control-message" | "not-json" | "not-a-delivery" | "no-time";

/** The deliveries that a log subscription told, in its order, and how many other lines it held, by why they are none. */
export type SmsLogReading = {
  readonly lines: readonly SmsLogLine[];
  readonly skipped: Readonly<Partial<Record<SkippedLog, number>>>;
};

const milliseconds = z.catch(z.optional(z.int().check(z.minimum(0), z.maximum(1e9))), undefined);
const Delivery = z.object({
  notification: z.object({
    messageId: z.string().check(z.minLength(1), z.maxLength(200)),
    timestamp: z.catch(z.optional(z.string()), undefined),
  }),
  delivery: z.object({
    destination: z.catch(z.optional(z.string()), undefined),
    providerResponse: z.catch(z.optional(z.string()), undefined),
    dwellTimeMs: milliseconds,
    dwellTimeMsUntilDeviceAck: milliseconds,
  }),
  status: z.enum(["SUCCESS", "FAILURE"]),
});
type Delivery = z.output<typeof Delivery>;

/** When SNS took the message: `2026-11-21 10:15:30.123`, without a zone, in UTC. */
function publishedAt({ timestamp = "" }: Delivery["notification"]): number | undefined {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d{1,9})?)Z?$/.exec(timestamp) ?? [];
  const at = day && time ? Date.parse(`${day}T${time}Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** When the phone answered, else the carrier; the time of the log line where SNS tells none. */
function toldAt({ notification, delivery }: Delivery, loggedAt: number | undefined): number | undefined {
  const at = publishedAt(notification);
  if (at === undefined) return loggedAt;
  return at + (delivery.dwellTimeMsUntilDeviceAck ?? delivery.dwellTimeMs ?? 0);
}

function failureOf({ delivery, status }: Delivery): Pick<SmsLogLine, "failure" | "suppress"> {
  if (status === "SUCCESS") return {};
  const { suppress: reason, ...failure } = meaningOf(delivery.providerResponse ?? "");
  const address = /^\+[1-9]\d{6,14}$/.exec(delivery.destination ?? "")?.[0];
  return { failure, ...(reason && address && { suppress: { reason, address } }) };
}

function lineOf({ message, timestamp }: LogEvent): SmsLogLine | SkippedLog {
  const body = jsonIn(message);
  if (body === undefined) return "not-json";
  const told = Delivery.safeParse(unwrapped(body));
  if (!told.success) return "not-a-delivery";
  const at = toldAt(told.data, timestamp);
  if (at === undefined) return "no-time";
  return {
    kind: "sms-log",
    providerReference: told.data.notification.messageId,
    status: told.data.status === "SUCCESS" ? "delivered" : "failed",
    at,
    ...failureOf(told.data),
  };
}

/**
 * Reads what CloudWatch Logs hands a subscriber of SNS's delivery-status log groups. Control messages and lines that are no delivery
 * are counted and left out; throws invalid-input where the whole is no such event.
 */
export function readSmsDeliveryLogs(event: unknown): SmsLogReading {
  const { isControlMessage, events, malformed } = logEventsIn(event);
  if (isControlMessage) return { lines: [], skipped: { "control-message": 1 } };
  const lines: SmsLogLine[] = [];
  const skipped: Partial<Record<SkippedLog, number>> = malformed > 0 ? { "not-a-delivery": malformed } : {};
  for (const item of events) {
    const line = lineOf(item);
    if (typeof line === "string") skipped[line] = (skipped[line] ?? 0) + 1;
    else lines.push(line);
  }
  return { lines, skipped };
}
