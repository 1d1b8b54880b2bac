import * as z from "zod/mini";
import { parseJson } from "./carrier.ts";
import { refuseText } from "./sms-voice-errors.ts";

const identity = z.string().check(z.regex(/^[A-Za-z0-9_:/+-]{1,256}$/, "must be an id or an ARN"));
const few = (pairs: number) =>
  z.refine((record) => Object.keys(record ?? {}).length <= pairs, `must have at most ${pairs} pairs`);
const within = (least: number, most: number) => [z.minLength(least), z.maxLength(most)] as const;

/** API reference, `SendTextMessage`. */
const SendText = z.object({
  DestinationPhoneNumber: z.string().check(z.regex(/^\+?[1-9][0-9]{1,18}$/, "must be a phone number")),
  OriginationIdentity: z.exactOptional(identity),
  MessageBody: z.string().check(...within(1, 1600)),
  MessageType: z.exactOptional(z.enum(["TRANSACTIONAL", "PROMOTIONAL"])),
  Keyword: z.exactOptional(z.string().check(...within(1, 30))),
  ConfigurationSetName: z.exactOptional(identity),
  MaxPrice: z.exactOptional(z.string().check(z.regex(/^(?=.{2,8}$)[0-9]{0,2}\.[0-9]{1,5}$/, "must be a price"))),
  TimeToLive: z.exactOptional(z.int().check(z.gte(5), z.lte(259_200))),
  Context: z.exactOptional(
    z.record(z.string().check(...within(1, 100)), z.string().check(...within(1, 800))).check(few(5)),
  ),
  DestinationCountryParameters: z.exactOptional(
    z.partialRecord(z.enum(["IN_TEMPLATE_ID", "IN_ENTITY_ID"]), z.string().check(...within(1, 64))).check(few(10)),
  ),
  DryRun: z.exactOptional(z.boolean()),
  ProtectConfigurationId: z.exactOptional(identity),
  MessageFeedbackEnabled: z.exactOptional(z.boolean()),
});

/** One SMS asked of End User Messaging; the destination in E.164. */
export type SendText = z.output<typeof SendText>;

/** The SMS that a `SendTextMessage` body asks for; throws the service's refusal for what its model does not allow. */
export const readSendText = (body: string): SendText => {
  const parsed = SendText.safeParse(parseJson(body));
  if (parsed.success) {
    const { DestinationPhoneNumber: to } = parsed.data;
    return { ...parsed.data, DestinationPhoneNumber: to.startsWith("+") ? to : `+${to}` };
  }
  const Fields = parsed.error.issues.map(({ path, message }) => ({ Name: path.join(".") || "body", Message: message }));
  const told = Fields.map(({ Name, Message }) => `${Name}: ${Message}`).join("; ");
  return refuseText({ name: "ValidationException", reason: "FIELD_VALIDATION_FAILED" }, told, { Fields });
};

/** The sender id that stands in an identity, `EXPOWR` of `arn:…:sender-id/EXPOWR/IN`; the identity itself where it is no ARN. */
export const senderIdOf = (originationIdentity: string | undefined): string | undefined =>
  /:sender-id\/([^/]+)/.exec(originationIdentity ?? "")?.[1] ?? originationIdentity;
