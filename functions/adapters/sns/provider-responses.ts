import type { SmsLogLine } from "../../messages.ts";

/** Why SNS could not deliver an SMS, in our words; `suppress`: why the number must not be messaged any more. */
export type ResponseMeaning = NonNullable<SmsLogLine["failure"]> & { readonly suppress?: string };

const permanent = (reason: string): ResponseMeaning => ({ kind: "permanent-failure", reason });
const temporary = (reason: string): ResponseMeaning => ({ kind: "temporary-failure", reason });
const fault = (reason: string): ResponseMeaning => ({ kind: "technical-failure", reason });

const meanings: ReadonlyMap<string, ResponseMeaning> = new Map([
  ["Blocked as spam by phone carrier", fault("blocked-as-spam")],
  ["Destination is on a blocked list", permanent("number-blocked")],
  ["Invalid phone number", { ...permanent("invalid-number"), suppress: "invalid-address" }],
  ["Message body is invalid", fault("invalid-message")],
  ["Phone carrier has blocked this message", permanent("blocked-by-carrier")],
  ["Phone carrier is currently unreachable/unavailable", temporary("carrier-unreachable")],
  ["Phone has blocked SMS", permanent("blocked-by-phone")],
  ["Phone is currently unreachable/unavailable", temporary("phone-unreachable")],
  ["Phone is on a blocked list", permanent("number-blocked")],
  ["Phone number is opted out", { ...permanent("opted-out"), suppress: "opted-out" }],
  ["This delivery would exceed max price", fault("price-over-maximum")],
  ["Unknown error attempting to reach phone", fault("unknown-error")],
]);

/** What a `providerResponse` of a failure means (SNS developer guide, "SMS delivery failure reasons"); one that is not on the list is a technical failure. */
export const meaningOf = (providerResponse: string): ResponseMeaning =>
  meanings.get(providerResponse) ?? fault("unexplained");
