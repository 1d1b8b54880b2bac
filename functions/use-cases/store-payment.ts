import { providerError } from "../domain/errors.ts";
import { mergePayment, type Payment, paymentKey, type UnmatchedPayment } from "../domain/payment.ts";
import { foreignRefundQuestion } from "../domain/payment-question.ts";
import type { Ports } from "../ports.ts";

type StorePorts = Pick<Ports, "payments" | "proposals">;

const attempts = 8;

/** The stored payment with what was told merged in: the same as it was stored, where nothing is new. */
export async function storePayment(ports: StorePorts, told: Payment): Promise<Payment> {
  return await mergeStored(ports, await ports.payments.add(told), told);
}

/** As `storePayment`, of a payment that is stored and was read. */
export async function mergeStored(ports: StorePorts, read: Payment, told: UnmatchedPayment): Promise<Payment> {
  let stored = read;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const merged = mergePayment(stored, told);
    await askOfForeignRefunds(ports, merged, [stored, told]);
    if (merged === stored) return stored;
    const next = { ...merged, version: stored.version + 1 };
    if (await ports.payments.save(next, stored.version)) return next;
    stored = (await ports.payments.get(read.code, paymentKey(read), { consistent: true })) ?? stored;
  }
  throw providerError("the payment is being written by others; it is tried again");
}

/**
 * Keeps a payment where operators look for what matches no bill, with all that was kept of it before; answers what is kept. Where
 * that is a payment that waits for a bill under its link code, and the given one names none, nothing is changed.
 */
export async function keepAside(ports: StorePorts, payment: UnmatchedPayment): Promise<UnmatchedPayment> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const known = await ports.payments.getUnmatched(payment.biller, paymentKey(payment));
    if (known?.code && !payment.code) return known;
    const merged = mergePayment(known ?? payment, payment);
    await askOfForeignRefunds(ports, merged, [known ?? payment, payment]);
    const isSame = merged === known && known.outcome === payment.outcome && known.code === payment.code;
    if (isSame) return known;
    const next = placedAs(payment, merged, (known?.version ?? 0) + 1);
    if (await ports.payments.keepUnmatched(next, known?.version ?? 0)) return next;
  }
  throw providerError("the payment is being written by others; it is tried again");
}

/** The newer word of where a payment belongs, with all that is known of it. */
function placedAs(payment: UnmatchedPayment, merged: UnmatchedPayment, version: number): UnmatchedPayment {
  const { code, billId, outcome } = payment;
  return {
    ...merged,
    ...(code && { code }),
    ...(billId && { billId }),
    ...(outcome && { outcome }),
    progress: { done: [] },
    version,
  };
}

/** What went back in a currency that a payment is not in is no part of it any more: operators see it before it is dropped. */
async function askOfForeignRefunds(
  { proposals }: Pick<Ports, "proposals">,
  payment: UnmatchedPayment,
  told: readonly UnmatchedPayment[],
): Promise<void> {
  for (const one of told) {
    const question = foreignRefundQuestion(payment, one);
    if (question) await proposals.add(question);
  }
}
