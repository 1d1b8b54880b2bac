import { randomBytes } from "node:crypto";
import type { Reply } from "./carrier.ts";
import type { CarrierMessage } from "./message-store.ts";
import type { WhatsAppNumber } from "./whatsapp-account.ts";
import { wamidOf } from "./whatsapp-message.ts";
import { waIdOf, whatsAppEntry } from "./whatsapp-webhook.ts";

/** What Meta tells when a customer answers a message: a text as field `messages`, a wish of the app's settings as `user_preferences`. */
export const replyEntry = (
  number: WhatsAppNumber,
  reply: Reply,
  { message, atMs }: { readonly message: CarrierMessage; readonly atMs: number },
): object => {
  const waId = waIdOf(message.to);
  const contacts = [{ profile: { name: "Customer" }, wa_id: waId }];
  const seconds = Math.floor(atMs / 1000);
  if ("text" in reply) {
    const id = wamidOf(waId, randomBytes(9));
    const inbound = { from: waId, id, timestamp: String(seconds), type: "text", text: { body: reply.text } };
    return whatsAppEntry(number, "messages", { contacts, messages: [inbound] });
  }
  const preference = {
    wa_id: waId,
    detail: `User requested to ${reply.preference} marketing messages`,
    category: "marketing_messages",
    value: reply.preference,
    // A number here, where messages and statuses have text.
    timestamp: seconds,
  };
  return whatsAppEntry(number, "user_preferences", { contacts, user_preferences: [preference] });
};
