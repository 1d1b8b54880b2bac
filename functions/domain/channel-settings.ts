import * as z from "zod/mini";
import { StepName } from "./ids.ts";
import { boundedRecord } from "./text-field.ts";

const dltId = z.string().check(z.regex(/^\d{1,50}$/, "must be digits"));

const Usd = z.string().check(z.regex(/^\d{1,6}\.\d{1,5}$/, "must be US dollars such as 50.00"));
const Prefix = z.string().check(z.regex(/^\+[1-9]\d{0,6}$/, "must be a number's beginning such as +91"));

/** What a channel may cost in one day of the biller's zone: in all, and by the beginning of the number. */
export const SpendCaps = z.strictObject({
  perDayUsd: Usd,
  /** The price of a message (SMS: of a part) by the longest matching beginning; a number that matches none counts at the dearest price. */
  prices: z.record(Prefix, Usd).check(
    ...boundedRecord(200),
    z.refine((prices) => Object.keys(prices).length > 0, "must name at least one price"),
  ),
  prefixesPerDayUsd: z.exactOptional(z.record(Prefix, Usd).check(...boundedRecord(200))),
});
export type SpendCaps = z.output<typeof SpendCaps>;

const commonSms = {
  entityId: z.exactOptional(dltId),
  templateIds: z.exactOptional(
    z
      .record(
        z.string().check(z.regex(/^[a-z0-9-]{1,32}\.[a-z]{2,3}(-[A-Z]{2})?$/, "must be <message>.<language>")),
        dltId,
      )
      .check(...boundedRecord(200)),
  ),
  maxPriceUsd: z.exactOptional(z.string().check(z.regex(/^\d{1,2}\.\d{1,5}$/, "must be a price such as 0.05"))),
  spend: z.exactOptional(SpendCaps),
};

/** SMS by SNS `Publish`: the rate is the account's, a setting of the stage. */
const SnsSms = z.strictObject({
  provider: z.literal("sns"),
  senderId: z.exactOptional(
    z
      .string()
      .check(
        z.regex(
          /^(?=.*[A-Za-z])[A-Za-z0-9-]{3,11}$/,
          "must be 3 to 11 letters, digits or hyphens with at least one letter",
        ),
      ),
  ),
  ...commonSms,
});

/** SMS by AWS End User Messaging `SendTextMessage`. */
const EndUserMessagingSms = z.strictObject({
  provider: z.literal("end-user-messaging"),
  /** A phone number, sender id or pool: its id or ARN. */
  originationIdentity: z.string().check(z.regex(/^[A-Za-z0-9_:/+-]{1,256}$/, "must be an id or an ARN")),
  /** SMS parts this identity may send a second; 10 unless told. */
  partsPerSecond: z.exactOptional(z.number().check(z.minimum(0.1), z.maximum(3000))),
  timeToLiveSeconds: z.exactOptional(z.int().check(z.minimum(5), z.maximum(259_200))),
  protectConfigurationId: z.exactOptional(
    z.string().check(z.regex(/^[A-Za-z0-9_:/-]{1,256}$/, "must be an id or an ARN")),
  ),
  /** True: the service checks every message and sends none. */
  dryRun: z.exactOptional(z.boolean()),
  ...commonSms,
});

/** How a biller sends SMS. */
export const Sms = z.discriminatedUnion("provider", [SnsSms, EndUserMessagingSms]);

const mailbox = /^(?:[^<>\p{Cc}]{1,100} <[^\s<>@]{1,64}@[^\s<>@]{1,190}>|[^\s<>@]{1,64}@[^\s<>@]{1,190})$/u;

/** How a biller sends e-mail: SES, at the account's rate, a setting of the stage. */
export const Email = z.strictObject({
  from: z.string().check(z.regex(mailbox, "must be an address or a name with an address in angle brackets")),
  replyTo: z.exactOptional(
    z.string().check(z.regex(mailbox, "must be an address or a name with an address in angle brackets")),
  ),
});

const commonWhatsApp = {
  templates: z.exactOptional(
    z
      .record(StepName, z.string().check(z.regex(/^[a-z0-9_]{1,512}$/, "must be lower-case letters, digits and _")))
      .check(...boundedRecord(40)),
  ),
  /** Messages this number may send a second; 80 unless told (Meta, "Throughput"). */
  messagesPerSecond: z.exactOptional(z.number().check(z.minimum(0.1), z.maximum(1000))),
  spend: z.exactOptional(SpendCaps),
};

const CloudApiWhatsApp = z.strictObject({
  provider: z.literal("cloud-api"),
  phoneNumberId: z.string().check(z.regex(/^\d{5,20}$/, "must be digits")),
  ...commonWhatsApp,
});

/** WhatsApp by AWS End User Messaging Social: the number is named by its id or ARN there. */
const EndUserMessagingWhatsApp = z.strictObject({
  provider: z.literal("end-user-messaging"),
  phoneNumberId: z
    .string()
    .check(
      z.regex(
        /^(?:arn:[\w-]+:social-messaging:[\w-]+:\d{12}:)?phone-number-id[-/][0-9A-Za-z]{1,100}$/,
        "must be the id or the ARN of a phone number",
      ),
    ),
  ...commonWhatsApp,
});

/** How a biller sends WhatsApp messages. */
export const WhatsApp = z.discriminatedUnion("provider", [CloudApiWhatsApp, EndUserMessagingWhatsApp]);
