import { invalidInput } from "../../functions/domain/errors.ts";
import type { HttpAnswer, HttpRequest } from "../aws/http-message.ts";

/** The gateways that are played. */
export const gatewayNames = ["razorpay", "stripe", "pix", "mercado-pago", "bbps"] as const;
export type GatewayName = (typeof gatewayNames)[number];

/** What a payer paid on a gateway's side; `code` or `billId` says for which bill, `paymentId` is the gateway's own. */
export interface GatewayPayment {
  readonly gateway: GatewayName;
  readonly biller: string;
  readonly billId?: string;
  readonly code?: string;
  readonly paymentId: string;
  readonly amount: GatewayMoney;
}

/** In minor units, the currency in capitals. */
export interface GatewayMoney {
  readonly value: number;
  readonly currency: string;
}

/** What becomes of a payment at once. */
export const paymentOutcomes = ["paid", "failed", "pending"] as const;
export type PaymentOutcome = (typeof paymentOutcomes)[number];

/** A payer who pays for a bill without pressing a button of a checkout page. */
export interface GatewayOrder {
  readonly biller: string;
  readonly billId: string;
  readonly code: string;
  readonly title: string;
  readonly amount: GatewayMoney;
  readonly outcome: PaymentOutcome;
  /** A payment that failed or is pending at this gateway, of which this is what became; absent for a new one. */
  readonly paymentId?: string;
}

/** What a gateway made of it. */
export interface PaidThere {
  readonly paymentId: string;
  /** The worst status that our side answered to what it was told; absent where it was told nothing. */
  readonly answered?: number;
}

/** A gateway's own webhook: what is signed and posted to `/webhooks/{provider}/{biller}`, and again until it is taken. */
export interface GatewayWebhook {
  readonly gateway: GatewayName;
  readonly biller: string;
  /** The gateway's own id of the event; the same in every repeat. */
  readonly id: string;
  readonly body: string;
  /** What the gateway puts behind the address it was given. */
  readonly below?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** Posts a webhook; the status it was answered with, undefined where it was lost on its way. */
export type Tell = (webhook: GatewayWebhook) => Promise<number | undefined>;

/** What a gateway lives in. */
export interface GatewaySurroundings {
  /** Virtual time, in milliseconds since 1970. */
  readonly now: () => number;
  /** Where the gateways are reached, without a slash at its end. */
  readonly baseUrl: string;
  /** The billers with their secrets by kind, as Secrets Manager has them. */
  readonly accounts: () => readonly { readonly biller: string; readonly secrets: Readonly<Record<string, unknown>> }[];
  /** Watches: told of every payment that went through, before our side is. */
  readonly paid?: (payment: GatewayPayment) => unknown;
  readonly tell: Tell;
}

/** One gateway; `request.path` is what comes after the gateway's name. */
export interface Gateway {
  handle(request: HttpRequest): Promise<HttpAnswer>;
  /** Its own answer to whoever is too fast. */
  throttled(): HttpAnswer;
  /** Its own answer to a fault of its own; told of the request, since some answer the same again. */
  broken(request: HttpRequest): HttpAnswer;
  /** Takes a payment; absent where payers pay at its pages only. Throws `not-found` for a `paymentId` it does not know. */
  pay?(order: GatewayOrder): Promise<PaidThere>;
  /** Gives back a part in minor units, or all that is left; undefined for a payment it does not hold. Throws `invalid-input` for what cannot be given back. */
  refund?(paymentId: string, value?: number): Promise<PaidThere | undefined>;
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

/** Tells one after the other; the worst of the answers, undefined where there was none. */
export async function tellAll(tell: Tell, webhooks: readonly GatewayWebhook[]): Promise<number | undefined> {
  const answers: number[] = [];
  for (const webhook of webhooks) answers.push((await tell(webhook)) ?? 0);
  const worst = Math.max(...answers, 0);
  return worst === 0 ? undefined : worst;
}

/** How much is given back: what was asked for, or all that is left. Throws `invalid-input` for more than that, or nothing. */
export function refundOf(left: number, asked?: number): number {
  const value = asked ?? left;
  if (value > 0 && value <= left) return value;
  throw invalidInput(`amount must be from 1 to ${left}`, [{ path: "amount", message: `must be from 1 to ${left}` }]);
}

/** `paid` with what is known of an answer. */
export const paidThere = (paymentId: string, answered?: number): PaidThere => ({
  paymentId,
  ...(answered !== undefined && { answered }),
});
