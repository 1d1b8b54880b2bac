import * as z from "zod/mini";
import { codeInCheckout } from "../domain/attempt-reference.ts";
import { type BillerId, BillId } from "../domain/ids.ts";
import type { LinkCode } from "../domain/link-code.ts";
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

/** Where a gateway may name the bill: what was sent along with the checkout, the nearest to the payment first, and references of ours, or its code. */
export type BillNames = {
  readonly sentAlong: readonly unknown[];
  /** `<code>.<n>`, or a bill id where `mayBeBillId`. */
  readonly ours?: readonly (string | null | undefined)[];
  readonly mayBeBillId?: boolean;
  readonly code?: LinkCode | undefined;
};

/** Mercado Pago answers names in snake case, however they were sent. */
const SentAlong = z.object({
  biller: z.optional(z.unknown()),
  billId: z.optional(z.unknown()),
  bill_id: z.optional(z.unknown()),
});

const mostReferences = 12;

function billOf(biller: BillerId, { sentAlong, ours = [], mayBeBillId = false, code: known }: BillNames) {
  const told = sentAlong.map((one) => SentAlong.safeParse(one).data ?? {});
  // An account may be shared: what was sent along by another biller says nothing of this one's bills.
  if (told.some((one) => typeof one.biller === "string" && one.biller !== biller)) return {};
  const ids = told.flatMap((one) => [one.billId, one.bill_id]).map((id) => BillId.safeParse(id).data);
  const billId = ids.find((id) => id !== undefined);
  if (billId !== undefined) return { billId };
  for (const reference of ours) {
    const code = codeInCheckout(reference ?? "");
    if (code !== undefined) return { code };
    const named = mayBeBillId ? BillId.safeParse(reference).data : undefined;
    if (named !== undefined) return { billId: named };
  }
  return known === undefined ? {} : { code: known };
}

const railOf = (source: string, method: string | undefined): string =>
  [source, method?.toLowerCase().replace(/[^a-z0-9]+/g, "-")].filter(Boolean).join("-").slice(0, 32).replace(/-+$/, "");

/**
 * The payment as it goes to the payments queue, what went back of it also as a message of its own; none where no money is meant, undefined
 * where it cannot be told.
 */
export function toldByGateway(biller: BillerId, held: GatewayPayment): PaymentMessage[] | undefined {
  // A mandate that is registered, a card that is only tried: there is no money to count.
  if (held.amount.value === 0) return [];
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
  if (held.state !== "succeeded" || held.refunded <= 0) return [{ type: `payment.${held.state}`, payment }];
  const refundedTotal = { value: Math.min(held.refunded, amount.value), currency: amount.currency };
  // Said with the success, too: reminders must not end for money that is known to have gone back.
  const told = { ...payment, refundedTotal };
  return [
    { type: "payment.succeeded", payment: told },
    { type: "payment.refunded", payment: told },
  ];
}
