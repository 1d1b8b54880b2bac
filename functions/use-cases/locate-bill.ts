import type { BillerId, BillId } from "../domain/ids.ts";
import type { LinkCode } from "../domain/link-code.ts";
import type { BillStory, Ports } from "../ports.ts";

/** Two bills have one link code: refused as a fault of the service, so that the alarm on such faults rings. */
export class LinkCodeCollision extends Error {
  constructor() {
    super("another bill has the same link code");
    this.name = "LinkCodeCollision";
  }
}

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
    const stored = story.bill ?? story.tombstone;
    if (stored && (stored.biller !== biller || stored.billId !== billId)) throw new LinkCodeCollision();
    if (stored || story.payments.length > 0) return { code, story };
    empty ??= { code, story };
  }
  if (!empty) throw new Error("there is no active link key");
  return empty;
}
