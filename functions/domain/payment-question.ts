import type { Bill } from "./bill.ts";
import { excessOf, type Payment, type PaymentOutcome, paymentKey, type UnmatchedPayment } from "./payment.ts";
import { type Proposal, type ProposalDecision, type ProposalKind, proposalId } from "./proposal.ts";

type Question = { readonly kind: ProposalKind; readonly options: readonly ProposalDecision[] };

/** The outcomes that leave money for a person to decide on; what matches no bill is listed by itself. */
const questions: Readonly<Partial<Record<PaymentOutcome, Question>>> = {
  duplicate: { kind: "duplicate", options: ["refund", "credit"] },
  over: { kind: "overpaid", options: ["refund", "credit", "dismiss"] },
  late: { kind: "late", options: ["refund", "credit", "dismiss"] },
};

/** A decided payment with the bill that counts it. */
export type DecidedPayment = {
  readonly bill: Bill;
  readonly payment: Payment;
  readonly outcome: PaymentOutcome;
};

/** What is to be asked about a payment for its outcome, and about how much of it; undefined where nothing is. */
export function questionOf({ bill, payment, outcome }: DecidedPayment): Proposal | undefined {
  const question = questions[outcome];
  if (!question) return undefined;
  const { biller, source, paymentId, amount, paidAt, references = [], code, decidedAt, receivedAt } = payment;
  const excess = outcome === "over" ? excessOf(bill, payment) : 0;
  return {
    ...question,
    id: proposalId(question.kind, paymentKey(payment)),
    biller,
    source,
    paymentId,
    amount: excess > 0 ? { ...amount, value: excess } : amount,
    paidAt,
    references,
    billId: bill.billId,
    code,
    at: decidedAt ?? receivedAt,
    version: 1,
  };
}

/**
 * What is to be asked where money is told to have gone back in another currency than its payment came in: it counts for nothing, and a
 * person looks at who told it. Undefined where none did.
 */
export function foreignRefundQuestion(
  payment: UnmatchedPayment,
  told: Pick<UnmatchedPayment, "amount" | "refunded">,
): Proposal | undefined {
  if (told.refunded === 0 || told.amount.currency === payment.amount.currency) return undefined;
  const { biller, source, paymentId, paidAt, references = [], billId, code, receivedAt } = payment;
  return {
    id: proposalId("wrong-currency", paymentKey(payment)),
    biller,
    kind: "wrong-currency",
    options: ["dismiss"],
    source,
    paymentId,
    amount: { ...told.amount, value: told.refunded },
    paidAt,
    references,
    ...(billId !== undefined && { billId }),
    ...(code !== undefined && { code }),
    at: receivedAt,
    version: 1,
  };
}
