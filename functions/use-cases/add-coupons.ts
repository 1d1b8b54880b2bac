import type { BillerId } from "../domain/ids.ts";
import type { OfferId } from "../domain/offer.ts";
import type { Ports } from "../ports.ts";

export type AddCoupons = { readonly biller: BillerId; readonly offer: OfferId; readonly codes: readonly string[] };

/** Adds codes to the pool of a coupon offer, in their order; those that are there already change nothing. */
export async function addCoupons(
  ports: Pick<Ports, "couponPool">,
  { biller, offer, codes }: AddCoupons,
): Promise<{ readonly added: number; readonly known: number }> {
  if (codes.length === 0) return { added: 0, known: 0 };
  const { added } = await ports.couponPool.add({ biller, offer }, codes);
  return { added, known: codes.length - added };
}
