import { type CarrierRequest, isRecord, parseJson, plainText } from "./carrier.ts";
import { refuseWhatsApp } from "./whatsapp-errors.ts";

/** What every message to the Cloud API carries; `input` is the recipient as written, `to` the same in E.164, `content` is the object named like `type`. */
export type WhatsAppMessage = {
  readonly to: string;
  readonly input: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
  readonly key: string | undefined;
};

const types = [
  "audio",
  "contacts",
  "document",
  "image",
  "interactive",
  "location",
  "reaction",
  "sticker",
  "template",
  "text",
  "video",
];

const readRecipient = (to: unknown, recipient: unknown): string => {
  if (to === undefined || to === "") {
    return recipient === undefined
      ? refuseWhatsApp(131008, "The parameter to is required.")
      : refuseWhatsApp(131062, "Business-scoped user ids are not known here; give a phone number in to.");
  }
  const digits = plainText(to).replace(/[\s()+-]/g, "");
  if (!/^[1-9]\d{6,14}$/.test(digits)) refuseWhatsApp(131009, "Param to is not a valid phone number.");
  return `+${digits}`;
};

const readKey = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  if (typeof value !== "string") return refuseWhatsApp(100, "Param biz_opaque_callback_data must be a string.");
  if (value.length > 512) refuseWhatsApp(100, "Param biz_opaque_callback_data must be at most 512 characters long.");
  return value;
};

/** The message that a request body asks for; throws the Cloud API's refusal for a missing or invalid parameter. */
export const readWhatsAppMessage = (request: CarrierRequest): WhatsAppMessage => {
  const body = parseJson(request.body.toString("utf8"));
  if (!isRecord(body)) return refuseWhatsApp(100, "The request body must be a JSON object.");
  const { messaging_product: product, recipient_type: recipientType = "individual", type = "text" } = body;
  if (product === undefined) refuseWhatsApp(100, "The parameter messaging_product is required.");
  if (product !== "whatsapp") refuseWhatsApp(100, "Param messaging_product must be one of {WHATSAPP}.");
  if (recipientType !== "individual") refuseWhatsApp(131009, "Param recipient_type must be individual.");
  if (typeof type !== "string" || !types.includes(type)) {
    return refuseWhatsApp(100, `Param type must be one of {${types.join(", ").toUpperCase()}}.`);
  }
  const content = body[type];
  if (content === undefined) return refuseWhatsApp(131008, `The parameter ${type} is required.`);
  if (!isRecord(content)) return refuseWhatsApp(131009, `Param ${type} must be a JSON object.`);
  const { to, recipient, biz_opaque_callback_data: callbackData } = body;
  return { to: readRecipient(to, recipient), input: plainText(to), type, content, key: readKey(callbackData) };
};
