import type { Bill, CountedPayment } from "../functions/domain/bill.ts";
import type { Award } from "../functions/domain/offer.ts";
import type { Payment } from "../functions/domain/payment.ts";

/** A payment that a bill counts, as it was decided, with its receipt's number. */
export function countedPayment(
  names: Pick<Payment, "code" | "source" | "paymentId">,
  { bill, counted, awards }: { bill: Bill; counted: CountedPayment; awards: readonly Award[] | undefined },
): Payment {
  return {
    ...names,
    biller: bill.biller,
    billId: bill.billId,
    amount: { ...bill.amountDue, value: counted.amount },
    refunded: counted.refunded,
    confirmed: true,
    paidAt: counted.paidAt,
    receivedAt: counted.paidAt,
    version: 1,
    outcome: "full",
    number: { year: 2026, n: counted.n },
    ...(awards && { awards }),
    progress: { done: [] },
  };
}
