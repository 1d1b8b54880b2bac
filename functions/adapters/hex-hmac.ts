import { createHmac, timingSafeEqual } from "node:crypto";

/** HMAC-SHA256 in hex as gateways write it: lower case, all of it. */
export const hexHmac = /^[0-9a-f]{64}$/;

/**
 * Whether one of the texts in `shown` is the HMAC-SHA256 of `signed` in lower-case hex by any of the live secrets. The texts are
 * compared, in constant time, and not what they decode to: one signature, one spelling.
 */
export function isHmacInHex(
  signed: readonly (string | Uint8Array)[],
  shown: readonly string[],
  secrets: readonly string[],
): boolean {
  const candidates = shown.map((text) => Buffer.from(text));
  return secrets.some((secret) => {
    if (secret === "") return false;
    const hmac = createHmac("sha256", secret);
    for (const part of signed) hmac.update(part);
    const right = Buffer.from(hmac.digest("hex"));
    return candidates.some((one) => one.length === right.length && timingSafeEqual(one, right));
  });
}
