import { type Payment, paymentKey } from "../../functions/domain/payment.ts";
import type { PaymentStore, ReadOptions } from "../../functions/ports.ts";
import { type MemoryPlace, waitingRow } from "./memory-bill-store.ts";
import { copyOf } from "./memory-table.ts";

/** A `PaymentStore` in memory; `unmatched` is what operators would see. */
export type MemoryPaymentStore = PaymentStore & { readonly unmatched: readonly Payment[] };

/** Payments in memory. */
export function memoryPaymentStore({ table, lanes }: MemoryPlace): MemoryPaymentStore {
  const unmatched = new Map<string, Payment>();
  const stored = (code: string, key: string, options?: ReadOptions): Payment | undefined =>
    table.get(`BILL#${code}`, `PAY#${key}`, options) as Payment | undefined;
  const write = (payment: Payment): void =>
    table.put(`BILL#${payment.code}`, `PAY#${paymentKey(payment)}`, waitingRow(payment, lanes));
  const unmatchedId = (payment: Payment): string => `${payment.biller}#${paymentKey(payment)}`;
  return {
    get unmatched() {
      return [...unmatched.values()];
    },
    async add(payment) {
      const key = paymentKey(payment);
      if (!stored(payment.code, key, { consistent: true })) write(payment);
      return stored(payment.code, key, { consistent: true }) as Payment;
    },
    async save(payment, readVersion) {
      const present = stored(payment.code, paymentKey(payment), { consistent: true });
      if ((present?.version ?? 0) !== readVersion) return false;
      write(payment);
      return true;
    },
    get: async (code, key, options) => stored(code, key, options),
    async keepUnmatched(payment) {
      unmatched.set(unmatchedId(payment), copyOf(payment));
    },
    async forgetUnmatched(payment) {
      unmatched.delete(unmatchedId(payment));
    },
  };
}
