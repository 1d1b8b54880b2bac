import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import { CurrencyCode } from "../../domain/money.ts";
import type { PaymentMessage } from "../../messages.ts";
import { type GatewayPayment, toldByGateway } from "../gateway-told.ts";

const text = z.optional(z.nullable(z.string()));
/** What was sent along; empty ones come as `[]`, `null` or `{}`. */
const notes = z.optional(z.unknown());

const Payment = z.object({
  id: z.string().check(z.regex(/^pay_[A-Za-z0-9]{1,40}$/)),
  amount: z.int(),
  currency: CurrencyCode,
  status: z.string(),
  amount_refunded: z.optional(z.nullable(z.int().check(z.minimum(0)))),
  order_id: text,
  invoice_id: text,
  method: text,
  acquirer_data: z.optional(z.unknown()),
  notes,
  created_at: z.int().check(z.minimum(0)),
});
const Order = z.object({ id: text, receipt: text, notes });
const Link = z.object({ id: text, reference_id: text, order_id: text, notes });
const AcquirerData = z.object({ rrn: text });

/** `created` is left out: the payer was shown a form, no more. */
const states: Readonly<Record<string, GatewayPayment["state"]>> = {
  captured: "succeeded",
  refunded: "succeeded",
  authorized: "pending",
  pending: "pending",
  failed: "failed",
};

/** Entities as Razorpay's webhooks and API hold them; the refund tells nothing that its payment does not. */
export type RazorpayEntities = {
  readonly payment: unknown;
  readonly order?: unknown;
  readonly paymentLink?: unknown;
  readonly refund?: unknown;
};

const named = (prefix: string, id: string | null | undefined): string | undefined =>
  id?.startsWith(prefix) ? `razorpay:${id}` : undefined;

/** What Razorpay holds of a payment, in our words: none where it has come to nothing yet, undefined where it cannot be read. Paise are minor units already. */
export function razorpayPayments(biller: BillerId, entities: RazorpayEntities): PaymentMessage[] | undefined {
  const payment = Payment.safeParse(entities.payment).data;
  if (!payment) return undefined;
  const state = states[payment.status];
  if (!state) return [];
  const order = Order.safeParse(entities.order).data;
  const link = Link.safeParse(entities.paymentLink).data;
  const rrn = AcquirerData.safeParse(payment.acquirer_data).data?.rrn;
  return toldByGateway(biller, {
    source: "razorpay",
    paymentId: payment.id,
    state,
    amount: { value: payment.amount, currency: payment.currency },
    refunded: payment.status === "refunded" ? payment.amount : (payment.amount_refunded ?? 0),
    method: payment.method ?? undefined,
    paidAt: payment.created_at * 1_000,
    names: { sentAlong: [payment.notes, order?.notes, link?.notes], ours: [link?.reference_id, order?.receipt] },
    references: [
      named("order_", payment.order_id),
      named("order_", order?.id),
      named("order_", link?.order_id),
      named("plink_", link?.id),
      named("inv_", payment.invoice_id),
      rrn ? `rrn:${rrn}` : undefined,
    ],
  });
}
