import type {
  AccessDeniedExceptionReason,
  ConflictExceptionReason,
  ServiceQuotaExceededExceptionReason,
  ValidationExceptionReason,
} from "@aws-sdk/client-pinpoint-sms-voice-v2";
import { awsRefusals, withReason } from "../aws-sending.ts";
import { byFault, forNow, optedOut, type Refusal, type Refusals } from "../failed-call.ts";

type Listed<Reason extends string> = Readonly<Partial<Record<Reason, Refusal>>>;

const denied: Listed<AccessDeniedExceptionReason> = {
  ACCOUNT_DISABLED: byFault("account-disabled"),
  INSUFFICIENT_ACCOUNT_REPUTATION: byFault("account-reputation"),
};

const conflicts: Listed<ConflictExceptionReason> = {
  DESTINATION_PHONE_NUMBER_OPTED_OUT: optedOut,
  // The account's own list holds these back; the person has asked for nothing, so that nothing is suppressed.
  DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION: byFault("country-protected"),
  DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE: byFault("number-protected"),
  DESTINATION_PHONE_NUMBER_NOT_VERIFIED: byFault("number-not-verified"),
  MESSAGE_TYPE_MISMATCH: byFault("message-type-mismatch"),
  NO_ORIGINATION_IDENTITIES_FOUND: byFault("no-origination-identity"),
  NUMBER_CAPABILITIES_MISMATCH: byFault("sender-cannot-text"),
  PROTECT_CONFIGURATION_NOT_ASSOCIATED_WITH_CONFIGURATION_SET: byFault("protect-configuration-mismatch"),
  RESOURCE_NOT_ACTIVE: byFault("sender-not-active"),
};

const quotas: Listed<ServiceQuotaExceededExceptionReason> = {
  // Spent for the month: no later attempt of this hour does better, another channel does.
  MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT: byFault("monthly-spend-limit"),
};

const validations: Listed<ValidationExceptionReason> = {
  COUNTRY_CODE_MISMATCH: byFault("country-mismatch"),
  COUNTRY_NOT_ENABLED: byFault("country-not-enabled"),
  DESTINATION_COUNTRY_BLOCKED: byFault("country-blocked"),
  INTERNATIONAL_SENDING_NOT_SUPPORTED: byFault("country-not-supported"),
  INVALID_ARN: byFault("invalid-sender"),
  INVALID_IDENTITY_FOR_DESTINATION_COUNTRY: byFault("sender-country-mismatch"),
  PRICE_OVER_THRESHOLD: byFault("price-over-maximum"),
  RESOURCE_NOT_ACCESSIBLE: byFault("sender-not-accessible"),
  SENDER_ID_NOT_REGISTERED: byFault("sender-not-registered"),
  SENDER_ID_NOT_SUPPORTED: byFault("sender-not-supported"),
  SENDER_ID_REQUIRES_REGISTRATION: byFault("sender-not-registered"),
};

const byReason = (name: string, listed: Listed<string>): [string, Refusal][] =>
  Object.entries(listed).flatMap(([reason, refusal]) => (refusal ? [[withReason(name, reason), refusal]] : []));

/**
 * `SendTextMessage` errors, by the SDK's name and the model's `Reason`, that prove that no SMS was accepted (End User Messaging SMS v2
 * API reference, SendTextMessage); none is of the 5xx.
 */
export const smsVoiceRefusals: Refusals<string> = new Map([
  ...awsRefusals,
  ...byReason("AccessDeniedException", denied),
  ...byReason("ConflictException", conflicts),
  ...byReason("ServiceQuotaExceededException", quotas),
  ...byReason("ValidationException", validations),
  ["ConflictException", byFault("conflict")],
  ["ResourceNotFoundException", byFault("not-found")],
  ["ServiceQuotaExceededException", forNow("quota-exceeded")],
  ["ValidationException", byFault("invalid-request")],
]);
