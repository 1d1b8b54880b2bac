import { type CarrierRequest, type Failure, isRecord, type PlannedReport, rawOf } from "./carrier.ts";
import type { CarrierMessage, FilledTemplate, MessageStatus } from "./message-store.ts";
import { refuseWhatsApp } from "./whatsapp-errors.ts";
import { readWhatsAppMessage, type WhatsAppMessage } from "./whatsapp-request.ts";
import { fillTemplate, templateText } from "./whatsapp-template.ts";
import type { WhatsAppTemplates } from "./whatsapp-template-registry.ts";
import type { WhatsAppStatus } from "./whatsapp-webhook.ts";

const sentAfterSeconds = 1;
const settledAfterSeconds = 3;

const readTemplate = (
  content: WhatsAppMessage["content"],
  phoneNumberId: string,
  templates: WhatsAppTemplates,
): FilledTemplate => {
  const { name, language, components } = content;
  if (typeof name !== "string" || name === "")
    return refuseWhatsApp(131008, "The parameter template['name'] is required.");
  const { code, policy = "deterministic" } = isRecord(language) ? language : {};
  if (typeof code !== "string" || code === "") {
    return refuseWhatsApp(131008, "The parameter template['language']['code'] is required.");
  }
  if (policy !== "deterministic") refuseWhatsApp(131009, "Param template['language']['policy'] must be deterministic.");
  const template = templates.get(phoneNumberId, name, code);
  if (template === undefined) return refuseWhatsApp(132001, `template name (${name}) does not exist in ${code}`);
  return fillTemplate(template, components);
};

const freeFormText = ({ type, content }: WhatsAppMessage): string => {
  const { body, caption } = content;
  if (type === "interactive") {
    const { text } = isRecord(body) ? body : {};
    return typeof text === "string" ? text : "";
  }
  if (type !== "text") return typeof caption === "string" ? caption : "";
  if (typeof body !== "string" || body === "") return refuseWhatsApp(131008, "The parameter text['body'] is required.");
  if (body.length > 4096) refuseWhatsApp(100, "Param text['body'] must be at most 4096 characters long.");
  return body;
};

/** Meta's id of a message to or from a number; the bytes around number and `random` part, nine bytes, are those that Meta's ids show. */
export const wamidOf = (waId: string, random: Buffer): string => {
  const serial = random.toString("hex").toUpperCase();
  const number = Buffer.concat([Buffer.from([0x1c, 0x18, waId.length]), Buffer.from(waId)]);
  const tail = Buffer.concat([Buffer.from([0x15, 2, 0, 0x11, 0x18, 0x12]), Buffer.from(serial), Buffer.from([0])]);
  return `wamid.${Buffer.concat([number, tail]).toString("base64")}`;
};

/** Who a message is sent from, and with which approved templates. */
type Sender = {
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
  readonly templates: WhatsAppTemplates;
};

/** A message as Meta takes it, without an id, and its recipient as written; throws the Cloud API's refusal. `raw` keeps `request`. */
export const composeWhatsApp = (
  body: Buffer,
  request: CarrierRequest,
  { phoneNumberId, displayPhoneNumber, templates }: Sender,
): { readonly message: Omit<CarrierMessage, "id" | "at">; readonly input: string } => {
  const asked = readWhatsAppMessage({ ...request, body });
  if (asked.to === `+${displayPhoneNumber}`) refuseWhatsApp(131021, "Recipient and sender are the same number.");
  const template = asked.type === "template" ? readTemplate(asked.content, phoneNumberId, templates) : undefined;
  const message = {
    channel: "whatsapp" as const,
    to: asked.to,
    text: template === undefined ? freeFormText(asked) : templateText(template),
    ...(template === undefined ? {} : { template }),
    raw: rawOf(request),
    status: "accepted" as const,
    ...(asked.key === undefined ? {} : { key: asked.key }),
  };
  return { message, input: asked.input };
};

const course = (
  message: CarrierMessage,
  failure: Failure | undefined,
): readonly (readonly [number, WhatsAppStatus])[] => {
  if (failure !== undefined) return [[settledAfterSeconds, { status: "failed", ...failure }]];
  // Whether a customer service window is open is not kept: only templates pass.
  if (message.template === undefined) return [[settledAfterSeconds, { status: "failed", reason: "131047" }]];
  return [
    [sentAfterSeconds, { status: "sent" }],
    [settledAfterSeconds, { status: "delivered" }],
  ];
};

/** The reports that follow an acceptance, each as `tell` makes it of a status. */
export const planWhatsApp = (
  message: CarrierMessage,
  failure: Failure | undefined,
  tell: (told: WhatsAppStatus) => PlannedReport["build"],
): readonly PlannedReport[] =>
  course(message, failure).map(([afterSeconds, told]) => {
    const status: { status?: MessageStatus } = told.status === "sent" ? {} : { status: told.status };
    return { afterSeconds, ...status, build: tell(told) };
  });
