import type { Bill } from "../domain/bill.ts";
import { bankSource, railOfNames } from "../domain/credit.ts";
import { conflict, invalidInput, notFound, notReady } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import { paymentKey, type UnmatchedPayment } from "../domain/payment.ts";
import { isSettled, type Proposal, type ProposalDecision, type ProposalId } from "../domain/proposal.ts";
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
 * Writes down what an operator decided of a proposal, then does it: `apply` counts the money on its bill, all else only says what is done
 * outside. Two who decide at once cannot both; the same decision asked again finishes what broke off. Throws not-found, conflict for one
 * that was decided otherwise or whose money is on another bill by now, invalid-input for a decision or a bill that does not fit it.
 */
export async function decideProposal(ports: DecidePorts, command: DecideProposal): Promise<Proposal> {
  const { decision } = command;
  const question = await questionOf(ports, command);
  if (question.decided) mustBeSame(question, command);
  if (isSettled(question)) return question;
  if (!question.options.includes(decision)) throw refused("decision", `must be one of ${question.options.join(", ")}`);
  if (decision !== "apply" && command.billId !== undefined) throw refused("billId", "is only for apply");
  const bill = decision === "apply" ? await billFor(ports, question, command) : undefined;
  // Once its money is applied, a payment is no longer found among those without a bill.
  await ports.proposals.add(question);
  const claimed = await claim(ports, command, bill?.billId);
  if (!bill || isSettled(claimed)) return claimed;
  const counted = await applyTo(ports, claimed, bill);
  const settled = await settle(ports, command, counted);
  if (counted !== bill.billId) throw conflict(`The money was counted on bill ${counted} in the meantime.`);
  return settled;
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

function mustBeSame(
  { id, decided }: Proposal,
  { decision, billId }: Pick<DecideProposal, "decision" | "billId">,
): void {
  if (decided?.decision === decision && (billId === undefined || decided.billId === billId)) return;
  throw conflict(`Proposal ${id} was decided already: ${decided?.decision}.`);
}

/** The bill that money is applied to: the biller's own, and in the money's currency. */
async function billFor(ports: DecidePorts, question: Proposal, { biller, billId }: DecideProposal): Promise<Bill> {
  const named = question.kind === "already-held" ? question.billId : undefined;
  if (named !== undefined && billId !== undefined && billId !== named)
    throw refused("billId", `must be ${named}, which the proposal names`);
  const wanted = named ?? billId ?? question.decided?.billId;
  if (wanted === undefined) throw refused("billId", "is required: the proposal names no bill");
  const { bill } = (await locateBill(ports, biller, wanted)).story;
  if (!bill) throw refused("billId", "is not a bill of the biller");
  if (bill.amountDue.currency !== question.amount.currency)
    throw refused("billId", `is a bill in ${bill.amountDue.currency}, the money is ${question.amount.currency}`);
  return bill;
}

/** Tells the money again, with its bill: it counts once, however often it is told. Answers the bill that counts it. */
async function applyTo(ports: DecidePorts, question: Proposal, bill: Bill): Promise<BillId> {
  const kept = await keptOf(ports, question);
  const { bill: found, outcome } = (await recordPayment(ports, told(question, bill, kept))) as {
    readonly bill?: Bill;
    readonly outcome: string;
  };
  if (found?.payments[paymentKey(question)]) return found.billId;
  // Nothing but the same decision may follow: another call may be counting the money at this moment.
  throw conflict(
    `The money could not be counted on bill ${bill.billId}: ${outcome}. The same decision tries it again.`,
  );
}

/** The payment as it is kept: without a bill, or where a try that broke off has counted it. */
async function keptOf({ payments, paymentReferences }: DecidePorts, { biller, ...named }: Proposal) {
  const key = paymentKey(named);
  const aside = await payments.getUnmatched(biller, key);
  const home = aside ? undefined : await paymentReferences.get(biller, key);
  return aside ?? (home?.key === key ? await payments.get(home.code, key, { consistent: true }) : undefined);
}

function told(question: Proposal, { billId, code }: Bill, kept: UnmatchedPayment | undefined): RecordPayment {
  const { biller, source, paymentId, paidAt, references } = question;
  // The question is about what is left of the money.
  const amount = kept?.amount ?? question.amount;
  const rail = kept?.rail ?? (source === bankSource ? railOfNames(references) : undefined);
  const refundedTotal = kept && kept.refunded > 0 ? { ...amount, value: kept.refunded } : undefined;
  const payment = {
    ...{ biller, billId, code, source, paymentId, amount, paidAt, references: [...references] },
    ...(rail !== undefined && { rail }),
    ...(kept?.raw !== undefined && { raw: kept.raw }),
    ...(refundedTotal && { refundedTotal }),
  };
  const isOther = question.kind === "already-held" && { isOther: true as const };
  return { type: kept?.confirmed === false ? "payment.refunded" : "payment.succeeded", payment, ...isOther };
}

type Kept = Pick<DecidePorts, "proposals" | "clock">;

/** Writes the decision down before anything is done, so that whoever decides otherwise is refused from here on. */
async function claim(ports: Kept, command: DecideProposal, billId: BillId | undefined): Promise<Proposal> {
  const { decision } = command;
  return await rewritten(ports, command, (open) => {
    if (open.decided) mustBeSame(open, { decision, ...(billId !== undefined && { billId }) });
    if (open.decided) return undefined;
    const at = ports.clock.now();
    return { decision, at, ...(billId !== undefined && { billId, acting: true }) };
  });
}

/** Writes down that the money is counted, and where. */
const settle = (ports: Kept, command: DecideProposal, billId: BillId): Promise<Proposal> =>
  rewritten(ports, command, (open) => {
    const { decided } = open;
    return decided?.acting && { decision: decided.decision, at: decided.at, billId };
  });

type Decided = NonNullable<Proposal["decided"]>;

/** The proposal with what `next` makes of it, in one conditional write; as it is where that is nothing. */
async function rewritten(
  { proposals }: Kept,
  { biller, proposal }: DecideProposal,
  next: (open: Proposal) => Decided | undefined,
): Promise<Proposal> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const open = await proposals.get(biller, proposal);
    if (!open) throw notFound(`There is no proposal ${proposal} of biller ${biller}.`);
    const decided = next(open);
    if (!decided) return open;
    const written = { ...open, decided, version: open.version + 1 };
    if (await proposals.save(written, open.version)) return written;
  }
  throw notReady("The proposal is being written by others; ask again.");
}
