import type { Channel } from "./ids.ts";
import { isLinkCode, type LinkCode } from "./link-code.ts";
import type { Moment } from "./local-time.ts";

/** What names one notification: the bill, the step (`receipt.<hash>` for a payment's receipt), and the hop. */
export type NotificationKey = { readonly code: LinkCode; readonly step: string; readonly hop: number };

/** Why something that was due was not sent. */
export type NonSendReason =
  | "paid"
  | "canceled"
  | "expired"
  | "paused"
  | "suppressed"
  | "no-address"
  | "superseded"
  | "delivered-earlier"
  | "frequency-cap"
  | "spend-cap"
  | "consent-missing"
  | "nothing-due"
  | "template-error";

/** How a notification can fail: for good, for now, or by a fault of ours or the provider's. */
export type FailureKind = "permanent-failure" | "temporary-failure" | "technical-failure";

/** What is known of a notification: each fact is set once by whoever learns it first, so no report can spoil another. */
export type NotificationFacts = {
  readonly channel?: Channel;
  readonly message?: string;
  readonly language?: string;
  readonly template?: string;
  readonly segments?: number;
  readonly providerReference?: string;
  readonly acceptedAt?: Moment;
  readonly deliveredAt?: Moment;
  readonly readAt?: Moment;
  readonly failedAt?: Moment;
  readonly failure?: { readonly kind: FailureKind; readonly reason: string };
  readonly unknownAt?: Moment;
  readonly notSentAt?: Moment;
  readonly reason?: NonSendReason;
};

export type Notification = NotificationKey & NotificationFacts;

export type NotificationStatus = "read" | FailureKind | "delivered" | "accepted" | "unknown" | "not-sent";

/** The status computed from the facts; it never goes backward, whatever the order in which they came. */
export function notificationStatus(facts: NotificationFacts): NotificationStatus {
  const failure = facts.failedAt === undefined ? undefined : (facts.failure?.kind ?? "technical-failure");
  if (facts.readAt !== undefined) return "read";
  if (failure === "permanent-failure") return failure;
  if (facts.deliveredAt !== undefined) return "delivered";
  if (failure) return failure;
  if (facts.acceptedAt !== undefined) return "accepted";
  if (facts.unknownAt !== undefined) return "unknown";
  return "not-sent";
}

/** Whether the notification has failed, as far as is known. */
export const isFailure = (status: NotificationStatus): boolean =>
  status === "permanent-failure" || status === "temporary-failure" || status === "technical-failure";

/** Whether the notification has reached what its hop calls success. */
export function hasSucceeded(facts: NotificationFacts, success: "accepted" | "delivered" | "read"): boolean {
  const status = notificationStatus(facts);
  if (status === "read") return true;
  if (status === "delivered") return success !== "read";
  return status === "accepted" && success === "accepted";
}

/** The key as every provider carries it and brings it back: `<code>_<step>_<hop>`, letters, digits, hyphens and underscores only. */
export const notificationReference = ({ code, step, hop }: NotificationKey): string =>
  `${code}_${step.replace(".", "_")}_${hop}`;

/** Reads the reference back; undefined for anything that we did not write. */
export function parseNotificationReference(text: string): NotificationKey | undefined {
  const [code = "", ...rest] = text.split("_");
  const hop = rest.pop() ?? "";
  const name = rest.join("_");
  const isName = /^[a-z0-9-]{1,32}(_[a-z0-9-]{1,16})?$/.test(name);
  if (!isLinkCode(code) || !isName || !/^(0|[1-9]\d?)$/.test(hop)) return undefined;
  return { code, step: name.replace("_", "."), hop: Number(hop) };
}
