import type { RailMeans } from "../../functions/adapters/gateway-means.ts";
import { pixPspRail } from "../../functions/adapters/rails/pix-psp.ts";
import { razorpayRail } from "../../functions/adapters/rails/razorpay.ts";
import { stripeRail } from "../../functions/adapters/rails/stripe.ts";
import type { CurrencyCode } from "../../functions/domain/money.ts";
import type { RailAttempt, StartedRail } from "../../functions/domain/rail.ts";
import type { CreatedCheckout, Rail } from "../../functions/ports.ts";
import type { GatewayRail } from "../../functions/use-cases/open-checkout.ts";
import type { GatewayName } from "../../local/gateways/gateway.ts";
import { aPixBiller, aRailAttempt } from "./attempts.ts";
import { aBill } from "./builders.ts";

const inReais = { value: 12_990, currency: "BRL" as CurrencyCode };

/** A rail with the gateway that is played for it, and an attempt to pay there. */
export type Played = {
  readonly gateway: GatewayName;
  readonly make: (means?: RailMeans) => Rail;
  readonly attempt: RailAttempt;
  readonly openMinutes: number;
};

/** Every rail that asks a gateway. */
export const played: readonly Played[] = [
  { gateway: "razorpay", make: razorpayRail, attempt: aRailAttempt(), openMinutes: 20 },
  { gateway: "stripe", make: stripeRail, attempt: aRailAttempt(), openMinutes: 40 },
  {
    gateway: "pix",
    make: pixPspRail,
    attempt: aRailAttempt({
      biller: aPixBiller(),
      bill: aBill({ amountDue: inReais }),
      amount: inReais,
      mode: "code",
    }),
    openMinutes: 30,
  },
];

/** The rail, which asks a gateway. */
export const asking = (rail: Rail): GatewayRail => {
  if (rail.kind !== "gateway") throw new TypeError(`${rail.name} asks no gateway`);
  return rail;
};

/** Where the payer goes on. */
export const startedOf = (checkout: CreatedCheckout): StartedRail | undefined =>
  checkout.outcome === "created" ? checkout.started : undefined;

/** Where a payer of the played gateway presses its buttons. */
export const checkoutUrl = (checkout: CreatedCheckout, origin: string): string => {
  const started = startedOf(checkout);
  if (started?.outcome === "open") return started.link;
  const reference = checkout.outcome === "created" ? checkout.providerReference : "";
  return `${origin}/sandbox/gateways/pix/pay/${reference}`;
};

/** Presses a button there. */
export const press = (url: string, action: "pay" | "cancel"): Promise<Response> =>
  fetch(url, { method: "POST", body: new URLSearchParams({ action }), redirect: "manual" });
