import { randomBytes } from "node:crypto";
import { notFound } from "../../functions/domain/errors.ts";
import {
  type Carrier,
  CarrierRefusal,
  type CarrierReport,
  type CarrierRequest,
  type CarrierSurroundings,
  headerOf,
} from "./carrier.ts";
import type { CarrierMessage } from "./message-store.ts";
import type { WhatsAppAccount } from "./whatsapp-account.ts";
import { graphAnswer, graphError, plainGraphError, whatsAppErrors } from "./whatsapp-errors.ts";
import { replyEntry } from "./whatsapp-inbound.ts";
import { composeWhatsApp, planWhatsApp, wamidOf } from "./whatsapp-message.ts";
import type { WhatsAppTemplates } from "./whatsapp-template-registry.ts";
import { statusChange, type WhatsAppStatus, waIdOf, whatsAppEntry, whatsAppWebhook } from "./whatsapp-webhook.ts";

/** What the WhatsApp carrier knows besides the request; a phone number may have several accounts. */
type WhatsAppSettings = {
  readonly accounts: () => readonly WhatsAppAccount[];
  readonly templates: WhatsAppTemplates;
};

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

/** WhatsApp by the Cloud API: Graph JSON in and out, and one status per webhook a few virtual seconds later. */
export const createWhatsApp = (where: CarrierSurroundings, settings: WhatsAppSettings): Carrier => {
  const told = (message: CarrierMessage, status: WhatsAppStatus, atMs: number): CarrierReport => {
    const account = accountOf(message, settings.accounts);
    const change = statusChange(message, status, { wamid: message.id, atMs });
    return whatsAppWebhook(account, whatsAppEntry(account, "messages", change));
  };
  return {
    channel: "whatsapp",
    accept: (request) => {
      const account = authorize(request, settings.accounts);
      const { templates } = settings;
      const { message: composed, input } = composeWhatsApp(request.body, request, { ...account, templates });
      const message: CarrierMessage = {
        ...composed,
        id: wamidOf(waIdOf(composed.to), randomBytes(9)),
        at: new Date(where.now()).toISOString(),
        account: account.biller,
      };
      return { message, answer: acceptanceOf(message, input) };
    },
    throttled: () => graphError(130429, "Cloud API message throughput has been reached."),
    broken: () => graphError(131000, "Something went wrong."),
    refusal: (reason) => {
      const known = whatsAppErrors.get(reason);
      return known === undefined || known.later
        ? undefined
        : graphError(Number(reason), "The carrier was told to answer so.");
    },
    plan: (message, failure) => planWhatsApp(message, failure, (status) => (atMs) => told(message, status, atMs)),
    report: (message, asked, atMs) => told(message, asked, atMs),
    reply: (message, reply, atMs) => {
      const account = accountOf(message, settings.accounts);
      return whatsAppWebhook(account, replyEntry(account, reply, { message, atMs }));
    },
  };
};
