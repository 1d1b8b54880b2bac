import { invalidInput, notFound } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import { toIso } from "../domain/local-time.ts";
import type { Money } from "../domain/money.ts";
import { paymentKey } from "../domain/payment.ts";
import type { Proposal, ProposalDecision, ProposalId, ProposalKind } from "../domain/proposal.ts";
import { unmatchedQuestion } from "../domain/unmatched-question.ts";
import type { Ports } from "../ports.ts";

/** Which of a biller's open questions are wanted: at most `limit`, after the `next` of an earlier answer. */
export type GetProposals = { readonly biller: BillerId; readonly after?: string; readonly limit: number };

/** A question about money, as the API tells it. */
export type ProposalAnswer = {
  readonly id: ProposalId;
  readonly kind: ProposalKind;
  readonly options: readonly ProposalDecision[];
  readonly source: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly paidAt: string;
  readonly billId?: BillId;
  readonly held?: Proposal["held"];
  readonly at: string;
  readonly decided?: {
    readonly decision: ProposalDecision;
    readonly at: string;
    readonly billId?: BillId;
    readonly acting?: true;
  };
};

export type ProposalsAnswer = { readonly proposals: readonly ProposalAnswer[]; readonly next?: string };

type ListPorts = Pick<Ports, "billers" | "proposals" | "payments">;

/** How many payments without a bill are looked at for one answer: of those decided long ago there may be many. */
const mostLookedAt = 500;

/** The proposals are listed first, then the payments that are on no bill; `next` says in which list, and where. */
const proposalMark = "p.";
const paymentMark = "u.";

/**
 * The open questions about a biller's money, payments that are on no bill included, and those whose decision is not carried out yet.
 * Throws not-found and invalid-input.
 */
export async function getProposals(ports: ListPorts, { biller, after, limit }: GetProposals): Promise<ProposalsAnswer> {
  if (!(await ports.billers.getCached(biller))) throw notFound(`There is no biller ${biller}.`);
  if (after !== undefined && !/^[pu]\..{0,140}$/.test(after))
    throw invalidInput("The query is not valid.", [
      { path: "after", message: "must be the next of an earlier answer" },
    ]);
  if (after?.startsWith(paymentMark))
    return await withUnmatched(ports, { biller, limit }, { found: [], from: after.slice(paymentMark.length) });
  const from = after?.slice(proposalMark.length);
  const found = await ports.proposals.find(biller, { limit, ...(from && { after: from }) });
  const last = found.at(-1);
  if (found.length >= limit && last) return { proposals: found.map(proposalAnswer), next: `${proposalMark}${last.id}` };
  return await withUnmatched(ports, { biller, limit }, { found });
}

/** The list filled up with payments that are on no bill, but for those that are proposals by now, open or decided. */
async function withUnmatched(
  { payments, proposals }: ListPorts,
  { biller, limit }: Pick<GetProposals, "biller" | "limit">,
  { found, from }: { readonly found: readonly Proposal[]; readonly from?: string },
): Promise<ProposalsAnswer> {
  const list = [...found];
  let after = from;
  for (let looked = 0; looked < mostLookedAt; ) {
    const page = await payments.findUnmatched(biller, { limit, ...(after && { after }) });
    for (const payment of page) {
      if (list.length >= limit) return { proposals: list.map(proposalAnswer), next: `${paymentMark}${after ?? ""}` };
      const question = unmatchedQuestion(payment);
      if (!(await proposals.get(biller, question.id))) list.push(question);
      after = paymentKey(payment);
    }
    looked += page.length;
    if (page.length < limit) return { proposals: list.map(proposalAnswer) };
  }
  return { proposals: list.map(proposalAnswer), next: `${paymentMark}${after ?? ""}` };
}

/** A proposal without the link code of its bill and the payer's references. */
export function proposalAnswer(proposal: Proposal): ProposalAnswer {
  const { id, kind, options, source, paymentId, amount, paidAt, billId, held, at, decided } = proposal;
  return {
    ...{ id, kind, options, source, paymentId, amount, paidAt: toIso(paidAt) },
    ...(billId !== undefined && { billId }),
    ...(held && { held }),
    at: toIso(at),
    ...(decided && { decided: { ...decided, at: toIso(decided.at) } }),
  };
}
