import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import type { Ports, Unsubscribable } from "../ports.ts";
import { tellOptOut } from "./suppress-address.ts";

type OptOutPorts = Pick<Ports, "unsubscribeTokens" | "bills" | "billers" | "suppressions" | "events" | "clock">;

/** Whose messages an unsubscribe link is about, for the page that asks. Undefined for a token that we did not make. */
export async function findOptOut(
  ports: Pick<OptOutPorts, "unsubscribeTokens" | "bills" | "billers">,
  token: string,
): Promise<OptOut | undefined> {
  const named = await ports.unsubscribeTokens.read(token);
  const bill = named && (await ports.bills.get(named.code));
  const biller = bill && (await ports.billers.getCached(bill.biller));
  if (!named || !bill || !("title" in bill) || !biller) return undefined;
  return { ...named, bill, biller };
}

export type OptOut = Unsubscribable & { readonly bill: Bill; readonly biller: Biller };

/** Stops messages of this biller to the address the link was sent to; told twice, the first time counts. */
export async function recordOptOut(ports: OptOutPorts, token: string): Promise<OptOut | undefined> {
  const optOut = await findOptOut(ports, token);
  if (!optOut) return undefined;
  const { bill, channel, addressHash } = optOut;
  const at = ports.clock.now();
  await ports.suppressions.put(addressHash, { channel, reason: "unsubscribed", at });
  await tellOptOut(ports, bill, { channel, addressHash });
  return optOut;
}
