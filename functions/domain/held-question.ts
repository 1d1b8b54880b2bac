import { namedBy, paymentKey } from "./payment.ts";
import { type Proposal, proposalId } from "./proposal.ts";

/** Money told of, and the payment that it may be: by a name that both have, or by amount and day. */
type Asked = Pick<Proposal, "biller" | "source" | "paymentId" | "amount" | "paidAt" | "references" | "at"> & {
  readonly bill?: Required<Pick<Proposal, "billId" | "code">>;
  readonly held: { readonly key: string; readonly by: "reference" | "amount-and-day" };
};

/** The question whether money is that of a payment held already: it is counted only if an operator says that it is other money. */
export function heldQuestion({
  biller,
  source,
  paymentId,
  amount,
  paidAt,
  references,
  bill,
  held,
  at,
}: Asked): Proposal {
  return {
    id: proposalId("already-held", paymentKey({ source, paymentId })),
    biller,
    kind: "already-held",
    options: ["apply", "dismiss"],
    ...{ source, paymentId, amount, paidAt, references },
    ...(bill && { billId: bill.billId, code: bill.code }),
    held: { ...namedBy(held.key), by: held.by },
    at,
    version: 1,
  };
}
