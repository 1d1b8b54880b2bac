import type { CarrierRequest } from "../carriers/carrier.ts";
import type { Carriers } from "../carriers/carriers.ts";
import { awsError } from "./errors.ts";
import type { HttpRequest, MaybeAnswer } from "./http-message.ts";
import type { AwsRequest } from "./request.ts";

/** Hands a request to the carriers, in the form they take it. */
export function askCarrier(
  carriers: Pick<Carriers, "handle">,
  service: CarrierRequest["service"],
  http: HttpRequest,
): Promise<MaybeAnswer> {
  const { method, path, query, headers, body } = http;
  return carriers.handle({ service, method, path, query, headers, body });
}

/** The services that send to people, as far as the laptop has them: all of it goes to the carriers, and no function publishes to a topic. */
export async function handleMessaging(carriers: Pick<Carriers, "handle">, request: AwsRequest): Promise<MaybeAnswer> {
  const { service, http, input, action } = request;
  if (service === "ses" || service === "sms-voice" || service === "social-messaging")
    return askCarrier(carriers, service, http);
  if (input["PhoneNumber"] === undefined) {
    const message = `The laptop's SNS sends to phone numbers only, it does not know ${action} on a topic.`;
    return awsError("sns", { code: "InvalidParameter", status: 400, message });
  }
  return askCarrier(carriers, "sns", http);
}
