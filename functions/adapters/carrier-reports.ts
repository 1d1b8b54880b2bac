import * as z from "zod/mini";
import { invalidInput } from "../domain/errors.ts";
import { fieldErrors } from "../domain/field-errors.ts";
import { DeliveryMessage } from "../messages.ts";
import { unwrapped } from "./aws-envelope.ts";
import { readSesEvent, type SesEventReading } from "./ses/delivery-events.ts";
import { readSmsVoiceEvent, type SmsVoiceEventReading } from "./sms-voice/delivery-events.ts";
import { isSocialEvent, readSocialEvent } from "./social-messaging/events.ts";

/** What a message of the deliveries queue tells in our words, and why the rest of it is not for us. */
export type CarrierReports = { readonly messages: readonly DeliveryMessage[]; readonly skipped: readonly string[] };

/** By what each sender of the queue is told from the others: our own `kind`, the `mail` of SES, the types of End User Messaging SMS. */
const Told = z.object({
  kind: z.optional(z.unknown()),
  mail: z.optional(z.unknown()),
  eventType: z.optional(z.unknown()),
  notificationType: z.optional(z.unknown()),
  inboundMessageId: z.optional(z.unknown()),
});

const reading = (read: SesEventReading | SmsVoiceEventReading): CarrierReports =>
  read.outcome === "report" ? { messages: [read.report], skipped: [] } : { messages: [], skipped: [read.reason] };

function ours(told: unknown): CarrierReports {
  const own = DeliveryMessage.safeParse(told);
  if (!own.success) throw invalidInput("This is no message of ours.", fieldErrors(own.error));
  return { messages: [own.data], skipped: [] };
}

/**
 * Reads one message of the deliveries queue, whoever sent it: ours from a webhook or a log, or as AWS puts it there. Throws
 * invalid-input for a shape that none of them has.
 */
export function carrierReports(told: unknown): CarrierReports {
  if (isSocialEvent(told)) {
    const { messages, skipped } = readSocialEvent(told);
    return { messages, skipped: Object.keys(skipped) };
  }
  const content = unwrapped(told);
  if (content === undefined) return { messages: [], skipped: ["not-an-event"] };
  const { kind, mail, eventType, notificationType, inboundMessageId } = Told.safeParse(content).data ?? {};
  if (kind !== undefined) return ours(content);
  if (mail !== undefined || notificationType !== undefined) return reading(readSesEvent(told));
  if (eventType !== undefined || inboundMessageId !== undefined) return reading(readSmsVoiceEvent(told));
  throw invalidInput("No carrier tells anything of this shape.", [{ path: "body", message: "is of no known shape" }]);
}
