import type { LookUpMessage, PaymentMessage } from "../messages.ts";
import type { Ports } from "../ports.ts";

type LookUpPorts = Pick<Ports, "billers" | "gatewayLedgers" | "incomingPayments">;

/** `not-found`: the gateway holds nothing under the reference, or there is no such biller; whoever named it is not believed. */
export type LookedUp = { readonly outcome: "confirmed" | "not-found" };

/** The payment with where the body that named it lies. */
const withRaw = ({ type, payment }: PaymentMessage, raw: string | undefined): PaymentMessage =>
  raw === undefined || typeof payment !== "object" ? { type, payment } : { type, payment: { ...payment, raw } };

/**
 * Asks a gateway what it holds under a reference that somebody named, and hands that to the payments queue: what is counted is what the
 * gateway says. Throws provider-error where it does not answer, so that the queue asks again.
 */
export async function lookUpPayment(
  ports: LookUpPorts,
  { biller: id, gateway, reference, raw }: LookUpMessage,
): Promise<LookedUp> {
  const biller = await ports.billers.get(id);
  const found = biller ? await ports.gatewayLedgers[gateway].lookUp(biller, reference) : [];
  if (found.length === 0) return { outcome: "not-found" };
  await ports.incomingPayments.send(found.map((message) => withRaw(message, raw)));
  return { outcome: "confirmed" };
}
