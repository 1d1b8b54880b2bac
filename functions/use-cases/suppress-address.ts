import type { Address } from "../domain/addresses.ts";
import type { Bill } from "../domain/bill.ts";
import { eventOf } from "../domain/event.ts";
import type { Channel } from "../domain/ids.ts";
import type { Moment } from "../domain/local-time.ts";
import type { Ports } from "../ports.ts";

/** Reasons that are a customer's own wish, of which the biller is told; the others are faults of the address. */
const wishes: ReadonlySet<string> = new Set([
  "opted-out",
  "complaint",
  "unsubscribed",
  "stop-reply",
  "user-preferences",
]);

/** Which address, and why no message must go there. */
export type ToSuppress = {
  readonly channel: Channel;
  readonly address: Address;
  readonly reason: string;
  readonly at: Moment;
};

/** Keeps a carrier's word that an address must not be messaged by this biller; told twice, the first counts and the event is the same. */
export async function suppressAddress(
  ports: Pick<Ports, "suppressions" | "events">,
  bill: Pick<Bill, "biller" | "billId" | "customer">,
  { channel, address, reason, at }: ToSuppress,
): Promise<void> {
  const hash = await ports.suppressions.hashOf(bill.biller, channel, address);
  await ports.suppressions.put(hash, { channel, reason, at });
  if (!wishes.has(reason)) return;
  const ids = { channel, customer: bill.customer.id };
  await ports.events.publish([eventOf("customer.opted-out", bill, { id: channel, at, ids })]);
}
