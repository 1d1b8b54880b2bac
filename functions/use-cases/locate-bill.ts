import type { BillerId, BillId } from "../domain/ids.ts";
import type { LinkCode } from "../domain/link-code.ts";
import type { BillStory, Ports } from "../ports.ts";

/** A bill's partition, found by biller and bill id: under the newest link key first, and where nothing is, the code it will have. */
export async function locateBill(
  ports: Pick<Ports, "bills" | "linkCodes">,
  biller: BillerId,
  billId: BillId,
): Promise<{ readonly code: LinkCode; readonly story: BillStory }> {
  const codes = await ports.linkCodes.candidates(biller, billId);
  let empty: { readonly code: LinkCode; readonly story: BillStory } | undefined;
  for (const code of codes) {
    const story = await ports.bills.story(code, { consistent: true });
    if (story.bill || story.tombstone || story.payments.length > 0) return { code, story };
    empty ??= { code, story };
  }
  if (!empty) throw new Error("there is no active link key");
  return empty;
}
