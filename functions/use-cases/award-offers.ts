import { isUndone } from "../domain/award.ts";
import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { type DuebellEvent, eventOf } from "../domain/event.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Award } from "../domain/offer.ts";
import { type Payment, paymentKey } from "../domain/payment.ts";
import type { Ports } from "../ports.ts";
import { type GrantPorts, grantAward } from "./grant-award.ts";
import { writeAwards } from "./write-awards.ts";

export type AwardPorts = GrantPorts & Pick<Ports, "events">;

/**
 * Grants what was planned for a payment as far as budget and customer allow, takes back what a refund has undone, and tells both on the
 * bus; answers the payment as it is then. Told twice, each step finds its own result, and the events are told again. Throws
 * provider-error where many take from the same budget at once: the payment is told again.
 */
export async function awardOffers(
  ports: AwardPorts,
  payment: Payment,
  { bill }: { readonly bill: Bill; readonly biller: Biller },
): Promise<Payment> {
  const { id: customer } = bill.customer;
  let present = payment;
  // One exclusive award that is granted drops those behind it: they are found no more then.
  for (const { offer } of payment.awards ?? []) present = await grantAward(ports, present, { offer, customer });
  present = await takeBack(ports, present);
  const events = (present.awards ?? []).flatMap((award) => eventsOf(present, award, bill));
  if (events.length > 0) await ports.events.publish(events);
  return present;
}

/** The payment once a refund has undone its awards; nothing goes back to the budget, or to what the customer may have. */
async function takeBack(ports: AwardPorts, payment: Payment): Promise<Payment> {
  const granted = (payment.awards ?? []).filter(({ state }) => state === "granted");
  if (payment.refunded === 0 || granted.length === 0) return payment;
  const found = await Promise.all(granted.map(({ offer }) => ports.offers.get(payment.biller, offer)));
  const offers = new Map(granted.map(({ offer }, n) => [offer, found[n]]));
  const at = ports.clock.now();
  return await writeAwards(ports, payment, (awards, present) =>
    awards.map((award) =>
      award.state === "granted" && isUndone(present, offers.get(award.offer))
        ? { ...award, state: "reversed" as const, at }
        : award,
    ),
  );
}

/** What is told of an award: that it was granted, and after that, that it was reversed. */
function eventsOf(payment: Payment, award: Award, bill: Bill): DuebellEvent[] {
  const ids = idsOf(payment, award, bill.customer.id);
  const id = `${paymentKey(payment)}/${award.offer}`;
  const awarded = eventOf("offer.awarded", bill, { id, at: payment.receivedAt, ids });
  if (award.state === "granted") return [awarded];
  return award.state === "reversed" ? [awarded, eventOf("offer.reversed", bill, { id, at: award.at, ids })] : [];
}

/** Whom a ledger owes what for which payment; the code of a coupon is the customer's alone. */
function idsOf({ source, paymentId, amount }: Payment, { offer, kind, value, coupon }: Award, customer: CustomerId) {
  return {
    ...{ offer, kind, source, paymentId, customer },
    ...(value !== undefined && { value, currency: amount.currency }),
    ...(coupon && { coupon: coupon.n }),
  };
}
