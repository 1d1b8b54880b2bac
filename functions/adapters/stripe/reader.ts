import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import type { Clock, WebhookCall, WebhookReading, WebhookSecrets } from "../../ports.ts";
import { jsonOf } from "../webhook-body.ts";
import { type StripeEventFacts, type StripeObjects, stripePayments } from "./payments.ts";
import { verifyStripe } from "./verify.ts";

const Event = z.object({
  type: z.string(),
  /** Seconds, far from the end of what a date can hold. */
  created: z.optional(z.int().check(z.minimum(0), z.maximum(7_258_118_400))),
  livemode: z.optional(z.boolean()),
  data: z.object({ object: z.unknown() }),
});
type Event = z.output<typeof Event>;

/** The events that tell of money, by what their object is. */
const ofMoney: Readonly<Record<string, keyof StripeObjects>> = {
  "checkout.session.completed": "session",
  "checkout.session.async_payment_succeeded": "session",
  "checkout.session.async_payment_failed": "session",
  "payment_intent.succeeded": "paymentIntent",
  "payment_intent.payment_failed": "paymentIntent",
  "payment_intent.processing": "paymentIntent",
  "charge.refunded": "charge",
  "invoice.paid": "invoice",
};

const PaidInvoice = z.object({
  id: z.string().check(z.regex(/^in_[A-Za-z0-9_]{1,120}$/)),
  amount_paid: z.int().check(z.minimum(1)),
});

/** Reads Stripe's webhooks, signed by `Stripe-Signature`. An invoice that does not say by which intent it was paid is asked about. */
export function stripeWebhookReader(ports: {
  readonly secrets: Pick<WebhookSecrets, "stripe">;
  readonly clock: Clock;
}) {
  return async ({ biller, body, headers }: WebhookCall): Promise<WebhookReading> => {
    const by = { secrets: await ports.secrets.stripe(biller), now: ports.clock.now() };
    const verdict = verifyStripe(body, headers["stripe-signature"], by);
    if (verdict !== "genuine") return { outcome: "refused", reason: verdict };
    const event = Event.safeParse(jsonOf(body)).data;
    return event ? read(biller, event) : malformed("body", "must be an event of Stripe");
  };
}

function read(biller: BillerId, event: Event): WebhookReading {
  const { type, created, livemode, data } = event;
  const mode = livemode === undefined ? {} : ({ mode: livemode ? "live" : "test" } as const);
  const genuine = { outcome: "genuine", deliveries: [], payments: [], skipped: 0, ...mode } as const;
  const kind = Object.hasOwn(ofMoney, type) ? ofMoney[type] : undefined;
  if (!kind) return { ...genuine, skipped: 1 };
  const facts: StripeEventFacts = {
    ...(created !== undefined && { at: created * 1_000 }),
    isFailed: type === "checkout.session.async_payment_failed",
  };
  const payments = stripePayments(biller, { [kind]: data.object }, facts);
  if (payments === undefined) return malformed("data.object", "must be what its type says");
  if (payments.length > 0) return { ...genuine, payments };
  const reference = kind === "invoice" ? PaidInvoice.safeParse(data.object).data?.id : undefined;
  if (reference === undefined) return { ...genuine, skipped: 1 };
  return { ...genuine, lookUps: [{ biller, gateway: "stripe", reference }] };
}

const malformed = (path: string, message: string) => ({ outcome: "malformed", fields: [{ path, message }] }) as const;
