import { randomUUID } from "node:crypto";
import { type CarrierAnswer, CarrierRefusal, isRecord, parseJson, plainText } from "./carrier.ts";

/** Errors of `SendWhatsAppMessage` with their HTTP status, as the service model names them. */
export const socialErrors: Readonly<Record<string, number>> = {
  AccessDeniedException: 403,
  AccessDeniedByMetaException: 403,
  DependencyException: 502,
  InternalServiceException: 500,
  InvalidParametersException: 400,
  LimitExceededException: 400,
  ResourceNotFoundException: 404,
  ThrottledRequestException: 429,
  ValidationException: 400,
};

/** The service's JSON answer. */
export const socialAnswer = (status: number, body: object, headers: Record<string, string> = {}): CarrierAnswer => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-requestid": randomUUID(), ...headers },
  body: JSON.stringify(body),
});

/** The error answer of a name, told in the header `x-amzn-errortype`. */
export const socialError = (name: string, message: string): CarrierAnswer =>
  socialAnswer(socialErrors[name] ?? 400, { message }, { "x-amzn-errortype": name });

/** Ends a request with an error. */
export const refuseSocial = (name: string, message: string): never => {
  throw new CarrierRefusal(socialError(name, message));
};

/** Meta's codes for "slow down": application, business account, throughput, pair. */
const slowDown = new Set([4, 80007, 130429, 131056]);

/** What Meta refused, in the service's words: Meta's own code stands in the text alone. */
export const refusedByMeta = ({ status, body }: CarrierAnswer): CarrierAnswer => {
  const told = parseJson(body);
  const { code, message } = isRecord(told) && isRecord(told["error"]) ? told["error"] : {};
  const text = plainText(message);
  if (slowDown.has(Number(code))) return socialError("ThrottledRequestException", text);
  if (status >= 500) return socialError("DependencyException", text);
  return socialError(
    status === 401 || status === 403 ? "AccessDeniedByMetaException" : "InvalidParametersException",
    text,
  );
};
