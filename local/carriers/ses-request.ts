import * as z from "zod/mini";
import { parseJson } from "./carrier.ts";
import { refuseEmail } from "./ses-errors.ts";

const Pair = z.object({ Name: z.string(), Value: z.string() });
const Content = z.object({ Data: z.string() });
const SendEmail = z.object({
  FromEmailAddress: z.optional(z.string()),
  Destination: z.optional(
    z.object({
      ToAddresses: z.optional(z.array(z.string())),
      CcAddresses: z.optional(z.array(z.string())),
      BccAddresses: z.optional(z.array(z.string())),
    }),
  ),
  ReplyToAddresses: z.optional(z.array(z.string())),
  Content: z.object({
    Simple: z.optional(
      z.object({
        Subject: Content,
        Body: z.object({ Text: z.optional(Content), Html: z.optional(Content) }),
        Headers: z.optional(z.array(Pair)),
      }),
    ),
    Raw: z.optional(z.object({ Data: z.string() })),
    Template: z.optional(z.looseObject({ TemplateName: z.optional(z.string()) })),
  }),
  EmailTags: z.optional(z.array(Pair)),
  ConfigurationSetName: z.optional(z.string()),
});

/** One e-mail asked of SES, its addresses without their display names. */
export type Email = {
  readonly from: string;
  readonly fromAddress: string;
  readonly to: readonly string[];
  readonly recipients: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | undefined;
  readonly headers: readonly { readonly Name: string; readonly Value: string }[];
  readonly tags: readonly { readonly Name: string; readonly Value: string }[];
  readonly configurationSet: string | undefined;
};

const bad = (message: string): never => refuseEmail("BadRequestException", message);

/** The bare address of `"Name" <user@host>` or `user@host`; refuses what SES calls an illegal address. */
const bareAddress = (field: string, value: string): string => {
  if (/[^\x20-\x7e]/.test(value))
    bad(`${field}: address must be 7-bit ASCII; encode a display name as a MIME encoded word`);
  const address = /^[^<>]*<([^<>]+)>$/.exec(value.trim())?.[1] ?? value.trim();
  if (!address.includes("@")) bad("Missing final '@domain'");
  const [, local, domain] = /^(.*)@(.*)$/.exec(address) ?? [];
  if (local === undefined || local === "") bad("User name is missing");
  if (/[\s<>,;"]/.test(local ?? "")) bad("Local address contains control or whitespace");
  if (!/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(domain ?? "")) bad("Domain contains illegal character");
  return address;
};

const checkHeaders = (headers: Email["headers"]): void => {
  if (headers.length > 15) bad("Headers: at most 15 are allowed");
  for (const { Name, Value } of headers) {
    if (!/^[\x21-\x39\x3b-\x7e]{1,126}$/.test(Name))
      bad(`Header name '${Name}' is not 1 to 126 printable ASCII characters`);
    if (!/^[\x20-\x7e]{1,995}$/.test(Value)) bad(`Header '${Name}': value is not 1 to 995 printable ASCII characters`);
    if (Name.length + Value.length > 996) bad(`Header '${Name}': name and value exceed 996 characters`);
  }
};

const checkTags = (tags: Email["tags"]): void => {
  for (const { Name, Value } of tags) {
    for (const [part, value] of Object.entries({ name: Name, value: Value })) {
      if (!/^[A-Za-z0-9_-]{1,256}$/.test(value)) {
        bad(`Email tag ${part} '${value}' must be 1 to 256 ASCII letters, digits, underscores or dashes`);
      }
    }
  }
  if (new Set(tags.map((tag) => tag.Name)).size < tags.length) bad("Duplicate email tag names are not allowed");
};

const readContent = (
  content: z.infer<typeof SendEmail>["Content"],
): Pick<Email, "subject" | "text" | "html" | "headers"> => {
  const kinds = [content.Simple, content.Raw, content.Template].filter((kind) => kind !== undefined);
  if (kinds.length !== 1) bad("Content: exactly one of Simple, Raw and Template must be given");
  if (content.Template !== undefined) {
    refuseEmail("NotFoundException", `Template ${content.Template.TemplateName ?? ""} does not exist.`);
  }
  if (content.Simple === undefined) {
    const mime = Buffer.from(content.Raw?.Data ?? "", "base64").toString("utf8");
    return { subject: /^Subject: *(.*)$/im.exec(mime)?.[1]?.trim() ?? "", text: mime, html: undefined, headers: [] };
  }
  const { Subject, Body, Headers = [] } = content.Simple;
  if (Body.Text === undefined && Body.Html === undefined)
    bad("Content.Simple.Body: one of Text and Html must be given");
  checkHeaders(Headers);
  return { subject: Subject.Data, text: Body.Text?.Data ?? "", html: Body.Html?.Data, headers: Headers };
};

/** The e-mail that a `SendEmail` body asks for; throws SES's refusal for a body that breaks a constraint of the API. */
export const readEmail = (body: string): Email => {
  const parsed = SendEmail.safeParse(parseJson(body));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return bad(`${issue?.path.join(".") || "body"}: ${issue?.message ?? "is not valid"}`);
  }
  const { FromEmailAddress, Destination, ReplyToAddresses = [], Content: content, EmailTags: tags = [] } = parsed.data;
  if (FromEmailAddress === undefined) return bad("FromEmailAddress is required");
  const to = (Destination?.ToAddresses ?? []).map((address) => bareAddress("ToAddresses", address));
  const others = [...(Destination?.CcAddresses ?? []), ...(Destination?.BccAddresses ?? [])];
  const recipients = [...to, ...others.map((address) => bareAddress("Destination", address))];
  if (recipients.length === 0) bad("Destination: at least one recipient must be given");
  if (recipients.length > 50) bad("Recipient count exceeds 50.");
  checkTags(tags);
  return {
    from: FromEmailAddress,
    fromAddress: bareAddress("FromEmailAddress", FromEmailAddress),
    to,
    recipients,
    replyTo: ReplyToAddresses.map((address) => bareAddress("ReplyToAddresses", address)),
    ...readContent(content),
    tags,
    configurationSet: parsed.data.ConfigurationSetName,
  };
};
