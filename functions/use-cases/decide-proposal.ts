import type { Bill } from "../domain/bill.ts";
import { bankSource, railOfNames } from "../domain/credit.ts";
import { conflict, invalidInput, notFound, notReady } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import { paymentKey, type UnmatchedPayment } from "../domain/payment.ts";
import type { Proposal, ProposalDecision, ProposalId } from "../domain/proposal.ts";
import { unmatchedQuestion } from "../domain/unmatched-question.ts";
import type { Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";
import { type RecordPayment, recordPayment } from "./record-payment.ts";

type DecidePorts = Parameters<typeof recordPayment>[0] & Pick<Ports, "proposals">;

/** What an operator decides of a proposal; `billId` is the bill that the money is applied to, where the proposal names none. */
export type DecideProposal = {
  readonly biller: BillerId;
  readonly proposal: ProposalId;
  readonly decision: ProposalDecision;
  readonly billId?: BillId;
};

const attempts = 8;
const pageSize = 100;

/**
 * Does what an operator decided of a proposal, then writes the decision down: `apply` counts the money on its bill, all else only says
 * what is done outside. Told again it changes nothing. Throws not-found, conflict for one that was decided otherwise, invalid-input for
 * a decision or a bill that does not fit it.
 */
export async function decideProposal(ports: DecidePorts, command: DecideProposal): Promise<Proposal> {
  const question = await questionOf(ports, command);
  if (question.decided) return sameDecision(question, command);
  const { decision } = command;
  if (!question.options.includes(decision)) throw refused("decision", `must be one of ${question.options.join(", ")}`);
  if (decision !== "apply" && command.billId !== undefined) throw refused("billId", "is only for apply");
  const bill = decision === "apply" ? await billFor(ports, question, command) : undefined;
  // Once its money is applied, a payment is no longer found among those without a bill.
  await ports.proposals.add(question);
  if (bill) await applyTo(ports, question, bill);
  return await keepDecision(ports, command, bill?.billId);
}

const refused = (path: string, message: string) => invalidInput("The decision is not valid.", [{ path, message }]);

/** The proposal, or the payment without a bill that it is about. */
async function questionOf(ports: DecidePorts, { biller, proposal }: DecideProposal): Promise<Proposal> {
  const known = await ports.proposals.get(biller, proposal);
  if (known) return known;
  let after: string | undefined;
  while (proposal.startsWith("unmatched.")) {
    const page = await ports.payments.findUnmatched(biller, { limit: pageSize, ...(after && { after }) });
    const found = page.map(unmatchedQuestion).find(({ id }) => id === proposal);
    if (found) return found;
    const last = page.at(-1);
    if (!last || page.length < pageSize) break;
    after = paymentKey(last);
  }
  throw notFound(`There is no proposal ${proposal} of biller ${biller}.`);
}

function sameDecision(question: Proposal, { decision, billId }: DecideProposal): Proposal {
  const { decided } = question;
  if (decided?.decision === decision && (billId === undefined || decided.billId === billId)) return question;
  throw conflict(`Proposal ${question.id} was decided already: ${decided?.decision}.`);
}

/** The bill that money is applied to: the biller's own, and in the money's currency. */
async function billFor(ports: DecidePorts, question: Proposal, { biller, billId }: DecideProposal): Promise<Bill> {
  const named = question.kind === "already-held" ? question.billId : undefined;
  if (named !== undefined && billId !== undefined && billId !== named)
    throw refused("billId", `must be ${named}, which the proposal names`);
  const wanted = named ?? billId;
  if (wanted === undefined) throw refused("billId", "is required: the proposal names no bill");
  const { bill } = (await locateBill(ports, biller, wanted)).story;
  if (!bill) throw refused("billId", "is not a bill of the biller");
  if (bill.amountDue.currency !== question.amount.currency)
    throw refused("billId", `is a bill in ${bill.amountDue.currency}, the money is ${question.amount.currency}`);
  return bill;
}

/** Tells the money again, with its bill: it counts once, however often it is told. */
async function applyTo(ports: DecidePorts, question: Proposal, bill: Bill): Promise<void> {
  const kept = await ports.payments.getUnmatched(question.biller, paymentKey(question));
  const { bill: counted, outcome } = (await recordPayment(ports, told(question, bill, kept))) as {
    readonly bill?: Bill;
    readonly outcome: string;
  };
  if (counted?.billId === bill.billId) return;
  throw conflict(
    counted
      ? `The money was counted on bill ${counted.billId} in the meantime.`
      : `The money could not be counted on bill ${bill.billId}: ${outcome}.`,
  );
}

function told(question: Proposal, { billId, code }: Bill, kept: UnmatchedPayment | undefined): RecordPayment {
  const { biller, source, paymentId, amount, paidAt, references } = question;
  const rail = kept?.rail ?? (source === bankSource ? railOfNames(references) : undefined);
  const refundedTotal = kept && kept.refunded > 0 ? { ...amount, value: kept.refunded } : undefined;
  const payment = {
    ...{ biller, billId, code, source, paymentId, amount, paidAt, references: [...references] },
    ...(rail !== undefined && { rail }),
    ...(kept?.raw !== undefined && { raw: kept.raw }),
    ...(refundedTotal && { refundedTotal }),
  };
  return { type: kept?.confirmed === false ? "payment.refunded" : "payment.succeeded", payment };
}

async function keepDecision(
  { proposals, clock }: Pick<DecidePorts, "proposals" | "clock">,
  command: DecideProposal,
  billId: BillId | undefined,
): Promise<Proposal> {
  const { biller, proposal, decision } = command;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const open = await proposals.get(biller, proposal);
    if (!open) throw notFound(`There is no proposal ${proposal} of biller ${biller}.`);
    if (open.decided) return sameDecision(open, command);
    const decided = { decision, at: clock.now(), ...(billId !== undefined && { billId }) };
    const next = { ...open, decided, version: open.version + 1 };
    if (await proposals.save(next, open.version)) return next;
  }
  throw notReady("The proposal is being written by others; ask again.");
}
