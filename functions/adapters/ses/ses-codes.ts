import { awsRefusals } from "../aws-sending.ts";
import { byFault, forNow, type Refusals } from "../failed-call.ts";

/** SES v2 `SendEmail` errors, by the SDK's name, that prove that no e-mail was accepted (SES API v2 reference, SendEmail); none is of the 5xx. */
export const sesRefusals: Refusals<string> = new Map([
  ...awsRefusals,
  ["TooManyRequestsException", forNow("throttled")],
  // The daily quota, and a pause that operations end: the same message can go out later.
  ["LimitExceededException", forNow("quota-exceeded")],
  ["SendingPausedException", forNow("sending-paused")],
  ["AccountSuspendedException", byFault("account-suspended")],
  ["BadRequestException", byFault("invalid-request")],
  ["MailFromDomainNotVerifiedException", byFault("mail-from-not-verified")],
  ["MessageRejected", byFault("message-rejected")],
  ["NotFoundException", byFault("not-found")],
  ["ValidationException", byFault("invalid-request")],
]);
