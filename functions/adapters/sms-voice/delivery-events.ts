import * as z from "zod/mini";
import { invalidInput } from "../../domain/errors.ts";
import { fieldErrors } from "../../domain/field-errors.ts";
import { parseNotificationReference } from "../../domain/notification.ts";
import type { DeliveryReport } from "../../messages.ts";
import { unwrapped } from "../aws-envelope.ts";
import { meaningOf } from "./event-types.ts";

/** What became of an event of End User Messaging SMS: a report of ours, or the reason why it is none. */
export type SmsVoiceEventReading =
  | { readonly outcome: "report"; readonly report: DeliveryReport }
  | {
      readonly outcome: "skipped";
      readonly reason: "other-event" | "inbound-message" | "no-reference" | "no-time" | "not-an-event";
    };

const skipped = (reason: Extract<SmsVoiceEventReading, { outcome: "skipped" }>["reason"]): SmsVoiceEventReading => ({
  outcome: "skipped",
  reason,
});

// One field that is not as documented costs what it says, not the whole event.
const optionalText = z.catch(z.optional(z.string()), undefined);
const optionalTime = z.catch(z.optional(z.int().check(z.minimum(1), z.maximum(8.64e15))), undefined);

const Event = z.object({
  eventType: z.string().check(z.regex(/^[A-Z]+(?:_[A-Z]+)*$/, "must be an event type such as TEXT_DELIVERED")),
  eventTimestamp: optionalTime,
  messageRequestTimestamp: optionalTime,
  destinationPhoneNumber: optionalText,
  messageId: optionalText,
  context: z.catch(z.optional(z.object({ dispatchId: optionalText })), undefined),
});
type Event = z.output<typeof Event>;

/** A customer's answer, where the sender can be answered: it comes to the same topics, and End User Messaging itself keeps who opted out by it. */
const Inbound = z.object({ inboundMessageId: z.string(), originationNumber: z.string() });

// Both units are found in the wild; read as milliseconds, what is below is of January 1970.
const inMilliseconds = (time: number): number => (time < 1e11 ? time * 1_000 : time);

/** The number as E.164 text, with its plus; undefined for what is no phone number. */
function addressOf({ destinationPhoneNumber = "" }: Event): string | undefined {
  const digits = /^\+?([1-9]\d{6,14})$/.exec(destinationPhoneNumber)?.[1];
  return digits && `+${digits}`;
}

function suppression(event: Event, reason: string | undefined): Pick<DeliveryReport, "suppress"> {
  const address = addressOf(event);
  return reason ? { suppress: { reason, ...(address && { address }) } } : {};
}

function readEvent(event: Event): SmsVoiceEventReading {
  const meaning = meaningOf(event.eventType);
  if (!meaning) return skipped("other-event");
  const key = parseNotificationReference(event.context?.dispatchId ?? "");
  if (!key) return skipped("no-reference");
  const time = event.eventTimestamp ?? event.messageRequestTimestamp;
  if (time === undefined) return skipped("no-time");
  const { status, failure, suppress } = meaning;
  return {
    outcome: "report",
    report: {
      kind: "delivery",
      ...key,
      channel: "sms",
      status,
      at: inMilliseconds(time),
      ...(event.messageId && { providerReference: event.messageId }),
      ...(failure && { failure }),
      ...suppression(event, suppress),
    },
  };
}

/**
 * Reads an event of End User Messaging SMS v2 (bare, in an EventBridge event of `aws.sms-voice`, or in an SNS notification). Whether it
 * is final is not asked: the sources contradict each other. Throws invalid-input for anything else.
 */
export function readSmsVoiceEvent(body: unknown): SmsVoiceEventReading {
  const content = unwrapped(body);
  if (content === undefined) return skipped("not-an-event");
  if (Inbound.safeParse(content).success) return skipped("inbound-message");
  const event = Event.safeParse(content);
  if (!event.success) throw invalidInput("This is no event of End User Messaging SMS.", fieldErrors(event.error));
  return readEvent(event.data);
}
