import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import { CurrencyCode, fromDecimal } from "../../domain/money.ts";
import type { PaymentMessage } from "../../messages.ts";
import { exactJsonIn, plainDecimal } from "../exact-json.ts";
import { type GatewayPayment, toldByGateway } from "../gateway-told.ts";

const text = z.optional(z.nullable(z.string()));

/** A payment of Mercado Pago, its numbers as they were written. */
const Payment = z.object({
  id: z.string().check(z.regex(/^[A-Za-z0-9]{1,40}$/)),
  status: z.string(),
  transaction_amount: z.string(),
  transaction_amount_refunded: text,
  currency_id: CurrencyCode,
  date_approved: text,
  date_created: text,
  payment_method_id: text,
  payment_type_id: text,
  external_reference: text,
  order: z.optional(z.unknown()),
  point_of_interaction: z.optional(z.unknown()),
  metadata: z.optional(z.unknown()),
});
const Order = z.object({ id: z.string() });
const Pix = z.object({ transaction_data: z.object({ e2e_id: z.string() }) });

/** A dispute changes nothing of what was paid: only money that went back does. */
const states: Readonly<Record<string, GatewayPayment["state"]>> = {
  approved: "succeeded",
  refunded: "succeeded",
  in_mediation: "succeeded",
  charged_back: "succeeded",
  authorized: "pending",
  pending: "pending",
  in_process: "pending",
  rejected: "failed",
  cancelled: "failed",
};

/** What Mercado Pago holds of a payment, from the text of its answer: none where its state says nothing to us, undefined where it cannot be read. */
export const mercadoPagoPayments = (biller: BillerId, paymentText: string): PaymentMessage[] | undefined =>
  mercadoPagoPaymentsIn(biller, exactJsonIn(paymentText));

/** As `mercadoPagoPayments`, from JSON whose numbers are texts (`exactJsonIn`). */
export function mercadoPagoPaymentsIn(biller: BillerId, json: unknown): PaymentMessage[] | undefined {
  const payment = Payment.safeParse(json).data;
  if (!payment) return undefined;
  const state = states[payment.status];
  if (!state) return [];
  const moneyIn = (decimal: string) => fromDecimal(plainDecimal(decimal) ?? "", payment.currency_id);
  const amount = moneyIn(payment.transaction_amount);
  const told = moneyIn(payment.transaction_amount_refunded ?? "0");
  const paidAt = Date.parse(payment.date_approved ?? payment.date_created ?? "");
  if (!amount || !told || Number.isNaN(paidAt)) return undefined;
  const order = Order.safeParse(payment.order).data?.id;
  const e2e = Pix.safeParse(payment.point_of_interaction).data?.transaction_data.e2e_id;
  return toldByGateway(biller, {
    source: "mercado-pago",
    paymentId: payment.id,
    state,
    amount,
    refunded: payment.status === "refunded" ? amount.value : told.value,
    method: (payment.payment_method_id === "pix" ? "pix" : payment.payment_type_id) ?? undefined,
    paidAt,
    names: { sentAlong: [payment.metadata], ours: [payment.external_reference], mayBeBillId: true },
    // The external reference is the merchant's own and may be shared by payments of different bills: it names no payment.
    references: [order && `mercado-pago:order:${order}`, e2e && `e2e:${e2e}`],
  });
}
