import type { DeliveryReport } from "../../messages.ts";

/** What an event says of its SMS in our words; `suppress`: why the number must not be messaged any more. */
export type EventMeaning = Pick<DeliveryReport, "failure"> & {
  readonly status: NonNullable<DeliveryReport["status"]>;
  readonly suppress?: string;
};

type Failure = NonNullable<DeliveryReport["failure"]>;

const failed = (kind: Failure["kind"], reason: string): EventMeaning => ({
  status: "failed",
  failure: { kind, reason },
});
const accepted: EventMeaning = { status: "accepted" };

const meanings: ReadonlyMap<string, EventMeaning> = new Map([
  ["TEXT_PENDING", accepted],
  ["TEXT_QUEUED", accepted],
  ["TEXT_SENT", accepted],
  // By the carrier; by the phone is TEXT_DELIVERED, which not every carrier tells.
  ["TEXT_SUCCESSFUL", accepted],
  ["TEXT_DELIVERED", { status: "delivered" }],
  ["TEXT_INVALID", { ...failed("permanent-failure", "invalid-number"), suppress: "invalid-address" }],
  ["TEXT_BLOCKED", failed("permanent-failure", "blocked-by-phone")],
  ["TEXT_CARRIER_BLOCKED", failed("permanent-failure", "blocked-by-carrier")],
  ["TEXT_UNREACHABLE", failed("temporary-failure", "phone-unreachable")],
  ["TEXT_CARRIER_UNREACHABLE", failed("temporary-failure", "carrier-unreachable")],
  ["TEXT_TTL_EXPIRED", failed("temporary-failure", "expired")],
  // The fault lies in the message or in our settings, so the number is not suppressed.
  ["TEXT_INVALID_MESSAGE", failed("technical-failure", "invalid-message")],
  ["TEXT_PROTECT_BLOCKED", failed("technical-failure", "number-protected")],
  ["TEXT_SPAM", failed("technical-failure", "blocked-as-spam")],
]);

/**
 * What an event type of End User Messaging SMS v2 means (its API model, `EventType`); undefined for those that say nothing of a text
 * message's fate, among them TEXT_UNKNOWN: three days without a receipt prove no failure, and the hop's own wait has long decided.
 */
export const meaningOf = (eventType: string): EventMeaning | undefined => meanings.get(eventType);
