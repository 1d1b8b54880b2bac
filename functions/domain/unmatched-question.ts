import { paymentKey, type UnmatchedPayment } from "./payment.ts";
import { type Proposal, type ProposalDecision, proposalId } from "./proposal.ts";

const all: readonly ProposalDecision[] = ["apply", "refund", "credit", "dismiss"];
/** Of a payment known only by its refund there is no money to give back. */
const onlyRefunded: readonly ProposalDecision[] = ["apply", "dismiss"];

/** What operators are asked about a payment that is on no bill; its id is the same in whichever way it does not fit. */
export function unmatchedQuestion(payment: UnmatchedPayment): Proposal {
  const { biller, source, paymentId, amount, paidAt, references = [], billId, receivedAt, confirmed } = payment;
  return {
    id: proposalId("unmatched", paymentKey(payment)),
    biller,
    kind: payment.outcome === "wrong-currency" ? "wrong-currency" : "unmatched",
    options: confirmed ? all : onlyRefunded,
    source,
    paymentId,
    amount,
    paidAt,
    references,
    ...(billId !== undefined && { billId }),
    at: receivedAt,
    version: 1,
  };
}
