import { randomBytes } from "node:crypto";
import { notFound } from "../../functions/domain/errors.ts";
import {
  type Carrier,
  CarrierRefusal,
  type CarrierRequest,
  type CarrierSurroundings,
  type Failure,
  headerOf,
  isRecord,
  type PlannedReport,
  rawOf,
} from "./carrier.ts";
import type { CarrierMessage, FilledTemplate } from "./message-store.ts";
import type { WhatsAppAccount } from "./whatsapp-account.ts";
import { graphAnswer, graphError, plainGraphError, refuseWhatsApp, whatsAppErrors } from "./whatsapp-errors.ts";
import { readWhatsAppMessage, type WhatsAppMessage } from "./whatsapp-request.ts";
import { fillTemplate, templateText } from "./whatsapp-template.ts";
import type { WhatsAppTemplates } from "./whatsapp-template-registry.ts";
import { type WhatsAppStatus, waIdOf, whatsAppWebhook } from "./whatsapp-webhook.ts";

/** What the WhatsApp carrier knows besides the request; a phone number may have several accounts. */
type WhatsAppSettings = {
  readonly accounts: () => readonly WhatsAppAccount[];
  readonly templates: WhatsAppTemplates;
};

const sentAfterSeconds = 1;
const settledAfterSeconds = 3;

const phoneNumberIdOf = (path: string): string | undefined => /^\/v\d+\.\d+\/(\w+)\/messages\/?$/.exec(path)?.[1];

const authorize = (request: CarrierRequest, accounts: WhatsAppSettings["accounts"]): WhatsAppAccount => {
  const phoneNumberId = phoneNumberIdOf(request.path);
  if (request.method !== "POST" || phoneNumberId === undefined) {
    const message = `Unknown path components: ${request.path}`;
    throw new CarrierRefusal(plainGraphError(404, { message, type: "OAuthException", code: 2500 }));
  }
  const token = /^Bearer (.+)$/.exec(headerOf(request, "authorization") ?? "")?.[1];
  const known = accounts().filter((account) => account.accessToken === token);
  if (known.length === 0) {
    const message = "Invalid OAuth access token - Cannot parse access token";
    throw new CarrierRefusal(plainGraphError(401, { message, type: "OAuthException", code: 190 }));
  }
  const account = known.find((one) => one.phoneNumberId === phoneNumberId);
  if (account === undefined) {
    const message = `Unsupported post request. Object with ID '${phoneNumberId}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`;
    throw new CarrierRefusal(plainGraphError(400, { message, type: "GraphMethodException", code: 100 }));
  }
  return account;
};

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

// The bytes around number and random part are those that Meta's ids show.
const newWamid = (waId: string): string => {
  const serial = randomBytes(9).toString("hex").toUpperCase();
  const number = Buffer.concat([Buffer.from([0x1c, 0x18, waId.length]), Buffer.from(waId)]);
  const tail = Buffer.concat([Buffer.from([0x15, 2, 0, 0x11, 0x18, 0x12]), Buffer.from(serial), Buffer.from([0])]);
  return `wamid.${Buffer.concat([number, tail]).toString("base64")}`;
};

const acceptanceOf = (message: CarrierMessage, input: string) =>
  graphAnswer(200, {
    messaging_product: "whatsapp",
    contacts: [{ input, wa_id: waIdOf(message.to) }],
    messages: [{ id: message.id, ...(message.template === undefined ? {} : { message_status: "accepted" }) }],
  });

const accountOf = (message: CarrierMessage, accounts: WhatsAppSettings["accounts"]): WhatsAppAccount => {
  const phoneNumberId = phoneNumberIdOf(message.raw.path);
  const account = accounts().find((one) => one.phoneNumberId === phoneNumberId && one.biller === message.account);
  if (account === undefined) throw notFound(`No WhatsApp account is set for the number that sent ${message.id}`);
  return account;
};

const course = (
  message: CarrierMessage,
  failure: Failure | undefined,
): readonly (readonly [number, WhatsAppStatus])[] => {
  if (failure !== undefined) return [[settledAfterSeconds, { status: "failed", ...failure }]];
  // Nobody has written to the number here, so no customer service window is open for anything but templates.
  if (message.template === undefined) return [[settledAfterSeconds, { status: "failed", reason: "131047" }]];
  return [
    [sentAfterSeconds, { status: "sent" }],
    [settledAfterSeconds, { status: "delivered" }],
  ];
};

/** WhatsApp by the Cloud API: Graph JSON in and out, and one status per webhook a few virtual seconds later. */
export const createWhatsApp = (where: CarrierSurroundings, settings: WhatsAppSettings): Carrier => ({
  channel: "whatsapp",
  accept: (request) => {
    const account = authorize(request, settings.accounts);
    const asked = readWhatsAppMessage(request);
    if (asked.to === `+${account.displayPhoneNumber}`)
      refuseWhatsApp(131021, "Recipient and sender are the same number.");
    const template =
      asked.type === "template" ? readTemplate(asked.content, account.phoneNumberId, settings.templates) : undefined;
    const message: CarrierMessage = {
      id: newWamid(waIdOf(asked.to)),
      channel: "whatsapp",
      to: asked.to,
      text: template === undefined ? freeFormText(asked) : templateText(template),
      ...(template === undefined ? {} : { template }),
      raw: rawOf(request),
      at: new Date(where.now()).toISOString(),
      status: "accepted",
      ...(asked.key === undefined ? {} : { key: asked.key }),
      account: account.biller,
    };
    return { message, answer: acceptanceOf(message, asked.input) };
  },
  throttled: () => graphError(130429, "Cloud API message throughput has been reached."),
  broken: () => graphError(131000, "Something went wrong."),
  refusal: (reason) => {
    const known = whatsAppErrors.get(reason);
    return known === undefined || known.later
      ? undefined
      : graphError(Number(reason), "The carrier was told to answer so.");
  },
  plan: (message, failure) =>
    course(message, failure).map(
      ([afterSeconds, told]): PlannedReport => ({
        afterSeconds,
        ...(told.status === "sent" ? {} : { status: told.status }),
        build: (atMs) => whatsAppWebhook(message, told, { account: accountOf(message, settings.accounts), atMs }),
      }),
    ),
  report: (message, asked, atMs) =>
    whatsAppWebhook(message, asked, { account: accountOf(message, settings.accounts), atMs }),
});
