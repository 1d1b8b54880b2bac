import type { Moment } from "../../domain/local-time.ts";
import { hexHmac, isHmacInHex } from "../hex-hmac.ts";

/** Stripe's own default; it looks back only, we look ahead by the same. */
const toleranceMs = 300_000;
const maxSignatures = 10;

/** Who may have signed, and the present time. */
export type StripeVerification = { readonly secrets: readonly string[]; readonly now: Moment };

/** Whether the webhook is genuine, and if not, why. */
export type StripeVerdict = "genuine" | "header-missing" | "header-malformed" | "not-now" | "signature-wrong";

/** The time and the `v1` signatures of a header; undefined where it does not name one time, or a signature is empty. */
function partsOf(header: string) {
  const pairs = header.split(",");
  const valuesOf = (scheme: string) =>
    pairs.filter((pair) => pair.startsWith(`${scheme}=`)).map((pair) => pair.slice(scheme.length + 1));
  const [timestamp = "", ...others] = valuesOf("t");
  // Without spaces: two headers that were joined into one name no one time.
  const isPlain = /^[\x21-\x7e]{1,2000}$/.test(header) && !pairs.some((pair) => pair === "v1=" || pair === "v1");
  if (!isPlain || others.length > 0 || !/^[1-9]\d{0,11}$/.test(timestamp)) return undefined;
  return { timestamp, signatures: valuesOf("v1").slice(0, maxSignatures) };
}

/**
 * Verifies `Stripe-Signature: t=…,v1=…`: HMAC-SHA256 over time, a dot and the raw body, at most five minutes from now in either
 * direction, any of the first ten `v1` by any of the live secrets, which are used as text (Stripe, Verify webhook signatures manually).
 */
export function verifyStripe(
  body: Uint8Array,
  header: string | undefined,
  { secrets, now }: StripeVerification,
): StripeVerdict {
  if (!header) return "header-missing";
  const parts = partsOf(header);
  if (!parts) return "header-malformed";
  if (Math.abs(now - Number(parts.timestamp) * 1_000) > toleranceMs) return "not-now";
  const shown = parts.signatures.filter((signature) => hexHmac.test(signature));
  return isHmacInHex([`${parts.timestamp}.`, body], shown, secrets) ? "genuine" : "signature-wrong";
}
