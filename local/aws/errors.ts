import { type HttpAnswer, jsonAnswer, xmlAnswer, xmlText } from "./http-message.ts";
import type { AwsService } from "./request.ts";

/** An error code in the words of one service. */
export interface AwsError {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

const json =
  (prefix: string, type: string) =>
  ({ code, status, message }: AwsError): HttpAnswer =>
    jsonAnswer(status, { __type: `${prefix}${code}`, message, Message: message }, type);

const sqs = (error: AwsError): HttpAnswer => {
  const answer = json("com.amazonaws.sqs#", "application/x-amz-json-1.0")(error);
  const code = error.code === "AccessDeniedException" ? "AccessDenied" : error.code;
  return { ...answer, headers: { ...answer.headers, "x-amzn-query-error": `${code};Sender` } };
};

/** REST JSON names the error in a header. */
const restJson = (error: AwsError): HttpAnswer => ({
  status: error.status,
  headers: { "content-type": "application/json", "x-amzn-errortype": error.code },
  body: JSON.stringify({ message: error.message }),
});

const sns = ({ code, status, message }: AwsError): HttpAnswer =>
  xmlAnswer(
    status,
    `<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${xmlText(message)}</Message></Error><RequestId>local</RequestId></ErrorResponse>`,
  );

const s3 = ({ code, status, message }: AwsError): HttpAnswer =>
  xmlAnswer(
    status,
    `<Error><Code>${code}</Code><Message>${xmlText(message)}</Message><RequestId>local</RequestId></Error>`,
  );

const shapes: Readonly<Record<AwsService, (error: AwsError) => HttpAnswer>> = {
  dynamodb: json("com.amazon.coral.service#", "application/x-amz-json-1.0"),
  events: json("", "application/x-amz-json-1.1"),
  secretsmanager: json("", "application/x-amz-json-1.1"),
  sqs,
  ses: restJson,
  sns,
  s3,
  "sms-voice": json("com.amazonaws.pinpointsmsvoicev2#", "application/x-amz-json-1.0"),
  "social-messaging": restJson,
};

const denials: Readonly<Record<AwsService, readonly [code: string, status: number]>> = {
  dynamodb: ["AccessDeniedException", 400],
  events: ["AccessDeniedException", 400],
  secretsmanager: ["AccessDeniedException", 400],
  sqs: ["AccessDeniedException", 403],
  ses: ["AccessDeniedException", 403],
  sns: ["AuthorizationError", 403],
  s3: ["AccessDenied", 403],
  "sms-voice": ["AccessDeniedException", 400],
  "social-messaging": ["AccessDeniedException", 403],
};

/** An error as `service` words it on the wire. */
export const awsError = (service: AwsService, error: AwsError): HttpAnswer => shapes[service](error);

/** The refusal of a call that no policy allows, as `service` words it. */
export function accessDenied(service: AwsService, message: string): HttpAnswer {
  const [code, status] = denials[service];
  return awsError(service, { code, status, message });
}
