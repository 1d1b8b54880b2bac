import type { LocalDate } from "./local-time.ts";
import { type Money, toDecimal } from "./money.ts";
import { visibleText } from "./visible-text.ts";

/** CRC-16/CCITT-FALSE of ASCII text, as four upper-case hexadecimal digits (EMV QRCPS Merchant-Presented Mode 1.1, 4.7.3). */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, "0");
}

const longest = 99;

/** One field of an EMV code; throws a RangeError for a value that is empty, not printable ASCII, or longer than 99 characters. */
export function tlv(tag: string, value: string): string {
  if (!/^[\x20-\x7e]+$/.test(value) || value.length > longest) {
    throw new RangeError(`field ${tag} of an EMV code must be 1 to ${longest} characters of printable ASCII`);
  }
  return tag + String(value.length).padStart(2, "0") + value;
}

const template = (tag: string, fields: readonly string[]): string => tlv(tag, fields.join(""));

const sealed = (fields: readonly string[]): string => {
  const open = `${fields.join("")}6304`;
  return open + crc16(open);
};

/**
 * The text in plain ASCII letters, accents taken off, at most `most` characters, cut between words where that keeps half of it; undefined
 * when it has letters or digits that ASCII cannot say, since what is left would say something else.
 */
export function asciiText(text: string, most: number): string | undefined {
  const bare = visibleText(text).normalize("NFKD").replace(/\p{M}/gu, "").replace(/[‘’]/g, "'").replace(/[‐-―]/g, "-");
  if (/(?=[^\x20-\x7e])[\p{L}\p{N}]/u.test(bare)) return undefined;
  const plain = bare
    .replace(/[^\x20-\x7e]+/g, " ")
    .replace(/ +/g, " ")
    .trim();
  if (plain.length <= most) return plain || undefined;
  const kept = plain.slice(0, most + 1);
  const end = kept.lastIndexOf(" ");
  return kept.slice(0, end >= most / 2 ? end : most).trim() || undefined;
}

/** The largest amount the 13 characters of field 54 can say, in minor units of a currency with two decimal places. */
export const largestEmvAmount = 999_999_999_999;

/** Who a Pix code pays, as the payer's bank shows it. */
type PixPayee = { readonly name: string; readonly city: string };

/** What a Pix code is made of: a key that everything goes to, or the location that the biller's bank made for one attempt. */
export type PixCode = PixPayee &
  (
    | {
        readonly key: string;
        /** Absent: the payer types it. */
        readonly amount?: Money | undefined;
        /** 1 to 25 letters and digits, told again when the money arrives; absent: none. */
        readonly txid?: string | undefined;
        /** What is paid for; cut to what the key leaves room for. */
        readonly info?: string | undefined;
      }
    | { /** With or without `https://`. */ readonly location: string }
  );

const pixDomain = tlv("00", "br.gov.bcb.pix");

/** A `txid` of a static Pix code, as the Central Bank bounds it. */
const staticTxid = /^[A-Za-z0-9]{1,25}$/;

/**
 * The BR Code of a Pix payment, "copia e cola" (Banco Central, Manual do BR Code and Manual de Padrões para Iniciação do Pix). Throws a
 * RangeError for what the code cannot hold: a location over 77 characters, a malformed txid, an amount over `largestEmvAmount`.
 */
export function brCode(code: PixCode): string {
  const isStatic = "key" in code;
  const amount = isStatic ? code.amount : undefined;
  const txid = isStatic ? code.txid : undefined;
  if (txid !== undefined && !staticTxid.test(txid))
    throw new RangeError("the txid of a static Pix code is 1 to 25 letters and digits");
  return sealed([
    tlv("00", "01"),
    ...(isStatic ? [] : [tlv("01", "12")]),
    template("26", [pixDomain, ...(isStatic ? keyFields(code) : [locationField(code.location)])]),
    tlv("52", "0000"),
    tlv("53", "986"),
    ...amountField(amount),
    tlv("58", "BR"),
    tlv("59", asciiText(code.name, 25) ?? "PIX"),
    tlv("60", asciiText(code.city, 15) ?? "BRASIL"),
    template("62", [tlv("05", txid ?? "***")]),
  ]);
}

function keyFields({ key, info }: { readonly key: string; readonly info?: string | undefined }): string[] {
  const field = tlv("01", key);
  const room = Math.min(72, longest - pixDomain.length - field.length - 4);
  const told = info && room > 0 ? asciiText(info, room) : undefined;
  return told ? [field, tlv("02", told)] : [field];
}

const mostLocation = 77;

function locationField(location: string): string {
  const bare = location.replace(/^https:\/\//, "");
  if (bare.length > mostLocation)
    throw new RangeError(`the location of a Pix code is at most ${mostLocation} characters`);
  return tlv("25", bare);
}

function amountField(amount: Money | undefined): string[] {
  if (!amount) return [];
  if (amount.value > largestEmvAmount) throw new RangeError("the amount is too large for an EMV code");
  return [tlv("54", toDecimal(amount))];
}

/** What a PayNow code is made of. */
export type PayNowCode = {
  readonly payee: { readonly uen?: string | undefined; readonly mobile?: string | undefined; readonly name: string };
  readonly amount: Money;
  /** Whether the payer's bank lets the amount be changed. */
  readonly isEditable: boolean;
  /** Until the end of that day it can be paid. */
  readonly expiresOn: LocalDate;
  /** 1 to 25 letters and digits, shown to payer and biller. */
  readonly reference: string;
};

/** The SGQR of a PayNow payment (Association of Banks in Singapore, PayNow proxy in field 26). Throws a RangeError for what it cannot hold. */
export function payNowCode({ payee, amount, isEditable, expiresOn, reference }: PayNowCode): string {
  if (!staticTxid.test(reference)) throw new RangeError("the reference of a PayNow code is 1 to 25 letters and digits");
  return sealed([
    tlv("00", "01"),
    tlv("01", "12"),
    template("26", [
      tlv("00", "SG.PAYNOW"),
      tlv("01", payee.uen === undefined ? "0" : "2"),
      tlv("02", payee.uen ?? payee.mobile ?? ""),
      tlv("03", isEditable ? "1" : "0"),
      tlv("04", expiresOn.replaceAll("-", "")),
    ]),
    tlv("52", "0000"),
    tlv("53", "702"),
    ...amountField(amount),
    tlv("58", "SG"),
    tlv("59", asciiText(payee.name, 25) ?? "PAYNOW"),
    tlv("60", "Singapore"),
    template("62", [tlv("01", reference)]),
  ]);
}
