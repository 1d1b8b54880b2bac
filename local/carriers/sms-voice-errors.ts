import { randomUUID } from "node:crypto";
import { type CarrierAnswer, CarrierRefusal } from "./carrier.ts";

/** An error of End User Messaging SMS: its name in the service model, and the reason it gives. */
export type SmsVoiceError = { readonly name: string; readonly reason?: string };

const named = (name: string, ...reasons: readonly string[]): readonly (readonly [string, SmsVoiceError])[] => [
  [name, { name }],
  ...reasons.map((reason): readonly [string, SmsVoiceError] => [reason, { name, reason }]),
];

/** The errors of `SendTextMessage` by name and by reason, as far as the service model ties a reason to one of them. */
export const smsVoiceErrors: ReadonlyMap<string, SmsVoiceError> = new Map([
  ...named("AccessDeniedException", "INSUFFICIENT_ACCOUNT_REPUTATION", "ACCOUNT_DISABLED"),
  ...named(
    "ConflictException",
    "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION",
    "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE",
    "DESTINATION_PHONE_NUMBER_NOT_VERIFIED",
    "DESTINATION_PHONE_NUMBER_OPTED_OUT",
    "MESSAGE_TYPE_MISMATCH",
    "NO_ORIGINATION_IDENTITIES_FOUND",
    "RESOURCE_NOT_ACTIVE",
  ),
  ...named("ServiceQuotaExceededException", "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"),
  ...named("ValidationException", "PRICE_OVER_THRESHOLD", "SENDER_ID_REQUIRES_REGISTRATION", "SENDER_ID_NOT_SUPPORTED"),
  ...named("ResourceNotFoundException"),
  ...named("ThrottlingException"),
  ...named("InternalServerException"),
]);

const answer = (status: number, body: object): CarrierAnswer => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() },
  body: JSON.stringify(body),
});

/** The answer to an accepted message. */
export const smsVoiceAccepted = (MessageId: string): CarrierAnswer => answer(200, { MessageId });

/** The error answer in AWS JSON 1.0; `more` are the error's further members. */
export const smsVoiceError = ({ name, reason }: SmsVoiceError, Message: string, more: object = {}): CarrierAnswer =>
  answer(name === "InternalServerException" ? 500 : 400, {
    __type: `com.amazonaws.pinpointsmsvoicev2#${name}`,
    Message,
    ...(reason === undefined ? {} : { Reason: reason }),
    ...more,
  });

/** Ends a request with an error. */
export const refuseText = (error: SmsVoiceError, message: string, more: object = {}): never => {
  throw new CarrierRefusal(smsVoiceError(error, message, more));
};
