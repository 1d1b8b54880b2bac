import { mayBeGranted, withGranted } from "../domain/award.ts";
import type { Counter } from "../domain/counter.ts";
import { providerError } from "../domain/errors.ts";
import type { LinkCode } from "../domain/link-code.ts";
import type { Award, OfferId } from "../domain/offer.ts";
import { type Payment, paymentKey } from "../domain/payment.ts";
import type { Ports } from "../ports.ts";

export type WritePorts = Pick<Ports, "payments" | "couponPool" | "clock">;

/** Senders write the same payment while its receipt is under way. */
const attempts = 8;

/** The payment as it is stored now. */
export const readPayment = async (ports: Pick<Ports, "payments">, payment: Payment): Promise<Payment> =>
  (await ports.payments.get(payment.code, paymentKey(payment), { consistent: true })) ?? payment;

/** The award of an offer to a payment. */
export const awardOf = ({ awards }: Payment, offer: OfferId): Award | undefined =>
  awards?.find((award) => award.offer === offer);

/** Changes the awards of a payment over whatever else is written of it; a change that keeps each award as it is writes nothing. */
export async function writeAwards(
  ports: Pick<Ports, "payments">,
  payment: Payment,
  change: (awards: readonly Award[], present: Payment) => readonly Award[],
): Promise<Payment> {
  let present = payment;
  for (let attempt = 0; attempt < attempts; attempt++) {
    const { awards: before = [] } = present;
    const awards = change(before, present);
    if (awards.length === before.length && awards.every((award, n) => award === before[n])) return present;
    const next = { ...present, awards, version: present.version + 1 };
    if (await ports.payments.save(next, present.version)) return next;
    present = await readPayment(ports, present);
  }
  throw providerError("the payment is being written by others; it is tried again");
}

/** Writes the award that the counter of its budget names the payment for: the `n`th, with the `n`th code where it is a coupon. */
export async function writeGranted(
  ports: WritePorts,
  payment: Payment,
  { offer, counter }: { readonly offer: OfferId; readonly counter: Counter },
): Promise<Payment> {
  const isCoupon = awardOf(payment, offer)?.kind === "coupon";
  const code = isCoupon ? await ports.couponPool.get({ biller: payment.biller, offer }, counter.n) : undefined;
  const at = ports.clock.now();
  return await writeAwards(ports, payment, (awards) => {
    const award = awards.find((one) => one.offer === offer);
    if (!award || !mayBeGranted(awards, award)) return awards;
    const { reason: _reason, ...rest } = award;
    return withGranted(awards, {
      ...rest,
      state: "granted",
      at,
      ...(code !== undefined && { coupon: { n: counter.n, code } }),
    });
  });
}

/** Writes the award of who took from a budget last, should that one have died before it did. */
export async function finishOwner(
  ports: WritePorts,
  { offer, counter }: { readonly offer: OfferId; readonly counter: Counter },
): Promise<void> {
  if (!counter.owner) return;
  const { code, key } = counter.owner;
  const payment = await ports.payments.get(code as LinkCode, key, { consistent: true });
  const award = payment && awardOf(payment, offer);
  if (award && mayBeGranted(payment.awards ?? [], award)) await writeGranted(ports, payment, { offer, counter });
}
