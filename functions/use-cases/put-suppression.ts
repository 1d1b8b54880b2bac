import { notFound, notReady } from "../domain/errors.ts";
import type { BillerId, Channel } from "../domain/ids.ts";
import type { Moment } from "../domain/local-time.ts";
import type { SuppressionRequest } from "../domain/suppression.ts";
import type { Ports } from "../ports.ts";

type SuppressPorts = Pick<Ports, "billers" | "suppressions" | "clock">;

/** That an address must not be messaged, and since when; the address itself is not said again. */
export type Suppressed = { readonly channel: Channel; readonly suppressed: true; readonly since: Moment };

/** Stops messages of a biller to an address, as the biller asks; asked twice, the first time counts. Throws not-found for an unknown
 * biller, not-ready where a consent comes at the same moment. */
export async function putSuppression(
  ports: SuppressPorts,
  { biller, request }: { readonly biller: BillerId; readonly request: SuppressionRequest },
): Promise<Suppressed> {
  if (!(await ports.billers.getCached(biller))) throw notFound(`There is no biller ${biller}.`);
  const { channel, address, reason } = request;
  const now = ports.clock.now();
  const hash = await ports.suppressions.hashOf(biller, channel, address);
  const isNew = await ports.suppressions.put(hash, { channel, reason, at: now });
  const standing = isNew ? undefined : await ports.suppressions.get(biller, channel, address);
  // A consent told by a clock ahead of ours is newer than this call.
  if (!isNew && !standing) throw notReady("The address was allowed again at this very moment; ask again.");
  return { channel, suppressed: true, since: standing?.at ?? now };
}
