import { randomBytes } from "node:crypto";
import type { PaymentOutcome } from "./gateway.ts";

/** A PaymentIntent as Stripe tells of it; `latest_charge` by id. */
export interface PaymentIntent {
  readonly id: string;
  readonly object: "payment_intent";
  readonly amount: number;
  readonly currency: string;
  readonly status: "succeeded" | "processing" | "requires_payment_method";
  readonly created: number;
  readonly latest_charge: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

/** A Charge as Stripe tells of it. */
export interface Charge {
  readonly id: string;
  readonly object: "charge";
  readonly amount: number;
  readonly amount_refunded: number;
  readonly created: number;
  readonly [other: string]: unknown;
}

/** A Refund as Stripe tells of it. */
export interface Refund {
  readonly id: string;
  readonly object: "refund";
  readonly amount: number;
  readonly created: number;
  readonly [other: string]: unknown;
}

/** What an intent is begun with: Stripe's own units, the currency in small letters, seconds since 1970. */
export interface NewIntent {
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly now: number;
}

/** An id in Stripe's way. */
export const stripeId = (kind: "cs_test" | "pi" | "ch" | "re" | "evt"): string =>
  `${kind}_${randomBytes(12).toString("hex")}`;

/** The version events are written in: the account's own, whatever requests ask for. */
const apiVersion = "2026-10-28.endive";

/** An intent by card that nobody has paid yet. */
export const newIntent = ({ amount, currency, metadata, now }: NewIntent): PaymentIntent => ({
  ...{ id: stripeId("pi"), object: "payment_intent", amount, amount_received: 0, amount_capturable: 0, currency },
  ...{ status: "requires_payment_method", created: now, livemode: false, latest_charge: null, metadata },
  ...{ payment_method_types: ["card"], capture_method: "automatic", canceled_at: null, last_payment_error: null },
});

const declined = {
  type: "card_error",
  code: "card_declined",
  decline_code: "generic_decline",
  message: "Your card was declined.",
};

/** What an outcome makes of an intent. */
export function settled(intent: PaymentIntent, outcome: PaymentOutcome, charge: Charge | undefined): PaymentIntent {
  const { latest_charge } = intent;
  if (outcome === "failed")
    return { ...intent, status: "requires_payment_method", latest_charge, last_payment_error: declined };
  if (outcome === "pending") return { ...intent, status: "processing", last_payment_error: null };
  const paid = { amount_received: intent.amount, latest_charge: charge?.id ?? null, last_payment_error: null };
  return { ...intent, status: "succeeded", ...paid };
}

/** The charge with which an intent is paid. */
export const newCharge = ({ id, amount, currency, metadata }: PaymentIntent, now: number): Charge => ({
  ...{ id: stripeId("ch"), object: "charge", amount, amount_captured: amount, amount_refunded: 0, currency },
  ...{ captured: true, created: now, livemode: false, metadata, paid: true, payment_intent: id, refunded: false },
  ...{ status: "succeeded", payment_method_details: { type: "card", card: { brand: "visa", last4: "4242" } } },
});

/** What is given back of a charge. */
export const newRefund = (charge: Charge, { amount, now }: { amount: number; now: number }): Refund => ({
  ...{ id: stripeId("re"), object: "refund", amount, charge: charge.id, created: now, currency: charge["currency"] },
  ...{ payment_intent: charge["payment_intent"], reason: "requested_by_customer", status: "succeeded", metadata: {} },
});

/** The body of an event (Stripe, "The Event object"). */
export const eventBody = (id: string, type: string, { object, now }: { object: object; now: number }): string =>
  JSON.stringify({
    ...{ id, object: "event", api_version: apiVersion, created: now, livemode: false, type, pending_webhooks: 1 },
    request: { id: null, idempotency_key: null },
    data: { object },
  });
