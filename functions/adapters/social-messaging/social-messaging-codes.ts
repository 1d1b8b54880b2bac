import { awsRefusals } from "../aws-sending.ts";
import { byFault, forNow, type Refusals } from "../failed-call.ts";

/**
 * `SendWhatsAppMessage` errors, by the SDK's name, that prove that no message was accepted (End User Messaging Social API reference).
 * Meta's own answer is in none of them: it comes later, as a status. DependencyException (502) and InternalServiceException (500) prove
 * nothing, since Meta may have been asked already.
 */
export const socialMessagingRefusals: Refusals<string> = new Map([
  ...awsRefusals,
  // Meta took the permission away; like a missing one of AWS it heals by the hand of operations.
  ["AccessDeniedByMetaException", forNow("not-authorized")],
  ["ThrottledRequestException", forNow("throttled")],
  ["LimitExceededException", forNow("quota-exceeded")],
  ["InvalidParametersException", byFault("invalid-parameter")],
  ["ResourceNotFoundException", byFault("number-not-found")],
  ["ValidationException", byFault("invalid-request")],
]);
