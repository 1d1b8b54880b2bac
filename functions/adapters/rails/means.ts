import type { BillerId } from "../../domain/ids.ts";
import type { Clock } from "../../ports.ts";

/** One HTTP request to a gateway. */
export type GatewayRequest = {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** A client certificate with its key, both as PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly signal: AbortSignal;
};

/** What came of it: an answer of whatever status, its body read to the end, or none; header names in lower case. */
export type GatewayAnswer =
  | {
      readonly outcome: "answered";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly body: string;
    }
  | { readonly outcome: "failed"; readonly reason: string };

/** Sends one request once, and follows no redirect; never throws. */
export type Ask = (request: GatewayRequest) => Promise<GatewayAnswer>;

/** What a biller's accounts at the gateways are opened with; undefined where it has none. */
export type GatewaySecrets = {
  razorpay(biller: BillerId): Promise<{ readonly keyId: string; readonly keySecret: string } | undefined>;
  stripe(biller: BillerId): Promise<{ readonly secretKey: string } | undefined>;
  pix(biller: BillerId): Promise<
    | {
        readonly clientId: string;
        readonly clientSecret: string;
        readonly certificate?: string;
        readonly privateKey?: string;
      }
    | undefined
  >;
};

/** What checkouts are made with: who only offers them needs none of it. */
export type RailMeans = {
  readonly clock: Clock;
  readonly secrets: GatewaySecrets;
  /** `https://api.razorpay.com/v1`, without a slash at its end. */
  readonly razorpayBaseUrl: string;
  /** `https://api.stripe.com/v1`, without a slash at its end. */
  readonly stripeBaseUrl: string;
  /** Asks the gateways that the stage names. */
  readonly ask: Ask;
  /** Asks an address that a biller's settings name: a public one only. */
  readonly askBiller: Ask;
  /** Milliseconds in which a checkout is made or not. */
  readonly createMs?: number;
  /** Milliseconds in which a checkout is ended or not. */
  readonly cancelMs?: number;
  /** Milliseconds until a gateway that is still busy with the same attempt is asked again. */
  readonly pauseMs?: number;
};

/** An end and a creation, after the time in which a second one is still begun, stay under 8 seconds: the page's Lambda ends at 10. */
export const defaultBudgets = { createMs: 4_000, cancelMs: 1_500, pauseMs: 400 } as const;
