import { providerError } from "../domain/errors.ts";
import { paymentKey } from "../domain/payment.ts";
import { type DecidedPayment, questionOf } from "../domain/payment-question.ts";
import type { Proposal } from "../domain/proposal.ts";
import type { Ports } from "../ports.ts";

type AskPorts = Pick<Ports, "proposals" | "clock">;

const attempts = 5;

/**
 * Asks the biller's operators what is to become of a payment, where its outcome leaves that open; once the money in question was given
 * back, the question is answered by that. Told again, it adds nothing.
 */
export async function askOperators(ports: AskPorts, decided: DecidedPayment): Promise<Proposal | undefined> {
  const question = questionOf(decided);
  if (!question) return undefined;
  await ports.proposals.add(question);
  const refunded = decided.bill.payments[paymentKey(decided.payment)]?.refunded ?? 0;
  if (refunded > 0) await closeRefunded(ports, question, refunded);
  return question;
}

async function closeRefunded(ports: AskPorts, { biller, id }: Proposal, refunded: number): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const open = await ports.proposals.get(biller, id);
    if (!open || open.decided || refunded < open.amount.value) return;
    const decided = { decision: "refund", at: ports.clock.now() } as const;
    if (await ports.proposals.save({ ...open, decided, version: open.version + 1 }, open.version)) return;
  }
  throw providerError("the proposal is being written by others; the payment is tried again");
}
