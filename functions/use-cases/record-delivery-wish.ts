import { addressOf } from "../domain/addresses.ts";
import { invalidInput } from "../domain/errors.ts";
import { eventOf } from "../domain/event.ts";
import type { BillerId } from "../domain/ids.ts";
import { shortHash } from "../domain/short-hash.ts";
import { byPreference } from "../domain/suppression-reason.ts";
import type { AddressWish } from "../messages.ts";
import type { Ports } from "../ports.ts";

export type WishPorts = Pick<Ports, "billers" | "suppressions" | "events">;

export type RecordedWish = { readonly outcome: "stopped" | "resumed" | "unchanged" | "foreign" };

/**
 * Does what a customer wished by answering: nothing more to this address, or messages again, from the biller whose webhook told it or
 * from every biller that sends from the number that was written to. Throws invalid-input for what is no address.
 */
export async function recordWish(ports: WishPorts, wish: AddressWish): Promise<RecordedWish> {
  const billers = await billersOf(ports, wish);
  if (billers.length === 0) return { outcome: "foreign" };
  const changes: boolean[] = [];
  for (const biller of billers) changes.push(await (wish.wish === "stop" ? stop : resume)(ports, biller, wish));
  if (!changes.includes(true)) return { outcome: "unchanged" };
  return { outcome: wish.wish === "stop" ? "stopped" : "resumed" };
}

const billersOf = async ({ billers }: WishPorts, { biller, sender }: AddressWish): Promise<readonly BillerId[]> => {
  if (biller !== undefined) return [biller];
  return sender === undefined ? [] : await billers.findByWhatsApp(sender);
};

function addressIn({ channel, address }: AddressWish) {
  const known = addressOf(channel, address);
  if (!known) throw invalidInput("A wish is about no address.", [{ path: "address", message: "is no address" }]);
  return known;
}

/** True when the address is stopped by this wish, now or when the same was told before: the event is told again then. */
async function stop(ports: WishPorts, biller: BillerId, wish: AddressWish): Promise<boolean> {
  const { channel, reason, at } = wish;
  const address = addressIn(wish);
  const hash = await ports.suppressions.hashOf(biller, channel, address);
  const isNew = await ports.suppressions.put(hash, { channel, reason, at });
  if (!isNew && (await ports.suppressions.get(biller, channel, address))?.at !== at) return false;
  const fact = { id: `${channel}.${shortHash(hash)}.${at}`, at, ids: { channel, reason } };
  await ports.events.publish([eventOf("customer.opted-out", { biller }, fact)]);
  return true;
}

/** A preference given back lifts what a preference stopped; only the customer's own word lifts the rest. */
async function resume(ports: WishPorts, biller: BillerId, wish: AddressWish): Promise<boolean> {
  const { channel, reason, at } = wish;
  const address = addressIn(wish);
  const standing = await ports.suppressions.get(biller, channel, address);
  if (reason === byPreference && standing?.reason !== reason) return false;
  const hash = await ports.suppressions.hashOf(biller, channel, address);
  return await ports.suppressions.lift(hash, { channel, reason, at });
}
