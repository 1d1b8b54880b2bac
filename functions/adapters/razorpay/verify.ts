import { hexHmac, isHmacInHex } from "../hex-hmac.ts";

/** Whether the webhook is genuine, and if not, why. */
export type RazorpayVerdict = "genuine" | "header-missing" | "header-malformed" | "signature-wrong";

/**
 * Verifies `X-Razorpay-Signature`: HMAC-SHA256 over the raw body in lower-case hex, by any of the live secrets (Razorpay, Validate and
 * Test Webhooks). The scheme has no time in it: a repeat is genuine too, and changes nothing.
 */
export function verifyRazorpay(
  body: Uint8Array,
  signature: string | undefined,
  secrets: readonly string[],
): RazorpayVerdict {
  if (!signature) return "header-missing";
  if (!hexHmac.test(signature)) return "header-malformed";
  return isHmacInHex([body], [signature], secrets) ? "genuine" : "signature-wrong";
}
