import type { LedgerMeans } from "../../../functions/adapters/gateway-means.ts";
import type { ExchangeAnswer, ExchangeRequest } from "../../../functions/adapters/one-exchange.ts";
import { controlledClock } from "../../support/memory-clock.ts";

/** What a gateway answers to a path with its parameters: a body, a status, or what went wrong. */
export type Script = (path: string, query: URLSearchParams) => object | string | number | undefined;

/** A gateway that answers as its script says, with all that it was asked. */
export type ScriptedGateway = { readonly means: LedgerMeans; readonly asked: readonly ExchangeRequest[] };

const answerOf = (said: ReturnType<Script>): ExchangeAnswer => {
  if (said === undefined) return { outcome: "answered", status: 404, headers: {}, body: "{}" };
  if (typeof said === "number") return { outcome: "answered", status: said, headers: {}, body: "{}" };
  const body = typeof said === "string" ? said : JSON.stringify(said);
  return { outcome: "answered", status: 200, headers: {}, body };
};

/** Plays every gateway by one script: paths begin behind the base URL. */
export function scriptedGateway(script: Script, overrides: Partial<LedgerMeans> = {}): ScriptedGateway {
  const asked: ExchangeRequest[] = [];
  const ask = async (request: ExchangeRequest): Promise<ExchangeAnswer> => {
    asked.push(request);
    const url = new URL(request.url);
    return answerOf(script(url.pathname.replace(/^\/v\d/, ""), url.searchParams));
  };
  const means: LedgerMeans = {
    clock: controlledClock(),
    secrets: {
      razorpay: async () => ({ keyId: "rzp_test_1", keySecret: "secret" }),
      stripe: async () => ({ secretKey: "sk_test_1" }),
      mercadoPago: async () => ({ accessToken: "TEST-1" }),
      pix: async () => ({ clientId: "client", clientSecret: "secret" }),
    },
    razorpayBaseUrl: "https://razorpay.example.com/v1",
    stripeBaseUrl: "https://stripe.example.com/v1",
    mercadoPagoBaseUrl: "https://mercado-pago.example.com/v1",
    ...{ ask, askBiller: ask, pauseMs: 1 },
    ...overrides,
  };
  return { means, asked };
}

/** The paths that were asked for, with their parameters as they are read. */
export const pathsOf = ({ asked }: ScriptedGateway): string[] =>
  asked.map(({ url }) => decodeURIComponent(url.replace(/^https:\/\/[^/]+(\/v\d)?/, "")).replaceAll("+", " "));
