import { notFound, notReady } from "../domain/errors.ts";
import type { BillerId, Channel } from "../domain/ids.ts";
import type { ConsentRequest } from "../domain/suppression.ts";
import type { Ports } from "../ports.ts";

type ConsentPorts = Pick<Ports, "billers" | "suppressions" | "clock">;

/** That an address may be messaged; the address itself is not said again. */
export type Unsuppressed = { readonly channel: Channel; readonly suppressed: false };

/**
 * Lets a biller message an address again, since its customer has consented anew, and keeps when and why; asked of an address that is
 * not suppressed, it changes nothing that is sent. Throws not-found for an unknown biller, not-ready where a suppression comes at the
 * same moment.
 */
export async function removeSuppression(
  ports: ConsentPorts,
  { biller, request }: { readonly biller: BillerId; readonly request: ConsentRequest },
): Promise<Unsuppressed> {
  if (!(await ports.billers.getCached(biller))) throw notFound(`There is no biller ${biller}.`);
  const { channel, address, reason = "asked-by-biller" } = request;
  const now = ports.clock.now();
  const hash = await ports.suppressions.hashOf(biller, channel, address);
  const lifted = await ports.suppressions.lift(hash, { channel, reason, at: now });
  const standing = lifted ? undefined : await ports.suppressions.get(biller, channel, address);
  // A carrier's clock may run ahead of ours: what it told before this call is lifted all the same.
  if (standing && !(await ports.suppressions.lift(hash, { channel, reason, at: standing.at + 1 })))
    throw notReady("The address is being suppressed at this very moment; ask again.");
  return { channel, suppressed: false };
}
