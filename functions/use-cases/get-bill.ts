import type { Bill, BillDetail } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { notFound } from "../domain/errors.ts";
import type { BillerId, BillId } from "../domain/ids.ts";
import { type TimelineEntry, timelineOf } from "../domain/timeline.ts";
import type { Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";

export type FoundBill = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly detail?: BillDetail;
  readonly timeline: readonly TimelineEntry[];
};

/** A bill with everything that happened to it, oldest first. Throws not-found for an unknown biller or bill. */
export async function getBill(
  ports: Pick<Ports, "bills" | "billers" | "linkCodes">,
  { biller: id, billId }: { readonly biller: BillerId; readonly billId: BillId },
): Promise<FoundBill> {
  const biller = await ports.billers.get(id);
  const { story } = await locateBill(ports, id, billId);
  const { bill, detail } = story;
  if (!biller || !bill) throw notFound(`There is no bill ${billId}.`);
  return { bill, biller, ...(detail && { detail }), timeline: timelineOf(bill, story) };
}
