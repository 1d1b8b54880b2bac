import type { BillerId, BillId } from "../domain/ids.ts";
import type { LinkCode } from "../domain/link-code.ts";
import { ownReference, type PaymentFact, type PaymentReference, type PaymentTold } from "../domain/payment.ts";
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

/**
 * Under which link code a payment is kept, and for which bill; `waits` where that is named and not there yet. `key` where its own name is
 * known: another payment's, where it is one of that payment's names.
 */
export type PaymentHome = {
  readonly code: LinkCode;
  readonly key?: string;
  readonly billId?: BillId;
  readonly waits: boolean;
};

/**
 * Where a payment belongs: where it was counted before; else the bill it names; else the one that another of its names leads to; else it
 * waits for the bill it names. Undefined where nothing leads to a bill of this biller.
 */
export async function placePayment(
  ports: Pick<Ports, "bills" | "linkCodes" | "paymentReferences">,
  told: PaymentTold,
): Promise<PaymentHome | undefined> {
  const { biller, billId, code } = told;
  const counted = await ports.paymentReferences.get(biller, ownReference(told));
  if (counted) return { ...counted, waits: false };
  const named = billId === undefined && code === undefined ? undefined : await placeOf(ports, told);
  const place = named?.agrees ? named : undefined;
  if (place?.story.bill) return { code: place.code, billId: place.story.bill.billId, waits: false };
  const other = await homeOf(ports, biller, told.references ?? []);
  if (other) return { code: other, waits: false };
  return place && billId !== undefined ? { code: place.code, billId, waits: true } : undefined;
}

/** The bill that the first of the names leads to which leads to any. */
export async function homeOf(
  { paymentReferences }: Pick<Ports, "paymentReferences">,
  biller: BillerId,
  references: readonly PaymentReference[],
): Promise<LinkCode | undefined> {
  for (const reference of references) {
    const known = await paymentReferences.get(biller, reference);
    if (known) return known.code;
  }
  return undefined;
}
