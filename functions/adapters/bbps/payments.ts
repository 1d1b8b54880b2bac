import * as z from "zod/mini";
import { type BillerId, BillId } from "../../domain/ids.ts";
import { Instant } from "../../domain/local-time.ts";
import { CurrencyCode, Money } from "../../domain/money.ts";
import { PaymentReference, PaymentTold } from "../../domain/payment.ts";
import type { PaymentMessage } from "../../messages.ts";

/** What this platform's payments are told under. */
export const source = "bbps";

const text = z.optional(z.nullable(z.string()));
const timestamp = z
  .string()
  .check(z.refine((value) => Instant.safeParse(value).success, "must be a time with its zone"));

/** A payment as the platform posts it (Setu, BBPS billers, Fetch receipt). */
export const PaymentPosting = z.object({
  platformBillID: text,
  billerBillID: text,
  paymentDetails: z.object({
    amountPaid: z.object({
      value: Money.shape.value.check(z.minimum(1, "must be more than zero")),
      currencyCode: z.optional(z.nullable(z.union([z.literal(""), CurrencyCode], "must be an ISO 4217 currency code"))),
    }),
    platformTransactionRefID: text,
    uniquePaymentRefID: PaymentTold.shape.paymentId,
    instrument: text,
    transactionTimestamp: timestamp,
  }),
});
type PaymentPosting = z.output<typeof PaymentPosting>;

const railOf = (instrument: string | null | undefined): string =>
  [source, instrument?.toLowerCase().replace(/[^a-z0-9]+/g, "-")]
    .filter(Boolean)
    .join("-")
    .replace(/-{2,}/g, "-")
    .slice(0, 32)
    .replace(/-+$/, "");

/** The posting in our words, in rupees where it names no currency; its ids of the bill and of the transaction are other names of the payment. */
export function bbpsPayment(
  biller: BillerId,
  { platformBillID, billerBillID, paymentDetails }: PaymentPosting,
): PaymentMessage {
  const { amountPaid, platformTransactionRefID, uniquePaymentRefID, instrument, transactionTimestamp } = paymentDetails;
  const names = [`bbps-bill:${platformBillID ?? ""}`, `bbps-transaction:${platformTransactionRefID ?? ""}`];
  const references = names.flatMap((name) => PaymentReference.safeParse(name).data ?? []);
  const billId = BillId.safeParse(billerBillID).data;
  const payment = {
    biller,
    // A bill id that is none of ours still comes with money: it is kept as unmatched, under its references.
    ...(billId !== undefined && { billId }),
    ...(references.length > 0 && { references }),
    paymentId: uniquePaymentRefID,
    amount: { value: amountPaid.value, currency: amountPaid.currencyCode || "INR" },
    rail: railOf(instrument),
    paidAt: transactionTimestamp,
    source,
  };
  return { type: "payment.succeeded", payment };
}
