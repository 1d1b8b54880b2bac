import type { Message, Wording } from "../domain/message.ts";
import { notificationReference } from "../domain/notification.ts";

/** The wording of a WhatsApp message. */
export type WhatsAppWording = Extract<Wording, { channel: "whatsapp" }>;

const parameter = (text: string) => ({ type: "text", text });

function template({ name, language, parameters, urlSuffix }: WhatsAppWording): object {
  return {
    name,
    // Meta writes a region with an underscore; `deterministic` fails rather than fall back to another language.
    language: { policy: "deterministic", code: language.replace("-", "_") },
    components: [
      ...(parameters.length > 0 ? [{ type: "body", parameters: parameters.map(parameter) }] : []),
      ...(urlSuffix ? [{ type: "button", sub_type: "url", index: "0", parameters: [parameter(urlSuffix)] }] : []),
    ],
  };
}

/** Meta's request for one message, whoever carries it there: an approved template with the link's suffix on its URL button, our key in `biz_opaque_callback_data` (Meta, "Messages"). */
export const whatsAppBody = ({ key, to }: Pick<Message, "key" | "to">, wording: WhatsAppWording): object => ({
  messaging_product: "whatsapp",
  recipient_type: "individual",
  to: to.reveal(),
  type: "template",
  template: template(wording),
  biz_opaque_callback_data: notificationReference(key),
});
