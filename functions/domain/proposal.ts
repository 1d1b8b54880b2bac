import * as z from "zod/mini";
import type { BillerId, BillId } from "./ids.ts";
import type { LinkCode } from "./link-code.ts";
import type { Moment } from "./local-time.ts";
import type { Money } from "./money.ts";
import { shortHash } from "./short-hash.ts";

/** The name of a proposal, made from what it is about. */
export const ProposalId = z
  .string()
  .check(z.regex(/^[a-z-]{1,20}\.[a-z0-9]{1,16}$/, "must be the id of a proposal"))
  .brand<"ProposalId">();
export type ProposalId = z.output<typeof ProposalId>;

/**
 * Why an operator is asked: another payment for a bill that was paid, more than was owed, money after cancel or expiry, money that
 * matches no bill, in another currency, or money that may be a payment already held.
 */
export type ProposalKind = "duplicate" | "overpaid" | "late" | "unmatched" | "wrong-currency" | "already-held";

/** What an operator may decide: what was done with the money outside, or what is to be done with it here. */
export const ProposalDecision = z.enum(["refund", "credit", "apply", "dismiss"]);
export type ProposalDecision = z.output<typeof ProposalDecision>;

/** A question about money that is put to the biller's operators. */
export type Proposal = {
  readonly id: ProposalId;
  readonly biller: BillerId;
  readonly kind: ProposalKind;
  /** What may be decided of it. */
  readonly options: readonly ProposalDecision[];
  readonly source: string;
  readonly paymentId: string;
  readonly amount: Money;
  readonly paidAt: Moment;
  readonly references: readonly string[];
  readonly billId?: BillId;
  readonly code?: LinkCode;
  /** The payment that may be the same money, and by what it seems so. */
  readonly held?: { readonly source: string; readonly paymentId: string; readonly by: "reference" | "amount-and-day" };
  readonly at: Moment;
  readonly decided?: {
    readonly decision: ProposalDecision;
    readonly at: Moment;
    readonly billId?: BillId;
    /** The decision stands, and is not carried out yet: the same one asked again does so. */
    readonly acting?: true;
  };
  readonly version: number;
};

/** Whether nothing is left to do about a proposal: it was decided, and what was decided is carried out. */
export const isSettled = ({ decided }: Pick<Proposal, "decided">): boolean => decided !== undefined && !decided.acting;

/** The same for the same kind and payment, however often it is asked. */
export const proposalId = (kind: ProposalKind, paymentKey: string): ProposalId =>
  ProposalId.parse(`${kind}.${shortHash(paymentKey)}`);
