import { attemptReference } from "./attempt-reference.ts";
import type { LinkCode } from "./link-code.ts";
import type { Moment } from "./local-time.ts";
import { type Money, toDecimal } from "./money.ts";
import { percentEncoded } from "./percent-encoded.ts";
import { letters, visibleText } from "./visible-text.ts";

/** Who is paid over UPI, as the biller's settings say it. */
export type UpiPayee = {
  readonly payeeAddress: string;
  readonly payeeName: string;
  readonly merchantCode?: string | undefined;
};

/** How the payer comes by the link: scanned as a QR code, or opened on the device. */
export type UpiMode = "qr" | "intent";

const modes = { qr: { code: "01", mark: "q" }, intent: { code: "04", mark: "i" } } as const;

/** One attempt to pay a bill over UPI. */
export type UpiRequest = {
  readonly payee: UpiPayee;
  readonly reference: string;
  /** What is paid for; only its plain letters and digits are used. */
  readonly note: string;
  readonly amount: Money;
  /** Lets the payer change the amount, down to this much; absent fixes it. */
  readonly minimum?: Money | undefined;
  readonly mode: UpiMode;
};

/** The reference (`tr`) of one attempt: at most 35 letters and digits that begin with the link code. */
export const upiReference = (code: LinkCode, at: Moment, mode: UpiMode): string =>
  attemptReference(code, at, modes[mode].mark);

const mostNote = 50;

/** Banks refuse a note with other characters, and a note that lost letters would say something else: such a title gives none. */
function noteOf(title: string): string {
  const text = visibleText(title);
  if (/(?=[^\x20-\x7e])[\p{L}\p{N}]/u.test(text)) return "";
  const plain = text.replace(/[^A-Za-z0-9]+/g, " ").trim();
  return plain.slice(0, mostNote).trim();
}

const mostEncodedName = 180;

/** Keeps whole letters: the name is for the payer's eyes, the address alone decides who is paid. */
function encodedName(name: string): string {
  let kept = "";
  for (const letter of letters(visibleText(name))) {
    const encoded = percentEncoded(letter);
    if (kept.length + encoded.length > mostEncodedName) break;
    kept += encoded;
  }
  return kept;
}

/** A UPI link can name this currency only (NPCI UPI Linking Specifications 1.6, `cu`). */
export const upiCurrency = "INR";

/** The `upi://pay` link of one attempt (NPCI UPI Linking Specifications 1.6): values percent-encoded, spaces as `%20`, `@` literal. */
export function upiLink({ payee, reference, note, amount, minimum, mode }: UpiRequest): string {
  const text = noteOf(note);
  const parameters: readonly (string | undefined)[] = [
    `pa=${percentEncoded(payee.payeeAddress).replace("%40", "@")}`,
    `pn=${encodedName(payee.payeeName)}`,
    payee.merchantCode && `mc=${payee.merchantCode}`,
    `tr=${reference}`,
    text && `tn=${percentEncoded(text)}`,
    `am=${toDecimal(amount)}`,
    minimum && `mam=${toDecimal(minimum)}`,
    `cu=${upiCurrency}`,
    `mode=${modes[mode].code}`,
  ];
  return `upi://pay?${parameters.filter(Boolean).join("&")}`;
}
