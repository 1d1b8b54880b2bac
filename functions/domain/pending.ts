import { type Bill, settlementOf } from "./bill.ts";
import type { Moment } from "./local-time.ts";

/** What a payer's side says of a payment before it succeeds: that it is under way, or that it came to nothing; in minor units. */
export type PendingFact = { readonly key: string; readonly amount: number; readonly at: Moment };

/** How many failed payments a bill remembers, so that an older word of them does not come back. */
const mostFailures = 5;

/**
 * The bill with a payment under way; the same bill where the payment is counted, or failed at that time or later, where one told later
 * is under way, and where the bill is settled. Of what is told of one payment the latest holds, in whatever order it comes.
 */
export function withPending(bill: Bill, told: PendingFact): Bill {
  const { key, amount, at } = told;
  const failedAt = bill.failed?.find((failure) => failure.key === key)?.at;
  if (bill.payments[key] || (failedAt !== undefined && failedAt >= at) || settlementOf(bill)) return bill;
  return bill.pending && bill.pending.at >= at ? bill : { ...bill, pending: { key, amount, at } };
}

/** The bill with a payment that failed: no longer under way, and remembered; the same bill where it is counted, or was told later. */
export function withFailure(bill: Bill, { key, at }: Omit<PendingFact, "amount">): Bill {
  const known = bill.failed?.find((failure) => failure.key === key);
  if (bill.payments[key] || (known && known.at >= at)) return bill;
  const others = (bill.failed ?? []).filter((failure) => failure.key !== key);
  const failed = [...others, { key, at }].toSorted((a, b) => a.at - b.at).slice(-mostFailures);
  const kept = bill.pending && bill.pending.at <= at ? withoutPending(bill, key) : bill;
  return { ...kept, failed };
}

/** The bill without what was under way under this key: the payment has succeeded. */
export function withoutPending<B extends Pick<Bill, "pending">>(bill: B, key: string): B {
  if (bill.pending?.key !== key) return bill;
  const { pending: _, ...rest } = bill;
  return rest as B;
}
