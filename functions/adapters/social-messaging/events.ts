import * as z from "zod/mini";
import { whatsAppSender } from "../../domain/whatsapp-number.ts";
import { unwrapped } from "../aws-envelope.ts";
import { jsonIn } from "../json-in.ts";
import { readWhatsAppEntries, type WhatsAppReading } from "../whatsapp-entries.ts";

const PhoneNumber = z.object({ metaPhoneNumberId: z.string(), arn: z.string() });

const SocialEvent = z.object({
  context: z.catch(z.object({ MetaPhoneNumberIds: z.catch(z.array(z.unknown()), []) }), { MetaPhoneNumberIds: [] }),
  whatsAppWebhookEntry: z.string(),
});
type SocialEvent = z.output<typeof SocialEvent>;

const eventIn = (body: unknown): SocialEvent | undefined => SocialEvent.safeParse(unwrapped(body)).data;

/** Whether the body is an event of End User Messaging Social, so that it is for `readSocialEvent`. */
export const isSocialEvent = (body: unknown): boolean => eventIn(body) !== undefined;

/**
 * Reads an event of AWS End User Messaging Social as it arrives by SNS: one entry of Meta's webhook as JSON within JSON. It is not
 * signed: who may publish is IAM's to say, so that its reports name no biller, and its wishes name the number that was written to, as
 * `phone-number-id-<id>`. Never throws: what it cannot read is counted.
 */
export function readSocialEvent(body: unknown): WhatsAppReading {
  const event = eventIn(body);
  const entry = event && jsonIn(event.whatsAppWebhookEntry);
  if (entry === undefined) return { messages: [], skipped: { malformed: 1 } };
  const senders = new Map(
    event?.context.MetaPhoneNumberIds.flatMap((item) => {
      const number = PhoneNumber.safeParse(item).data;
      return number ? [[number.metaPhoneNumberId, whatsAppSender(number.arn)] as const] : [];
    }),
  );
  return readWhatsAppEntries([entry], { senderOf: (id) => senders.get(id) });
}
