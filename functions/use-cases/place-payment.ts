import type { LinkCode } from "../domain/link-code.ts";
import type { PaymentFact } from "../domain/payment.ts";
import type { BillStory, Ports } from "../ports.ts";
import { locateBill } from "./locate-bill.ts";

/** Where a payment belongs, by the bill it names; `agrees` is false for a link code that is not that of the bill id beside it. */
export type PaymentPlace = { readonly code: LinkCode; readonly story: BillStory; readonly agrees: boolean };

/** Finds the bill of a payment; the story of another biller's link code is empty. */
export async function placeOf(
  ports: Pick<Ports, "bills" | "linkCodes">,
  { biller, billId, code }: Pick<PaymentFact, "biller" | "billId" | "code">,
): Promise<PaymentPlace> {
  if (billId === undefined) return await placeOfCode(ports, code as LinkCode, biller);
  const place = await locateBill(ports, biller, billId);
  return { ...place, agrees: code === undefined || code === place.code };
}

async function placeOfCode(
  { bills }: Pick<Ports, "bills">,
  code: LinkCode,
  biller: PaymentFact["biller"],
): Promise<PaymentPlace> {
  const story = await bills.story(code, { consistent: true });
  const own = story.bill?.biller === biller ? story : { payments: [], notifications: [], opens: [] };
  return { code, story: own, agrees: true };
}
