import { awsRefusals } from "../aws-sending.ts";
import { byFault, forGood, forNow, optedOut, type Refusals } from "../failed-call.ts";

/** SNS `Publish` errors, by the SDK's name, that prove that no SMS was accepted (SNS API reference, Publish); none is of the 5xx. */
export const snsRefusals: Refusals<string> = new Map([
  ...awsRefusals,
  ["ThrottledException", forNow("throttled")],
  ["InvalidParameterException", forGood("invalid-parameter")],
  ["InvalidParameterValueException", forGood("invalid-parameter")],
  ["OptedOutException", optedOut],
  ["EndpointDisabledException", byFault("endpoint-disabled")],
  ["NotFoundException", byFault("not-found")],
  ["UserErrorException", byFault("user-error")],
  ["ValidationException", byFault("invalid-request")],
  ["ValidationError", byFault("invalid-request")],
  ["VerificationException", byFault("number-not-verified")],
]);
