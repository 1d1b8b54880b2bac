import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import type { Moment } from "../../domain/local-time.ts";
import { CurrencyCode } from "../../domain/money.ts";
import type { PaymentMessage } from "../../messages.ts";
import { type GatewayPayment, toldByGateway } from "../gateway-told.ts";
import { fromStripeAmount } from "../stripe-amount.ts";

const text = z.optional(z.nullable(z.string()));
const seconds = z.int().check(z.minimum(0));
const optionalAmount = z.optional(z.nullable(z.int().check(z.minimum(0))));
/** What Stripe names by id, or holds in full where that was asked for. */
const linked = z.optional(z.unknown());
const metadata = z.optional(z.unknown());

const Session = z.object({
  id: z.string(),
  payment_intent: linked,
  payment_status: z.string(),
  status: text,
  amount_total: optionalAmount,
  currency: text,
  client_reference_id: text,
  invoice: linked,
  created: z.optional(seconds),
  payment_method_types: z.optional(z.unknown()),
  metadata,
});
const Intent = z.object({
  id: z.string(),
  status: z.string(),
  amount: z.int(),
  amount_received: optionalAmount,
  currency: z.string(),
  created: seconds,
  latest_charge: linked,
  invoice: linked,
  last_payment_error: z.optional(z.unknown()),
  payment_method_types: z.optional(z.unknown()),
  metadata,
});
const Charge = z.object({
  id: z.string(),
  status: z.string(),
  captured: z.optional(z.boolean()),
  amount: z.int(),
  amount_captured: optionalAmount,
  amount_refunded: optionalAmount,
  currency: z.string(),
  created: seconds,
  payment_intent: linked,
  invoice: linked,
  payment_method_details: z.optional(z.unknown()),
  metadata,
});
const Invoice = z.object({
  id: z.string(),
  status: text,
  amount_paid: optionalAmount,
  currency: z.string(),
  created: seconds,
  payment_intent: linked,
  charge: linked,
  status_transitions: z.optional(z.unknown()),
  metadata,
});
type Intent = z.output<typeof Intent>;
type Charge = z.output<typeof Charge>;

const Linked = z.union([
  z.string(),
  z.pipe(
    z.object({ id: z.string() }),
    z.transform(({ id }) => id),
  ),
]);
const PaidAt = z.object({ paid_at: seconds });
const MethodDetails = z.object({ type: z.string() });
const OneMethod = z.tuple([z.string()]);

/** One object of Stripe's, with the invoice that it pays where that is at hand. */
export type StripeObjects = {
  readonly session?: unknown;
  readonly paymentIntent?: unknown;
  readonly charge?: unknown;
  readonly invoice?: unknown;
};

/** What an event says beside its object: when it came about, and that a payment failed whose session does not show it. */
export type StripeEventFacts = { readonly at?: Moment; readonly isFailed?: boolean };

type Held = Omit<GatewayPayment, "source" | "amount" | "refunded"> & {
  readonly counted: number;
  readonly refunded: number;
  readonly currency: string;
};

const idOf = (value: unknown, prefix: string): string | undefined => {
  const id = Linked.safeParse(value).data;
  return id?.startsWith(prefix) ? id : undefined;
};
const named = (value: unknown, prefix: string): string | undefined => {
  const id = idOf(value, prefix);
  return id && `stripe:${id}`;
};
const onlyMethod = (types: unknown): string | undefined => OneMethod.safeParse(types).data?.[0];
const methodOf = (charge: Charge | undefined): string | undefined =>
  MethodDetails.safeParse(charge?.payment_method_details).data?.type;

function told(biller: BillerId, { counted, refunded, currency: code, ...held }: Held): PaymentMessage[] | undefined {
  const currency = CurrencyCode.safeParse(code.toUpperCase()).data;
  const amount = currency && fromStripeAmount(counted, currency);
  const back = currency && fromStripeAmount(refunded, currency);
  return amount && back && toldByGateway(biller, { ...held, source: "stripe", amount, refunded: back.value });
}

/** What Stripe holds of a payment, in our words: none where it has come to nothing yet, undefined where it cannot be read. */
export function stripePayments(
  biller: BillerId,
  objects: StripeObjects,
  facts: StripeEventFacts = {},
): PaymentMessage[] | undefined {
  if (objects.paymentIntent !== undefined) return ofIntent(biller, objects, facts);
  if (objects.charge !== undefined) return ofCharge(biller, objects.charge);
  if (objects.session !== undefined) return ofSession(biller, objects.session, facts);
  return ofInvoice(biller, objects.invoice, facts);
}

function ofSession(biller: BillerId, object: unknown, { at, isFailed }: StripeEventFacts) {
  const session = Session.safeParse(object).data;
  if (!session) return undefined;
  const paymentId = idOf(session.payment_intent, "pi_");
  const isPaid = session.payment_status === "paid";
  if (paymentId === undefined || !session.amount_total || (!isPaid && session.status !== "complete")) return [];
  const when = at ?? (session.created === undefined ? undefined : session.created * 1_000);
  if (when === undefined || typeof session.currency !== "string") return undefined;
  return told(biller, {
    paymentId,
    state: isPaid ? "succeeded" : isFailed ? "failed" : "pending",
    counted: session.amount_total,
    refunded: 0,
    currency: session.currency,
    method: onlyMethod(session.payment_method_types),
    paidAt: when,
    names: { sentAlong: [session.metadata], ours: [session.client_reference_id], mayBeBillId: true },
    references: [named(session.id, "cs_"), named(session.invoice, "in_")],
  });
}

/** Money that is held but not taken yet is pending; an intent that waits for its payer tells nothing. */
function stateOf({ status, last_payment_error: error }: Intent): GatewayPayment["state"] | undefined {
  if (status === "succeeded") return "succeeded";
  if (status === "processing" || status === "requires_capture") return "pending";
  if (status === "canceled") return "failed";
  return status === "requires_payment_method" && error ? "failed" : undefined;
}

function ofIntent(biller: BillerId, objects: StripeObjects, { at }: StripeEventFacts) {
  const intent = Intent.safeParse(objects.paymentIntent).data;
  if (!intent) return undefined;
  const state = stateOf(intent);
  if (!state) return [];
  const charge = Charge.safeParse(intent.latest_charge).data;
  const invoice = Invoice.safeParse(objects.invoice).data;
  const session = Session.safeParse(objects.session).data;
  return told(biller, {
    paymentId: intent.id,
    state,
    counted: state === "succeeded" ? (intent.amount_received ?? intent.amount) : intent.amount,
    refunded: charge?.amount_refunded ?? 0,
    currency: intent.currency,
    method: methodOf(charge) ?? onlyMethod(intent.payment_method_types),
    paidAt: charge ? charge.created * 1_000 : (at ?? intent.created * 1_000),
    names: { sentAlong: [intent.metadata, invoice?.metadata, session?.metadata] },
    references: [
      named(intent.latest_charge, "ch_"),
      named(intent.invoice, "in_"),
      named(invoice?.id, "in_"),
      named(session?.id, "cs_"),
    ],
  });
}

function ofCharge(biller: BillerId, object: unknown) {
  const charge = Charge.safeParse(object).data;
  if (!charge) return undefined;
  const states: Readonly<Record<string, GatewayPayment["state"]>> = {
    succeeded: charge.captured === false ? "pending" : "succeeded",
    pending: "pending",
    failed: "failed",
  };
  const state = states[charge.status];
  if (!state) return [];
  return told(biller, {
    // A charge made without an intent is a payment of its own.
    paymentId: idOf(charge.payment_intent, "pi_") ?? charge.id,
    state,
    counted: state === "succeeded" ? (charge.amount_captured ?? charge.amount) : charge.amount,
    refunded: charge.amount_refunded ?? 0,
    currency: charge.currency,
    method: methodOf(charge),
    paidAt: charge.created * 1_000,
    names: { sentAlong: [charge.metadata] },
    references: [named(charge.id, "ch_"), named(charge.invoice, "in_")],
  });
}

/** An invoice that does not say by which intent it was paid tells nothing: it is to be looked up. */
function ofInvoice(biller: BillerId, object: unknown, { at }: StripeEventFacts) {
  const invoice = Invoice.safeParse(object).data;
  if (!invoice) return undefined;
  const paymentId = idOf(invoice.payment_intent, "pi_");
  if (paymentId === undefined || invoice.status !== "paid" || !invoice.amount_paid) return [];
  const paid = PaidAt.safeParse(invoice.status_transitions).data?.paid_at;
  return told(biller, {
    paymentId,
    state: "succeeded",
    counted: invoice.amount_paid,
    refunded: 0,
    currency: invoice.currency,
    method: undefined,
    paidAt: paid === undefined ? (at ?? invoice.created * 1_000) : paid * 1_000,
    names: { sentAlong: [invoice.metadata] },
    references: [named(invoice.id, "in_"), named(invoice.charge, "ch_")],
  });
}
