import { paymentKey, type UnmatchedPayment } from "./payment.ts";
import { type Proposal, type ProposalDecision, proposalId } from "./proposal.ts";

const all: readonly ProposalDecision[] = ["apply", "refund", "credit", "dismiss"];
/** Of a payment that went back in full, or is known only by its refund, there is no money to give back. */
const nothingLeft: readonly ProposalDecision[] = ["apply", "dismiss"];

/**
 * What operators are asked about a payment that is on no bill, and about what is left of it; its id is the same in whichever way it does
 * not fit.
 */
export function unmatchedQuestion(payment: UnmatchedPayment): Proposal {
  const { biller, source, paymentId, paidAt, references = [], billId, receivedAt, confirmed } = payment;
  const left = Math.max(0, payment.amount.value - payment.refunded);
  return {
    id: proposalId("unmatched", paymentKey(payment)),
    biller,
    kind: payment.outcome === "wrong-currency" ? "wrong-currency" : "unmatched",
    options: confirmed && left > 0 ? all : nothingLeft,
    source,
    paymentId,
    amount: { ...payment.amount, value: left },
    paidAt,
    references,
    ...(billId !== undefined && { billId }),
    at: receivedAt,
    version: 1,
  };
}
