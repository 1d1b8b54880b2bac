import * as z from "zod/mini";

/** The characters of base58, in the order of their values: none that is taken for another. */
export const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const bodyLength = 12;
const space = 58n ** BigInt(bodyLength);

/** The secret part of a payment link: one character naming the link key, twelve of a keyed hash (70 bits), in base58. */
export const LinkCode = z
  .string()
  .check(z.regex(/^[1-9A-HJ-NP-Za-km-z]{13}$/, "must be 13 characters of base58"))
  .brand<"LinkCode">();
export type LinkCode = z.output<typeof LinkCode>;

/** One character of base58: what a link key is called. */
export const LinkKeyId = z.string().check(z.regex(/^[1-9A-HJ-NP-Za-km-z]$/, "must be one character of base58"));

/** Whether the text has the shape of a link code; says nothing about whether such a bill exists. */
export const isLinkCode = (text: string): text is LinkCode => LinkCode.safeParse(text).success;

/** The code for a keyed hash of a bill's identity: key id + base58(hash mod 58^12). */
export function linkCodeFrom(keyId: string, hash: Uint8Array): LinkCode {
  let rest = hash.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) % space;
  let body = "";
  for (let i = 0; i < bodyLength; i++) {
    body = (base58[Number(rest % 58n)] ?? "") + body;
    rest /= 58n;
  }
  return (keyId + body) as LinkCode;
}

/** A lane of the due index, `"0"` to `"<lanes - 1>"`. */
export type Lane = string;

/** The lane a bill's work is found in: even over all codes, since a code is a keyed hash. */
export function laneOf(code: LinkCode, lanes: number): Lane {
  let n = 0;
  for (const letter of code.slice(-4)) n = n * 58 + base58.indexOf(letter);
  return String(n % lanes);
}
