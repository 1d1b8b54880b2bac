import * as z from "zod/mini";
import { type BillerId, BillId } from "../domain/ids.ts";
import { LinkCode } from "../domain/link-code.ts";
import { type Moment, toIso } from "../domain/local-time.ts";
import type { Money } from "../domain/money.ts";
import { PaymentReference, PaymentTold } from "../domain/payment.ts";
import type { PaymentMessage } from "../messages.ts";

/** What a gateway holds of one payment, in its own names; `refunded` in minor units. */
export type GatewayPayment = {
  readonly source: string;
  readonly paymentId: string;
  readonly state: "succeeded" | "pending" | "failed";
  readonly amount: Money;
  readonly refunded: number;
  readonly method: string | undefined;
  readonly paidAt: Moment;
  readonly names: BillNames;
  readonly references: readonly (string | undefined)[];
};

/** Where a gateway may name the bill: what was sent along with the checkout, the nearest to the payment first, and references of ours. */
export type BillNames = {
  readonly sentAlong: readonly unknown[];
  /** `<code>.<n>`, or a bill id where `mayBeBillId`. */
  readonly ours?: readonly (string | null | undefined)[];
  readonly mayBeBillId?: boolean;
};

/** Mercado Pago answers names in snake case, however they were sent. */
const SentAlong = z.object({
  biller: z.optional(z.unknown()),
  billId: z.optional(z.unknown()),
  bill_id: z.optional(z.unknown()),
});

const attemptReference = /^([1-9A-HJ-NP-Za-km-z]{13})\.\d{1,9}$/;
const mostReferences = 12;

function billOf(biller: BillerId, { sentAlong, ours = [], mayBeBillId = false }: BillNames) {
  const told = sentAlong.map((one) => SentAlong.safeParse(one).data ?? {});
  // An account may be shared: what was sent along by another biller says nothing of this one's bills.
  if (told.some((one) => typeof one.biller === "string" && one.biller !== biller)) return {};
  const ids = told.flatMap((one) => [one.billId, one.bill_id]).map((id) => BillId.safeParse(id).data);
  const billId = ids.find((id) => id !== undefined);
  if (billId !== undefined) return { billId };
  for (const reference of ours) {
    const code = LinkCode.safeParse(attemptReference.exec(reference ?? "")?.[1]).data;
    if (code !== undefined) return { code };
    const named = mayBeBillId ? BillId.safeParse(reference).data : undefined;
    if (named !== undefined) return { billId: named };
  }
  return {};
}

const railOf = (source: string, method: string | undefined): string =>
  [source, method?.toLowerCase().replace(/[^a-z0-9]+/g, "-")].filter(Boolean).join("-").slice(0, 32).replace(/-+$/, "");

/** The payment as it goes to the payments queue, its refunds as a message of their own; undefined where it is none that can be told. */
export function toldByGateway(biller: BillerId, held: GatewayPayment): PaymentMessage[] | undefined {
  const references = new Set(held.references.flatMap((name) => PaymentReference.safeParse(name).data ?? []));
  const { source, paymentId, amount } = held;
  // A time that no date can hold would be thrown at, not refused.
  if (Number.isNaN(new Date(held.paidAt).getTime())) return undefined;
  const payment = {
    biller,
    ...billOf(biller, held.names),
    ...(references.size > 0 && { references: [...references].slice(0, mostReferences) }),
    paymentId,
    amount,
    rail: railOf(source, held.method),
    paidAt: toIso(held.paidAt),
    source,
  };
  if (!PaymentTold.safeParse(payment).success) return undefined;
  const told: PaymentMessage = { type: `payment.${held.state}`, payment };
  if (held.state !== "succeeded" || held.refunded <= 0) return [told];
  const refundedTotal = { value: Math.min(held.refunded, amount.value), currency: amount.currency };
  return [told, { type: "payment.refunded", payment: { ...payment, refundedTotal } }];
}
