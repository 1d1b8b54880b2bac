import * as z from "zod/mini";
import { BillerApps, BillFetch, Logo } from "./biller-page.ts";
import { BillerWebhook, Desk, PaymentNotices } from "./biller-told.ts";
import { Email, Sms, WhatsApp } from "./channel-settings.ts";
import { Caps, ComplianceRule } from "./compliance.ts";
import { windowClashes } from "./compliance-terms.ts";
import { type BillerId, Channel, Header, StepName } from "./ids.ts";
import { LocalTime, TimeZone } from "./local-time.ts";
import { NoticeKind } from "./notice-kind.ts";
import { RailSettings } from "./rail-settings.ts";
import { SendWindow } from "./send-window.ts";
import { sideNames } from "./side-name.ts";
import { textField } from "./text-field.ts";

/** A BCP 47 language, with or without a region: `bn`, `pt-BR`. */
export const Language = z.string().check(z.regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, "must be a language such as bn or pt-BR"));

/** A wait of minutes, hours or days, ISO 8601: `PT30M`, `P1D`; a minute at least, thirty days at most. */
export const Wait = z.string().check(
  z.refine((text) => {
    const ms = waitMs(text);
    return ms >= 60_000 && ms <= 30 * 86_400_000;
  }, "must be a duration from PT1M to P30D"),
);

/** The wait in milliseconds; NaN when it is not a duration of days, hours and minutes. */
export function waitMs(text: string): number {
  const match = /^P(?=.)(?:(\d{1,3})D)?(?:T(?=.)(?:(\d{1,3})H)?(?:(\d{1,4})M)?)?$/.exec(text);
  if (!match) return Number.NaN;
  const [, days = "0", hours = "0", minutes = "0"] = match;
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
}

/** One channel to try within a step: how long to wait for `success` before the next hop. */
export const Hop = z.strictObject({
  channel: Channel,
  wait: z.exactOptional(Wait),
  success: z.exactOptional(z.enum(["accepted", "delivered", "read"])),
});
export type Hop = z.output<typeof Hop>;

const Hops = z.array(Hop).check(
  z.minLength(1, "must name at least one hop"),
  z.maxLength(5),
  z.refine((hops) => new Set(hops.map(({ channel }) => channel)).size === hops.length, "must name each channel once"),
);

/** One entry of the cadence: when, relative to the issue or the due date, and which message. */
export const Step = z.strictObject({
  step: StepName,
  relativeTo: z.enum(["issuedOn", "dueDate"]),
  days: z.int().check(z.minimum(-366), z.maximum(366)),
  at: LocalTime,
  message: z.exactOptional(StepName),
  hops: z.exactOptional(Hops),
});
export type Step = z.output<typeof Step>;

/** Names the cursor uses itself. */
const reservedSteps: ReadonlySet<string> = new Set(["close", ...sideNames]);

/** Messages with values that no reminder has. */
const paymentMessages: ReadonlySet<string> = new Set(["receipt", ...NoticeKind.options]);

const Cadence = z.array(Step).check(
  z.minLength(1, "must have at least one step"),
  z.maxLength(40),
  z.refine((steps) => new Set(steps.map(({ step }) => step)).size === steps.length, "must name each step once"),
  z.refine(
    (steps) => steps.every(({ step }) => !reservedSteps.has(step)),
    `must not use the names ${[...reservedSteps].join(", ")} for steps`,
  ),
  z.refine(
    (steps) => steps.every((step) => !paymentMessages.has(messageOf(step))),
    `must not say the messages ${[...paymentMessages].join(", ")}, which are about a payment`,
  ),
);

/** What a biller may ask to be told of its notifications on the bus, as `notification.<name>`. */
export const NotificationEventName = z.enum(["accepted", "delivered", "failed", "unknown", "not-sent"]);
export type NotificationEventName = z.output<typeof NotificationEventName>;

/** A biller's settings as they are put: who it is, when and how it reminds, and how it is paid. */
export const BillerSettings = z
  .strictObject({
    name: textField(60),
    header: Header,
    formerHeaders: z._default(z.array(Header).check(z.maxLength(10)), []),
    country: z.string().check(z.regex(/^[A-Z]{2}$/, "must be an ISO 3166 country code, such as IN")),
    language: Language,
    timeZone: TimeZone,
    cadence: Cadence,
    hops: Hops,
    window: z.exactOptional(SendWindow),
    caps: z.exactOptional(Caps),
    rules: z.exactOptional(z.array(ComplianceRule).check(z.maxLength(40))),
    notificationEvents: z.exactOptional(z.array(NotificationEventName).check(z.maxLength(5))),
    sms: z.exactOptional(Sms),
    email: z.exactOptional(Email),
    whatsapp: z.exactOptional(WhatsApp),
    rails: z.exactOptional(RailSettings),
    /** Shown on the pages: at most 4,000 characters of a `data:` URL, since the page asks nobody for anything. */
    logo: z.exactOptional(Logo),
    apps: z.exactOptional(BillerApps),
    billFetch: z.exactOptional(BillFetch),
    webhook: z.exactOptional(BillerWebhook),
    desk: z.exactOptional(Desk),
    /** `payment-failed`, `payment-pending`: none unless told. */
    paymentNotices: z.exactOptional(PaymentNotices),
  })
  .check(
    z.refine((biller) => usedChannels(biller).every((channel) => biller[channel] !== undefined), {
      path: ["hops"],
      message: "names a channel that has no settings of its own",
    }),
  )
  .check(
    z.refine(({ desk, email }) => desk === undefined || email !== undefined, {
      path: ["desk"],
      message: "needs the settings of email too: its mail is sent from email.from",
    }),
  )
  .check((context) => {
    if (context.issues.length > 0) return;
    const input = context.value;
    for (const { path, message } of windowClashes(input)) context.issues.push({ code: "custom", path, message, input });
  });
export type BillerSettings = z.output<typeof BillerSettings>;

/** A biller as it is stored. */
export type Biller = BillerSettings & { readonly id: BillerId };

/** Every channel that a hop of the biller names. */
function usedChannels(biller: { hops: readonly Hop[]; cadence: readonly Step[] }): Channel[] {
  return [biller.hops, ...biller.cadence.map(({ hops }) => hops ?? [])].flat().map(({ channel }) => channel);
}

/** The message a step says: by default named like the step. */
export const messageOf = (step: Pick<Step, "step" | "message">): StepName => step.message ?? step.step;

/** The hops a step goes through. */
export const hopsOf = (biller: Pick<BillerSettings, "hops">, step: Pick<Step, "hops"> | undefined): readonly Hop[] =>
  step?.hops ?? biller.hops;

/** How long to wait for a hop's success: what it says, else an hour. */
export const hopWaitMs = (hop: Hop): number => waitMs(hop.wait ?? "PT1H");
