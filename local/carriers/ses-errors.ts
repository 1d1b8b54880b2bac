import { randomUUID } from "node:crypto";
import { type CarrierAnswer, CarrierRefusal } from "./carrier.ts";

/** SES v2 error names with their HTTP status, as the service model gives them. */
export const sesErrors: Readonly<Record<string, number>> = {
  AccountSuspendedException: 400,
  BadRequestException: 400,
  InternalServiceErrorException: 500,
  LimitExceededException: 400,
  MailFromDomainNotVerifiedException: 400,
  MessageRejected: 400,
  NotFoundException: 404,
  SendingPausedException: 400,
  TooManyRequestsException: 429,
  UnknownOperationException: 404,
};

/** SES's JSON answer. */
export const sesAnswer = (status: number, body: object, headers: Record<string, string> = {}): CarrierAnswer => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-requestid": randomUUID(), ...headers },
  body: JSON.stringify(body),
});

/** SES's error answer of a name, told in the header `x-amzn-errortype`. */
export const sesError = (name: string, message: string): CarrierAnswer =>
  sesAnswer(sesErrors[name] ?? 400, { message }, { "x-amzn-errortype": name });

/** Ends a request with SES's error of a name. */
export const refuseEmail = (name: string, message: string): never => {
  throw new CarrierRefusal(sesError(name, message));
};
