import type { BillerId } from "../../functions/domain/ids.ts";
import { type Payment, paymentKey, type UnmatchedPayment } from "../../functions/domain/payment.ts";
import type { PaymentStore, ReadOptions } from "../../functions/ports.ts";
import { type MemoryPlace, waitingRow } from "./memory-bill-store.ts";
import { copyOf } from "./memory-table.ts";

/** A `PaymentStore` in memory; `unmatched` is what operators would see. */
export type MemoryPaymentStore = PaymentStore & { readonly unmatched: readonly UnmatchedPayment[] };

/** Payments in memory. */
export function memoryPaymentStore({ table, lanes }: MemoryPlace): MemoryPaymentStore {
  const stored = (code: string, key: string, options?: ReadOptions): Payment | undefined =>
    table.get(`BILL#${code}`, `PAY#${key}`, options) as Payment | undefined;
  const write = (payment: Payment): void =>
    table.put(`BILL#${payment.code}`, `PAY#${paymentKey(payment)}`, waitingRow(payment, lanes));
  const { kept, ...aside } = unmatchedPayments();
  return {
    ...aside,
    get unmatched() {
      return [...kept.values()].map(copyOf);
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
  };
}

/** The payments that match no bill, by biller and key. */
function unmatchedPayments() {
  const kept = new Map<string, UnmatchedPayment>();
  const placeOf = (payment: Pick<UnmatchedPayment, "biller" | "source" | "paymentId">): string =>
    `${payment.biller}#${paymentKey(payment)}`;
  return {
    kept,
    async keepUnmatched(payment: UnmatchedPayment, readVersion?: number) {
      if (readVersion !== undefined && (kept.get(placeOf(payment))?.version ?? 0) !== readVersion) return false;
      kept.set(placeOf(payment), copyOf({ ...payment, progress: { done: [] } }));
      return true;
    },
    async forgetUnmatched(payment: Pick<UnmatchedPayment, "biller" | "source" | "paymentId">) {
      kept.delete(placeOf(payment));
    },
    getUnmatched: async (biller: BillerId, key: string) => copyOf(kept.get(`${biller}#${key}`)),
    async findUnmatched(biller: BillerId, { after = "", limit }: { readonly after?: string; readonly limit: number }) {
      const own = [...kept.values()].filter((payment) => payment.biller === biller && paymentKey(payment) > after);
      return own
        .toSorted((a, b) => (paymentKey(a) < paymentKey(b) ? -1 : 1))
        .slice(0, limit)
        .map(copyOf);
    },
  };
}
