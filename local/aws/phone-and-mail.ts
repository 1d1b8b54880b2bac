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

/** SNS and SES as far as the laptop has them: what goes to people goes to the carriers, topics do not exist. */
export async function handleMessaging(carriers: Pick<Carriers, "handle">, request: AwsRequest): Promise<MaybeAnswer> {
  if (request.service === "ses") return askCarrier(carriers, "ses", request.http);
  if (request.input["PhoneNumber"] === undefined) {
    const message = `The laptop's SNS sends to phone numbers only, it does not know ${request.action} on a topic.`;
    return awsError("sns", { code: "InvalidParameter", status: 400, message });
  }
  return askCarrier(carriers, "sns", request.http);
}
