import type { HttpAnswer, HttpRequest } from "../aws/http-message.ts";

/** The gateways that are played. */
export const gatewayNames = ["razorpay", "stripe", "pix"] as const;
export type GatewayName = (typeof gatewayNames)[number];

/** What a payer paid on a gateway's side; `code` or `billId` says for which bill, `paymentId` is the gateway's own. */
export interface GatewayPayment {
  readonly gateway: GatewayName;
  readonly biller: string;
  readonly billId?: string;
  readonly code?: string;
  readonly paymentId: string;
  readonly amount: { readonly value: number; readonly currency: string };
}

/** What a gateway lives in. */
export interface GatewaySurroundings {
  /** Virtual time, in milliseconds since 1970. */
  readonly now: () => number;
  /** Where the gateways are reached, without a slash at its end. */
  readonly baseUrl: string;
  /** The billers with their secrets by kind, as Secrets Manager has them. */
  readonly accounts: () => readonly { readonly biller: string; readonly secrets: Readonly<Record<string, unknown>> }[];
  /** Told of every payment, before the payer is sent back: here the gateway's own webhook will be posted. */
  readonly paid: (payment: GatewayPayment) => Promise<void>;
}

/** One gateway; `request.path` is what comes after the gateway's name. */
export interface Gateway {
  handle(request: HttpRequest): Promise<HttpAnswer>;
  /** Its own answer to whoever is too fast. */
  throttled(): HttpAnswer;
  /** Its own answer to a fault of its own; told of the request, since some answer the same again. */
  broken(request: HttpRequest): HttpAnswer;
}

/** The path of the hosted checkouts below a gateway's name, which no fault strikes: payers are not to be lost. */
export const checkoutPath = /^\/pay\/([A-Za-z0-9_]{1,140})$/;

/** Name and secret of Basic authorization. */
export function basicOf({ headers }: HttpRequest): readonly [name: string, secret: string] {
  const [, encoded = ""] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(headers["authorization"] ?? "") ?? [];
  const [name = "", ...secret] = Buffer.from(encoded, "base64").toString("utf8").split(":");
  return [name, secret.join(":")];
}

/** The token of Bearer authorization. */
export const bearerOf = ({ headers }: HttpRequest): string =>
  /^Bearer (\S+)$/.exec(headers["authorization"] ?? "")?.[1] ?? "";

/** The texts of one kind of secret of one biller. */
export function secretTexts(
  secrets: Readonly<Record<string, unknown>>,
  kind: string,
): Readonly<Record<string, string>> {
  const secret = secrets[kind];
  const entries = typeof secret === "object" && secret !== null ? Object.entries(secret) : [];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** A body as JSON; undefined where it is none. */
export function jsonIn(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
