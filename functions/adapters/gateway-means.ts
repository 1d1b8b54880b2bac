import type { BillerId } from "../domain/ids.ts";
import type { Clock } from "../ports.ts";
import type { Exchange } from "./one-exchange.ts";

/** What a biller's accounts at the gateways are opened with; undefined where it has none. */
export type GatewaySecrets = {
  razorpay(biller: BillerId): Promise<{ readonly keyId: string; readonly keySecret: string } | undefined>;
  stripe(biller: BillerId): Promise<{ readonly secretKey: string } | undefined>;
  mercadoPago(biller: BillerId): Promise<{ readonly accessToken: string } | undefined>;
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

/** What a gateway's books are read with. */
export type LedgerMeans = Pick<
  RailMeans,
  "clock" | "razorpayBaseUrl" | "stripeBaseUrl" | "ask" | "askBiller" | "pauseMs"
> & {
  readonly secrets: GatewaySecrets;
  /** `https://api.mercadopago.com/v1`, without a slash at its end. */
  readonly mercadoPagoBaseUrl: string;
  /** Milliseconds for one page. */
  readonly pageMs?: number;
};

/** What checkouts are made with: who only offers them needs none of it. */
export type RailMeans = {
  readonly clock: Clock;
  readonly secrets: Pick<GatewaySecrets, "razorpay" | "stripe" | "pix">;
  /** `https://api.razorpay.com/v1`, without a slash at its end. */
  readonly razorpayBaseUrl: string;
  /** `https://api.stripe.com/v1`, without a slash at its end. */
  readonly stripeBaseUrl: string;
  /** Asks the gateways that the stage names. */
  readonly ask: Exchange;
  /** Asks an address that a biller's settings name: a public one only. */
  readonly askBiller: Exchange;
  /** Milliseconds in which a checkout is made or not. */
  readonly createMs?: number;
  /** Milliseconds in which a checkout is ended or not. */
  readonly cancelMs?: number;
  /** Milliseconds until a gateway that is still busy with the same attempt is asked again. */
  readonly pauseMs?: number;
};

/** How long a gateway is waited for, unless told; the function that starts payments has time for all of it. */
export const defaultBudgets = { createMs: 4_000, cancelMs: 1_500, pauseMs: 400 } as const;
