import { DeskEventName } from "./biller-told.ts";
import type { BillerId, BillId } from "./ids.ts";
import { type ProposalKind, proposalId } from "./proposal.ts";

/** An event as a desk is told of it: ids only. */
export type DeskEvent = {
  readonly type: DeskEventName;
  readonly eventId: string;
  /** When it happened, ISO 8601. */
  readonly time: string;
  readonly biller: BillerId;
  readonly billId?: BillId;
  readonly source?: string;
  readonly paymentId?: string;
  /** The proposal that asks what is to be done, where the event names it. */
  readonly proposal?: string;
};

/** What happened, and which proposal of ours asks what is to be done about it, if any. */
const told: Readonly<Record<DeskEventName, { readonly what: string; readonly proposal?: ProposalKind }>> = {
  "bill.paid": { what: "A bill was paid in full" },
  "bill.part-paid": { what: "A part of a bill was paid" },
  "bill.overpaid": { what: "More was paid than was owed", proposal: "overpaid" },
  "bill.refunded": { what: "A payment was refunded" },
  "payment.duplicate": { what: "A payment came that may be one too many", proposal: "duplicate" },
  "payment.late": { what: "A payment came after its bill was canceled or had expired", proposal: "late" },
  "payment.unmatched": { what: "A payment matches no bill", proposal: "unmatched" },
  "customer.answered": { what: "A customer answered from the bill's page" },
};

/** Whether a name on the bus is one of which desks are told. */
export const isDeskEvent = (name: string): name is DeskEventName => DeskEventName.safeParse(name).success;

/** The e-mail for the people at a biller: which bill and payment, and what to do next; no customer, no amount. */
export function deskMail(event: DeskEvent): { readonly subject: string; readonly text: string } {
  const { billId, source, paymentId, time, eventId } = event;
  const { what } = told[event.type];
  const facts = [
    ["Bill", billId],
    ["Payment", source === undefined || paymentId === undefined ? undefined : `${paymentId} (${source})`],
    ["Time", time],
    ["Event", eventId],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]));
  return {
    subject: `${what}: ${billId ?? paymentId ?? eventId}`,
    text: [`${what}.`, facts.join("\n"), nextOf(event), ""].join("\n\n"),
  };
}

function nextOf({ type, biller, billId, source, paymentId, proposal: named }: DeskEvent): string {
  const { proposal } = told[type];
  const list = `/v1/billers/${biller}/proposals`;
  if (proposal === undefined)
    return billId === undefined
      ? "There is nothing to decide."
      : `There is nothing to decide. GET /v1/billers/${biller}/bills/${billId} tells the bill's whole story.`;
  // Money that could not be counted is listed by why, which the event does not tell.
  const isNamed = proposal !== "unmatched" && source !== undefined && paymentId !== undefined;
  const id = named ?? (isNamed ? proposalId(proposal, `${source}:${paymentId}`) : undefined);
  if (id === undefined)
    return `Please decide what becomes of it: GET ${list} lists it, POST ${list}/{proposal} takes the decision.`;
  return `Please decide what becomes of it: GET ${list} lists it as ${id}, POST ${list}/${id} takes the decision.`;
}
