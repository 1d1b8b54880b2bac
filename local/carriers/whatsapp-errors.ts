import { randomBytes } from "node:crypto";
import { type CarrierAnswer, CarrierRefusal } from "./carrier.ts";

type KnownError = { readonly status: number; readonly title: string; readonly later?: true };

const known: Readonly<Record<string, KnownError>> = {
  0: { status: 401, title: "AuthException" },
  1: { status: 400, title: "API Unknown" },
  2: { status: 503, title: "API Service" },
  3: { status: 500, title: "API Method" },
  4: { status: 400, title: "API Too Many Calls" },
  10: { status: 403, title: "Permission Denied" },
  33: { status: 400, title: "Parameter value is not valid" },
  100: { status: 400, title: "Invalid parameter" },
  190: { status: 401, title: "Access token has expired" },
  368: { status: 403, title: "Temporarily blocked for policies violations" },
  80007: { status: 400, title: "Rate limit issues" },
  130429: { status: 400, title: "Rate limit hit" },
  130472: { status: 400, title: "User's number is part of an experiment", later: true },
  130497: { status: 403, title: "Business account is restricted from messaging users in this country" },
  131000: { status: 500, title: "Something went wrong" },
  131005: { status: 403, title: "Access denied" },
  131008: { status: 400, title: "Required parameter is missing" },
  131009: { status: 400, title: "Parameter value is not valid" },
  131016: { status: 500, title: "Service unavailable" },
  131021: { status: 400, title: "Recipient cannot be sender" },
  131026: { status: 400, title: "Message undeliverable", later: true },
  131031: { status: 403, title: "Account has been locked" },
  131037: { status: 400, title: "WhatsApp provided number needs display name approval before message can be sent" },
  131042: { status: 400, title: "Business eligibility payment issue", later: true },
  131045: { status: 500, title: "Incorrect certificate" },
  131047: { status: 400, title: "Re-engagement message", later: true },
  131048: { status: 400, title: "Spam rate limit hit", later: true },
  131049: { status: 400, title: "Meta chose not to deliver", later: true },
  131050: { status: 400, title: "User has stopped marketing messages", later: true },
  131051: { status: 400, title: "Unsupported message type" },
  131053: { status: 400, title: "Media upload error", later: true },
  131056: { status: 400, title: "(Business Account, Consumer Account) pair rate limit hit" },
  131057: { status: 500, title: "Account in maintenance mode" },
  131062: { status: 400, title: "Business-scoped user ID recipients are not supported" },
  132000: { status: 400, title: "Number of parameters does not match the expected number of params" },
  132001: { status: 404, title: "Template name does not exist in the translation" },
  132005: { status: 400, title: "Translated text too long" },
  132007: { status: 400, title: "Template format character policy violated" },
  132012: { status: 400, title: "Parameter format does not match format in the created template" },
  132015: { status: 400, title: "Template is paused" },
  132016: { status: 400, title: "Template is disabled" },
  133004: { status: 503, title: "Server temporarily unavailable" },
  133010: { status: 400, title: "Phone number not registered" },
  134011: { status: 400, title: "WhatsApp Payments terms of service has not been accepted" },
  135000: { status: 400, title: "Generic user error" },
};

/** Cloud API error codes (Meta, "Error codes"): HTTP status, title, and `later` for what comes by webhook after an acceptance. */
export const whatsAppErrors: ReadonlyMap<string, KnownError> = new Map(Object.entries(known));

/** The Graph API's JSON answer. */
export const graphAnswer = (status: number, body: object, headers: Record<string, string> = {}): CarrierAnswer => ({
  status,
  headers: { "content-type": "application/json; charset=UTF-8", "facebook-api-version": "v24.0", ...headers },
  body: JSON.stringify(body),
});

const traceId = (): string => `A${randomBytes(11).toString("base64url")}`;

/** The Graph API's error answer of a code, with the details that tell a developer what to mend. */
export const graphError = (code: number, details: string): CarrierAnswer => {
  const { status, title } = whatsAppErrors.get(String(code)) ?? { status: 400, title: "Invalid parameter" };
  return graphAnswer(status, {
    error: {
      message: `(#${code}) ${title}`,
      type: "OAuthException",
      code,
      error_data: { messaging_product: "whatsapp", details },
      fbtrace_id: traceId(),
    },
  });
};

/** An error of the Graph API itself, before WhatsApp is asked: no `error_data`. */
export const plainGraphError = (
  status: number,
  error: { message: string; type: string; code: number },
): CarrierAnswer => graphAnswer(status, { error: { ...error, fbtrace_id: traceId() } });

/** Ends a request with the Cloud API's error of a code. */
export const refuseWhatsApp = (code: number, details: string): never => {
  throw new CarrierRefusal(graphError(code, details));
};
