import { createHash, randomUUID } from "node:crypto";
import * as z from "zod/mini";
import { notFound } from "../../functions/domain/errors.ts";
import {
  type Carrier,
  CarrierRefusal,
  type CarrierReport,
  type CarrierRequest,
  type CarrierSurroundings,
  parseJson,
} from "./carrier.ts";
import type { CarrierMessage } from "./message-store.ts";
import { refusedByMeta, refuseSocial, socialAnswer, socialError, socialErrors } from "./social-messaging-errors.ts";
import { type SocialNumber, socialIdOf } from "./social-messaging-number.ts";
import { graphError, whatsAppErrors } from "./whatsapp-errors.ts";
import { replyEntry } from "./whatsapp-inbound.ts";
import { composeWhatsApp, planWhatsApp, wamidOf } from "./whatsapp-message.ts";
import type { WhatsAppTemplates } from "./whatsapp-template-registry.ts";
import { statusChange, type WhatsAppStatus, waIdOf, whatsAppEntry } from "./whatsapp-webhook.ts";

/** The numbers that are linked to the AWS account, by the hexadecimal part of their id, and Meta's approved templates. */
export type SocialSettings = {
  readonly numbers: ReadonlyMap<string, SocialNumber>;
  readonly templates: WhatsAppTemplates;
};

/** API reference, `SendWhatsAppMessage`. */
const SendWhatsAppMessage = z.object({
  originationPhoneNumberId: z.string().check(z.minLength(1), z.maxLength(115)),
  message: z.string().check(z.regex(/^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/)),
  metaApiVersion: z.string().check(z.regex(/^v\d+\.\d+$/)),
});

const readRequest = (request: CarrierRequest, { numbers }: SocialSettings) => {
  if (request.method !== "POST" || request.path !== "/v1/whatsapp/send") {
    return refuseSocial("ValidationException", "Only SendWhatsAppMessage is known here");
  }
  const parsed = SendWhatsAppMessage.safeParse(parseJson(request.body.toString("utf8")));
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join(".") || "body");
    return refuseSocial("ValidationException", `Invalid: ${fields.join(", ")}`);
  }
  const { originationPhoneNumberId: idOrArn, message } = parsed.data;
  const number = numbers.get(socialIdOf(idOrArn) ?? "");
  if (number === undefined) return refuseSocial("ResourceNotFoundException", `${idOrArn} is not linked`);
  return { number, meta: Buffer.from(message, "base64") };
};

const composed = (request: CarrierRequest, settings: SocialSettings) => {
  const { number, meta } = readRequest(request, settings);
  try {
    return composeWhatsApp(meta, request, { ...number, templates: settings.templates }).message;
  } catch (error) {
    if (error instanceof CarrierRefusal) throw new CarrierRefusal(refusedByMeta(error.answer));
    throw error;
  }
};

const numberOf = (message: CarrierMessage, { numbers }: SocialSettings): SocialNumber => {
  const sent = SendWhatsAppMessage.safeParse(parseJson(message.raw.body));
  const number = numbers.get(socialIdOf(sent.data?.originationPhoneNumberId ?? "") ?? "");
  if (number === undefined) throw notFound(`The number that sent ${message.id} is not linked any more`);
  return number;
};

// The sender learns Meta's id from the events alone; each of a message's events must bring the same one.
const wamidFor = (message: CarrierMessage): string =>
  wamidOf(waIdOf(message.to), createHash("sha256").update(message.id).digest().subarray(0, 9));

/** An entry as the service publishes it: a text within the text (user guide, "Message and event format"). */
const published = (
  number: SocialNumber,
  entry: object,
  context: { where: CarrierSurroundings; atMs: number },
): CarrierReport => ({
  kind: "sns-topic",
  service: "social-messaging",
  message: JSON.stringify({
    context: {
      MetaWabaIds: [{ wabaId: number.wabaId, arn: number.wabaArn }],
      MetaPhoneNumberIds: [{ metaPhoneNumberId: number.phoneNumberId, arn: number.arn }],
    },
    whatsAppWebhookEntry: JSON.stringify(entry),
    aws_account_id: context.where.accountId,
    message_timestamp: new Date(context.atMs).toISOString().replace("Z", "000000Z"),
    messageId: randomUUID(),
  }),
});

/** WhatsApp by End User Messaging Social: Meta's own body as bytes, an id of AWS's, and one status per notification on the account's topic. */
export const createSocialMessaging = (where: CarrierSurroundings, settings: SocialSettings): Carrier => {
  const told = (message: CarrierMessage, status: WhatsAppStatus, atMs: number): CarrierReport => {
    const number = numberOf(message, settings);
    const change = statusChange(message, status, { wamid: wamidFor(message), atMs });
    return published(number, whatsAppEntry(number, "messages", change), { where, atMs });
  };
  return {
    channel: "whatsapp",
    accept: (request) => {
      const id = randomUUID();
      const message = { ...composed(request, settings), id, at: new Date(where.now()).toISOString() };
      return { message, answer: socialAnswer(200, { messageId: id }) };
    },
    throttled: () => socialError("ThrottledRequestException", "Rate exceeded"),
    broken: () => socialError("InternalServiceException", "Internal service error"),
    refusal: (reason) => {
      if (Object.hasOwn(socialErrors, reason)) return socialError(reason, `The carrier was told to answer ${reason}`);
      const known = whatsAppErrors.get(reason);
      if (known === undefined || known.later) return undefined;
      return refusedByMeta(graphError(Number(reason), "The carrier was told to answer so."));
    },
    plan: (message, failure) => planWhatsApp(message, failure, (status) => (atMs) => told(message, status, atMs)),
    report: (message, asked, atMs) => told(message, asked, atMs),
    reply: (message, reply, atMs) => {
      const number = numberOf(message, settings);
      return published(number, replyEntry(number, reply, { message, atMs }), { where, atMs });
    },
  };
};
