import type { Biller } from "./biller.ts";
import { type LocalDate, localOf, type Moment } from "./local-time.ts";

/** The number of a receipt: without gaps per biller and year. */
export type ReceiptNumber = { readonly year: number; readonly n: number };

/** What became of a number: whose it is, or why it is nobody's. */
export type NumberRecord = ReceiptNumber &
  ({ readonly code: string; readonly key: string } | { readonly void: "left-unused" });

/** The number as it is shown and told: `2026-000123`. */
export const receiptNumberText = ({ year, n }: ReceiptNumber): string => `${year}-${String(n).padStart(6, "0")}`;

/** The year a payment's receipt is numbered in: of when it was received, which never changes, in the biller's zone. */
export const receiptYear = (
  { receivedAt }: { readonly receivedAt: Moment },
  { timeZone }: Pick<Biller, "timeZone">,
): number => yearOf(localOf(receivedAt, timeZone).date);

const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));

/** The counter that a biller's numbers of a year are taken from. */
export const receiptCounter = (biller: string, year: number): string => `receipts/${biller}/${year}`;
