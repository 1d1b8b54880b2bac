import * as z from "zod/mini";
import { invalidInput } from "../../domain/errors.ts";
import { type FailureKind, parseNotificationReference } from "../../domain/notification.ts";
import type { DeliveryReport } from "../../messages.ts";

/** What became of an SES event: a report of ours, or the reason why it is none. */
export type SesEventReading =
  | { readonly outcome: "report"; readonly report: DeliveryReport }
  | {
      readonly outcome: "skipped";
      readonly reason: "complaint" | "other-event" | "no-reference" | "no-time" | "not-an-event";
    };

const Timed = z.optional(z.catch(z.object({ timestamp: z.optional(z.string()) }), {}));

const SesEvent = z.object({
  eventType: z.optional(z.string()),
  notificationType: z.optional(z.string()),
  mail: z.object({
    messageId: z.optional(z.string()),
    timestamp: z.optional(z.string()),
    tags: z.catch(z.optional(z.object({ dispatchId: z.optional(z.array(z.string())) })), undefined),
  }),
  delivery: Timed,
  open: Timed,
  bounce: z.optional(
    z.object({
      bounceType: z.optional(z.string()),
      bounceSubType: z.optional(z.string()),
      timestamp: z.optional(z.string()),
    }),
  ),
});
type SesEvent = z.output<typeof SesEvent>;

type Told = Pick<DeliveryReport, "status" | "failure"> & { readonly timestamp?: string | undefined };

const kebab = (text: string): string =>
  text
    .replace(/(?<=[a-z])(?=[A-Z])/g, "-")
    .toLowerCase()
    .replace(/[^a-z]+/g, "-")
    .slice(0, 60);

/** A bounce that SES could not class proves no fault of the address. */
const bounceKinds = new Map<string, FailureKind>([
  ["Permanent", "permanent-failure"],
  ["Transient", "temporary-failure"],
]);

function bounced({ bounce }: SesEvent): Told {
  const { bounceType = "", bounceSubType = "", timestamp } = bounce ?? {};
  const kind = bounceKinds.get(bounceType) ?? "temporary-failure";
  return { status: "failed", failure: { kind, reason: `bounce-${kebab(bounceSubType || "undetermined")}` }, timestamp };
}

const fault = (reason: string): Told => ({ status: "failed", failure: { kind: "technical-failure", reason } });

/** What each kind of event says of an e-mail, in our words; the kinds that are absent say nothing of its delivery. */
const readings = new Map<string, (event: SesEvent) => Told>([
  ["Send", () => ({ status: "accepted" })],
  ["Delivery", ({ delivery }) => ({ status: "delivered", timestamp: delivery?.timestamp })],
  ["Open", ({ open }) => ({ status: "read", timestamp: open?.timestamp })],
  ["Bounce", bounced],
  ["Reject", () => fault("rejected")],
  ["Rendering Failure", () => fault("rendering-failure")],
]);

const Envelope = z.object({ detail: z.optional(z.unknown()), Message: z.optional(z.unknown()) });

/** The event itself, out of an EventBridge event or an SNS notification around it; undefined for SNS's own plain texts. */
function unwrap(body: unknown): unknown {
  const { detail, Message } = Envelope.safeParse(body).data ?? {};
  if (detail !== undefined) return detail;
  if (typeof Message !== "string") return body;
  try {
    return JSON.parse(Message);
  } catch {
    return undefined;
  }
}

/**
 * Reads an SES event (its publishing form with `eventType` or the older notification with `notificationType`; bare, in an EventBridge
 * event, or in an SNS notification). Throws invalid-input for anything else.
 */
export function readSesEvent(body: unknown): SesEventReading {
  const content = unwrap(body);
  if (content === undefined) return { outcome: "skipped", reason: "not-an-event" };
  const parsed = SesEvent.safeParse(content);
  const type = parsed.data?.eventType ?? parsed.data?.notificationType;
  if (!parsed.success || type === undefined) {
    const fields = parsed.success
      ? [{ path: "eventType", message: "is missing" }]
      : parsed.error.issues.map(({ path, message }) => ({ path: path.join("."), message }));
    throw invalidInput("This is no event of SES.", fields);
  }
  const { mail } = parsed.data;
  const told = readings.get(type)?.(parsed.data);
  if (!told) return { outcome: "skipped", reason: type === "Complaint" ? "complaint" : "other-event" };
  const key = parseNotificationReference(mail.tags?.dispatchId?.[0] ?? "");
  if (!key) return { outcome: "skipped", reason: "no-reference" };
  const { status, failure, timestamp } = told;
  const at = Date.parse(timestamp ?? mail.timestamp ?? "");
  if (Number.isNaN(at)) return { outcome: "skipped", reason: "no-time" };
  const reference = mail.messageId && { providerReference: mail.messageId };
  return {
    outcome: "report",
    report: { kind: "delivery", ...key, channel: "email", status, at, ...reference, ...(failure && { failure }) },
  };
}
