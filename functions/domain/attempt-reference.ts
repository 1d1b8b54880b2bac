import { base58, type LinkCode } from "./link-code.ts";
import type { Moment } from "./local-time.ts";

/**
 * The reference of one attempt to pay: letters and digits, at most 25 until the year 5188, another one every millisecond and for each
 * `mark` (one letter). Its first 13 characters are the link code, so that a bank statement alone leads back to the bill.
 */
export const attemptReference = (code: LinkCode, at: Moment, mark: string): string =>
  `${code}${at.toString(36)}${mark}`;

/** What each mark says of the rail: a scanned or opened UPI link, a static Pix code, a PayNow code. */
const railOfMark: Readonly<Record<string, string>> = { q: "upi", i: "upi", p: "pix", n: "pay-now" };

/** An attempt that a bank's statement named by its reference. */
export type NamedAttempt = { readonly code: LinkCode; readonly rail: string };

const letter = `[${base58}]`;
/** Until the year 2059 the time is eight letters, then nine. */
const wholeReference = new RegExp(`(?<![A-Za-z0-9])(${letter}{13})([0-9a-z]{8,9})([qipn])(?![A-Za-z0-9])`, "g");
/** The `txid` of a charge at the biller's own bank: link code and number of the attempt. */
const charge = new RegExp(`^(${letter}{13})\\d{13}$`);

/** `<code>.<n>`: the `n`th attempt by a gateway's checkout. */
const checkout = new RegExp(`^(${letter}{13})\\.\\d{1,9}$`);

/** The reference of the `n`th attempt to pay a bill by a gateway's checkout. */
export const checkoutReference = (code: LinkCode, n: number): string => `${code}.${n}`;

/** The bill's code in the reference of a checkout; undefined where it is none of ours. */
export const codeInCheckout = (reference: string): LinkCode | undefined =>
  checkout.exec(reference)?.[1] as LinkCode | undefined;

/** The `txid` of the `n`th attempt to pay a bill by a charge at the biller's own bank. */
export const chargeReference = (code: LinkCode, n: number): string => `${code}${String(n).padStart(13, "0")}`;

/** The attempts whose whole references stand in a text, each bill once; a part of a reference is none. */
export function attemptsIn(text: string): readonly NamedAttempt[] {
  const found = [...text.matchAll(wholeReference)].flatMap(([, code = "", time = "", mark = ""]) =>
    time.startsWith("0") ? [] : [[code, { code: code as LinkCode, rail: railOfMark[mark] ?? "" }] as const],
  );
  return [...new Map(found).values()];
}

/** The attempt that a reference is of: one of ours, or of a charge that the biller's bank made for us. */
export function attemptOf(reference: string): NamedAttempt | undefined {
  const [, code] = charge.exec(reference) ?? [];
  if (code !== undefined) return { code: code as LinkCode, rail: "pix" };
  const [only] = /^[A-Za-z0-9]+$/.test(reference) ? attemptsIn(reference) : [];
  return only;
}
