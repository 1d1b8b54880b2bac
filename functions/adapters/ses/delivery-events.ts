import * as z from "zod/mini";
import { EmailAddressText } from "../../domain/addresses.ts";
import { invalidInput } from "../../domain/errors.ts";
import { type FailureKind, parseNotificationReference } from "../../domain/notification.ts";
import type { DeliveryReport } from "../../messages.ts";
import { unwrapped } from "../aws-envelope.ts";

/** What became of an SES event: a report of ours, or the reason why it is none. */
export type SesEventReading =
  | { readonly outcome: "report"; readonly report: DeliveryReport }
  | {
      readonly outcome: "skipped";
      readonly reason: "other-event" | "no-reference" | "no-time" | "no-address" | "not-an-event";
    };

const text = z.catch(z.optional(z.string()), undefined);
const Timed = z.optional(z.catch(z.object({ timestamp: text }), {}));
const Recipients = z.catch(z.array(z.object({ emailAddress: text })), []);

const SesEvent = z.object({
  eventType: z.optional(z.string()),
  notificationType: z.optional(z.string()),
  mail: z.object({
    messageId: text,
    timestamp: text,
    destination: z.catch(z.array(z.string()), []),
    tags: z.catch(z.optional(z.object({ dispatchId: z.optional(z.array(z.string())) })), undefined),
  }),
  delivery: Timed,
  open: Timed,
  bounce: z.optional(
    z.object({ bounceType: text, bounceSubType: text, timestamp: text, bouncedRecipients: Recipients }),
  ),
  complaint: z.optional(z.object({ complaintFeedbackType: text, timestamp: text, complainedRecipients: Recipients })),
  subscription: z.optional(
    z.object({
      timestamp: text,
      newTopicPreferences: z.catch(z.object({ unsubscribeAll: z.optional(z.boolean()) }), {}),
    }),
  ),
});
type SesEvent = z.output<typeof SesEvent>;

type Told = Pick<DeliveryReport, "status" | "failure" | "suppress"> & { readonly timestamp?: string | undefined };

const kebab = (name: string): string =>
  name
    .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .slice(0, 60);

/** Whom the event names as its recipient, else whom the e-mail went to: we send each to one address alone. */
function suppression(reason: string, { mail }: SesEvent, named: z.output<typeof Recipients>): Pick<Told, "suppress"> {
  const written = [...named.map(({ emailAddress = "" }) => emailAddress), ...mail.destination];
  const address = written
    .map((mailbox) => (/<([^<>]*)>$/.exec(mailbox)?.[1] ?? mailbox).trim())
    .find((candidate) => EmailAddressText.safeParse(candidate).success);
  return address === undefined ? {} : { suppress: { reason, address } };
}

/** A bounce that SES could not class proves no fault of the address. */
const bounceKinds = new Map<string, FailureKind>([
  ["Permanent", "permanent-failure"],
  ["Transient", "temporary-failure"],
]);

/** What SES calls permanent, its own suppression list included, is not to be tried again ("Bounce types", SES developer guide). */
function bounced(event: SesEvent): Told {
  const { bounceType = "", bounceSubType, timestamp, bouncedRecipients = [] } = event.bounce ?? {};
  const kind = bounceKinds.get(bounceType) ?? "temporary-failure";
  return {
    status: "failed",
    failure: { kind, reason: `bounce-${kebab(bounceSubType || "undetermined")}` },
    timestamp,
    ...(kind === "permanent-failure" && suppression("bounce", event, bouncedRecipients)),
  };
}

/** A recipient's complaint; `not-spam` takes one back (RFC 5965, feedback types). */
function complained(event: SesEvent): Told | undefined {
  const { complaintFeedbackType, timestamp, complainedRecipients = [] } = event.complaint ?? {};
  if (complaintFeedbackType === "not-spam") return undefined;
  return { timestamp, ...suppression("complaint", event, complainedRecipients) };
}

/** A recipient's use of the list management of SES; only a farewell to all topics concerns bills. */
function unsubscribed(event: SesEvent): Told | undefined {
  const { newTopicPreferences, timestamp } = event.subscription ?? {};
  if (!newTopicPreferences?.unsubscribeAll) return undefined;
  return { timestamp, ...suppression("unsubscribed", event, []) };
}

const fault = (reason: string): Told => ({ status: "failed", failure: { kind: "technical-failure", reason } });

/** What each kind of event says of an e-mail, in our words; the kinds that are absent, a delay among them, say nothing that is final. */
const readings = new Map<string, (event: SesEvent) => Told | undefined>([
  ["Send", () => ({ status: "accepted" })],
  ["Delivery", ({ delivery }) => ({ status: "delivered", timestamp: delivery?.timestamp })],
  ["Open", ({ open }) => ({ status: "read", timestamp: open?.timestamp })],
  ["Bounce", bounced],
  ["Complaint", complained],
  ["Subscription", unsubscribed],
  ["Reject", () => fault("rejected")],
  ["Rendering Failure", () => fault("rendering-failure")],
]);

function reportOf(event: SesEvent, told: Told | undefined): SesEventReading {
  if (!told) return { outcome: "skipped", reason: "other-event" };
  const { mail } = event;
  const key = parseNotificationReference(mail.tags?.dispatchId?.[0] ?? "");
  if (!key) return { outcome: "skipped", reason: "no-reference" };
  const { timestamp, ...said } = told;
  if (!said.status && !said.suppress) return { outcome: "skipped", reason: "no-address" };
  const at = Date.parse(timestamp ?? mail.timestamp ?? "");
  if (Number.isNaN(at)) return { outcome: "skipped", reason: "no-time" };
  const reference = mail.messageId && { providerReference: mail.messageId };
  return { outcome: "report", report: { kind: "delivery", ...key, channel: "email", at, ...reference, ...said } };
}

/**
 * Reads an SES event (its publishing form with `eventType` or the older notification with `notificationType`; bare, in an EventBridge
 * event, or in an SNS notification). Throws invalid-input for anything else.
 */
export function readSesEvent(body: unknown): SesEventReading {
  const content = unwrapped(body);
  if (content === undefined) return { outcome: "skipped", reason: "not-an-event" };
  const parsed = SesEvent.safeParse(content);
  const type = parsed.data?.eventType ?? parsed.data?.notificationType;
  if (!parsed.success || type === undefined) {
    const fields = parsed.success
      ? [{ path: "eventType", message: "is missing" }]
      : parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    throw invalidInput("This is no event of SES.", fields);
  }
  return reportOf(parsed.data, readings.get(type)?.(parsed.data));
}
