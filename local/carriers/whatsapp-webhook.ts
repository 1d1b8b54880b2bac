import type { CarrierReport } from "./carrier.ts";
import type { CarrierMessage } from "./message-store.ts";
import type { WhatsAppAccount, WhatsAppNumber } from "./whatsapp-account.ts";
import { whatsAppErrors } from "./whatsapp-errors.ts";

/** The status that one webhook tells; `reason` of a failure is an error code, or a text for its details. */
export type WhatsAppStatus = { readonly status: "sent" | "delivered" | "read" | "failed"; readonly reason?: string };

/** The id under which WhatsApp knows a phone number: Brazil's ninth digit falls away, Mexico's numbers gain a 1. */
export const waIdOf = (to: string): string => {
  const digits = to.replace(/\D/g, "");
  if (/^55\d{2}9\d{8}$/.test(digits)) return `${digits.slice(0, 4)}${digits.slice(5)}`;
  if (/^52[2-9]\d{9}$/.test(digits)) return `521${digits.slice(2)}`;
  return digits;
};

const undeliverable = 131026;

const errorOf = (reason: string | undefined) => {
  const known = reason === undefined ? undefined : whatsAppErrors.get(reason);
  const code = known === undefined ? undeliverable : Number(reason);
  const title = known?.title ?? "Message undeliverable";
  return {
    code,
    title,
    message: title,
    error_data: { details: known === undefined && reason !== undefined ? reason : `${title}.` },
    href: "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes",
  };
};

const pricingOf = (message: CarrierMessage) => ({
  billable: message.template !== undefined,
  pricing_model: "PMP",
  type: message.template === undefined ? "free_customer_service" : "regular",
  category: message.template?.category ?? "service",
});

/** One change of a number as Meta tells it: what every `value` begins with, and `more`. */
export const whatsAppEntry = (
  { wabaId, displayPhoneNumber, phoneNumberId }: WhatsAppNumber,
  field: string,
  more: object,
): object => {
  const metadata = { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId };
  return { id: wabaId, changes: [{ value: { messaging_product: "whatsapp", metadata, ...more }, field }] };
};

/** What one status of one message adds to its entry, in the form from v24.0 on (no `conversation`); `wamid` is Meta's id of the message. */
export const statusChange = (
  message: CarrierMessage,
  told: WhatsAppStatus,
  { wamid, atMs }: { readonly wamid: string; readonly atMs: number },
): object => {
  // Meta prices `sent` and one of delivered and read.
  const isPriced =
    told.status === "sent" || told.status === "delivered" || (told.status === "read" && message.status === "accepted");
  const status = {
    id: wamid,
    status: told.status,
    timestamp: String(Math.floor(atMs / 1000)),
    recipient_id: waIdOf(message.to),
    ...(message.key === undefined ? {} : { biz_opaque_callback_data: message.key }),
    ...(isPriced ? { pricing: pricingOf(message) } : {}),
    ...(told.status === "failed" ? { errors: [errorOf(told.reason)] } : {}),
  };
  return { statuses: [status] };
};

/** An entry as Meta posts it to the webhook of the number's biller. */
export const whatsAppWebhook = ({ biller }: WhatsAppAccount, entry: object): CarrierReport => ({
  kind: "whatsapp-webhook",
  biller,
  body: JSON.stringify({ object: "whatsapp_business_account", entry: [entry] }),
});
