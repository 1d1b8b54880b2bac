import { providerError } from "../domain/errors.ts";
import { isMovement, ownReference, type Payment, paymentKey, type UnmatchedPayment } from "../domain/payment.ts";
import { proposalId } from "../domain/proposal.ts";
import type { ReferredPayment } from "../money-ports.ts";
import type { Ports } from "../ports.ts";
import { mergeStored } from "./store-payment.ts";

/** Where a stored payment belongs, if elsewhere: on another bill, or as the payment that its own name is another name of. */
export async function homeElsewhere(
  { paymentReferences }: Pick<Ports, "paymentReferences">,
  payment: Payment,
): Promise<ReferredPayment | undefined> {
  const home = await paymentReferences.get(payment.biller, ownReference(payment));
  return home && (home.code !== payment.code || home.key !== paymentKey(payment)) ? home : undefined;
}

/**
 * The other payment that a payment's money is held as: one of its names is that of a movement of money and stands for the other, or is the
 * other's own. To be asked when the payment's names are put: of two that share one, told at the same time, one alone has it.
 */
export async function holderOf(
  { paymentReferences }: Pick<Ports, "paymentReferences">,
  payment: Pick<UnmatchedPayment, "biller" | "source" | "paymentId" | "references">,
): Promise<ReferredPayment | undefined> {
  for (const name of payment.references ?? []) {
    const known = await paymentReferences.get(payment.biller, name);
    if (!known || known.key === paymentKey(payment)) continue;
    if (isMovement(name) || known.key === name) return known;
  }
  return undefined;
}

/** Whether an operator says that it is other money; no longer, once what went back of it went back of the payment that holds it. */
export const isSurelyOther = (payment: Payment, { isOther = false }: { readonly isOther?: boolean }): boolean =>
  isOther && !(payment.outcome === "already-held" && payment.refunded > 0);

/** Whether operators decided, while the payment was on no bill, that its money is given back or credited outside. */
export async function isDoneOutside({ proposals }: Pick<Ports, "proposals">, payment: Payment): Promise<boolean> {
  const asked = await proposals.get(payment.biller, proposalId("unmatched", paymentKey(payment)));
  const decision = asked?.decided?.decision;
  return decision === "refund" || decision === "credit";
}

/** The payment that holds a payment's money, with what went back of it; undefined where they are in different currencies. */
export async function refundHolder(
  ports: Pick<Ports, "payments" | "proposals" | "paymentReferences">,
  { biller, amount, refunded }: Payment,
  holder: ReferredPayment,
): Promise<Payment | undefined> {
  const own = await ports.paymentReferences.get(biller, holder.key);
  const code = own?.key === holder.key ? own.code : holder.code;
  const stored = await ports.payments.get(code, holder.key, { consistent: true });
  if (!stored) throw providerError("the payment that holds the money is being written; its refund is tried again");
  if (stored.amount.currency !== amount.currency) return undefined;
  return await mergeStored(ports, stored, { ...stored, refunded });
}
