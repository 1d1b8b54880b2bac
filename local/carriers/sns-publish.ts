import { randomUUID } from "node:crypto";
import { type CarrierAnswer, CarrierRefusal } from "./carrier.ts";

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

/** SNS error codes with their HTTP status, as the service model names them. */
export const snsErrors: Readonly<Record<string, number>> = {
  InvalidParameter: 400,
  ParameterValueInvalid: 400,
  AuthorizationError: 403,
  EndpointDisabled: 400,
  InternalError: 500,
  InvalidAction: 400,
  NotFound: 404,
  OptedOut: 400,
  Throttled: 429,
  UserError: 400,
};

const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);

const xml = (status: number, body: string, requestId: string): CarrierAnswer => ({
  status,
  headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
  body: `<?xml version="1.0"?>\n${body}\n`,
});

/** SNS's XML error answer of a code. */
export const snsError = (code: string, message: string): CarrierAnswer => {
  const status = snsErrors[code] ?? 400;
  const requestId = randomUUID();
  const type = status >= 500 ? "Receiver" : "Sender";
  const error = `<Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
  return xml(
    status,
    `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${requestId}</RequestId></ErrorResponse>`,
    requestId,
  );
};

/** SNS's XML answer to an accepted `Publish`. */
export const snsPublished = (messageId: string): CarrierAnswer => {
  const requestId = randomUUID();
  const result = `<PublishResult><MessageId>${messageId}</MessageId></PublishResult>`;
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
  return xml(200, `<PublishResponse xmlns="${namespace}">${result}${metadata}</PublishResponse>`, requestId);
};

/** One SMS asked of SNS, with the attributes that concern an SMS. */
export type Publish = {
  readonly phoneNumber: string;
  readonly message: string;
  readonly smsType: string;
  readonly senderId?: string | undefined;
  readonly maxPrice?: number | undefined;
  readonly entityId?: string | undefined;
  readonly templateId?: string | undefined;
};

const refuse = (message: string, code = "InvalidParameter"): never => {
  throw new CarrierRefusal(snsError(code, message));
};

const readAttributes = (form: URLSearchParams): Map<string, string> => {
  const attributes = new Map<string, string>();
  for (let entry = 1; form.has(`MessageAttributes.entry.${entry}.Name`); entry += 1) {
    const prefix = `MessageAttributes.entry.${entry}`;
    const name = form.get(`${prefix}.Name`) ?? "";
    const type = form.get(`${prefix}.Value.DataType`) ?? "";
    const value = form.get(`${prefix}.Value.StringValue`) ?? "";
    if (!/^(String|Number|Binary)(\..+)?$/.test(type)) {
      refuse(`The message attribute '${name}' has an invalid message attribute type.`, "ParameterValueInvalid");
    }
    if (value === "") {
      refuse(
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`,
        "ParameterValueInvalid",
      );
    }
    if (type.startsWith("Number") && !/^-?\d+(\.\d+)?$/.test(value)) {
      refuse(`Could not cast message attribute '${name}' value to number.`, "ParameterValueInvalid");
    }
    attributes.set(name, value);
  }
  return attributes;
};

const attributeRules: readonly [name: string, valid: (value: string) => boolean, rule: string][] = [
  [
    "AWS.SNS.SMS.SMSType",
    (value) => /^(Promotional|Transactional)$/.test(value),
    "must be Promotional or Transactional",
  ],
  [
    "AWS.SNS.SMS.SenderID",
    (value) => /^[A-Za-z0-9-]{3,11}$/.test(value) && /[A-Za-z]/.test(value),
    "must be 3 to 11 letters, digits or hyphens with at least one letter",
  ],
  [
    "AWS.SNS.SMS.MaxPrice",
    (value) => /^\d+(\.\d+)?$/.test(value) && Number(value) > 0,
    "must be a positive amount of USD",
  ],
  ["AWS.MM.SMS.OriginationNumber", (value) => /^\+?\d{5,14}$/.test(value), "must be 5 to 14 digits"],
  ["AWS.MM.SMS.EntityId", (value) => value.length <= 50, "must be 1 to 50 characters"],
  ["AWS.MM.SMS.TemplateId", (value) => value.length <= 50, "must be 1 to 50 characters"],
];

const checkTarget = (form: URLSearchParams): string => {
  if (form.get("Action") !== "Publish") {
    refuse(`Could not find operation ${form.get("Action") ?? ""} for version 2010-03-31`, "InvalidAction");
  }
  if (form.has("TopicArn") || form.has("TargetArn")) refuse("Topic does not exist", "NotFound");
  const phoneNumber = form.get("PhoneNumber");
  if (phoneNumber === null) {
    return refuse("Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter");
  }
  if (!/^\+[1-9]\d{6,14}$/.test(phoneNumber)) {
    refuse(`Invalid parameter: PhoneNumber Reason: ${phoneNumber} is not valid to publish to`);
  }
  return phoneNumber;
};

/** The SMS that a `Publish` form asks for; throws SNS's refusal for what SNS would not take. */
export const readPublish = (body: string): Publish => {
  const form = new URLSearchParams(body);
  const phoneNumber = checkTarget(form);
  const message = form.get("Message") ?? "";
  if (message === "") refuse("Invalid parameter: Empty message");
  if ([...message].length > 1600) refuse("Invalid parameter: Message too long");
  const attributes = readAttributes(form);
  for (const [name, valid, rule] of attributeRules) {
    const value = attributes.get(name);
    if (value !== undefined && !valid(value)) refuse(`Invalid parameter: MessageAttributes Reason: ${name} ${rule}`);
  }
  const maxPrice = attributes.get("AWS.SNS.SMS.MaxPrice");
  return {
    phoneNumber,
    message,
    smsType: attributes.get("AWS.SNS.SMS.SMSType") ?? "Promotional",
    senderId: attributes.get("AWS.SNS.SMS.SenderID"),
    maxPrice: maxPrice === undefined ? undefined : Number(maxPrice),
    entityId: attributes.get("AWS.MM.SMS.EntityId"),
    templateId: attributes.get("AWS.MM.SMS.TemplateId"),
  };
};
