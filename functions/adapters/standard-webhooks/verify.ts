import { createHmac, timingSafeEqual } from "node:crypto";
import type { Moment } from "../../domain/local-time.ts";

const toleranceMs = 5 * 60_000;
const maxSignatures = 10;
/** `<version>,<signature>`, one or more with a space between: two headers that were joined into one are no list. */
const list = /^[!-+\--~]+,[!-+\--~]*(?: [!-+\--~]+,[!-+\--~]*)*$/;

/** A webhook as it came over the wire: the body in its own bytes, and the three headers of Standard Webhooks. */
export type SignedWebhook = {
  readonly body: Uint8Array;
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
};

/** Who may have signed, and the present time. */
export type Verification = { readonly secrets: readonly string[]; readonly now: Moment };

/** Whether the webhook is genuine, and if not, why. */
export type Verdict =
  | { readonly outcome: "genuine"; readonly id: string; readonly at: Moment }
  | {
      readonly outcome: "refused";
      readonly reason: "header-missing" | "header-malformed" | "not-now" | "signature-wrong";
    };

const refused = (reason: Extract<Verdict, { outcome: "refused" }>["reason"]): Verdict => ({
  outcome: "refused",
  reason,
});

function signed(secret: string, { id, timestamp, body }: SignedWebhook): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return Buffer.from(createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64"));
}

/**
 * Verifies a webhook after the Standard Webhooks specification 1.0: HMAC-SHA256 over id, timestamp and the raw body, at most five
 * minutes from now in either direction, by any of the live secrets (`whsec_` and base64), compared in constant time. It says nothing
 * about repeats: the id is for telling those apart.
 */
export function verifyStandardWebhook(webhook: SignedWebhook, { secrets, now }: Verification): Verdict {
  const { id, timestamp, signature } = webhook;
  if (!id || !timestamp || !signature) return refused("header-missing");
  if (!/^[\x21-\x7e]{1,256}$/.test(id) || !/^[1-9]\d{0,11}$/.test(timestamp)) return refused("header-malformed");
  if (!list.test(signature)) return refused("header-malformed");
  const at = Number(timestamp) * 1_000;
  if (Math.abs(now - at) > toleranceMs) return refused("not-now");
  const shown = signature
    .split(" ", maxSignatures)
    .filter((text) => text.startsWith("v1,"))
    .map((text) => Buffer.from(text.slice(3)));
  // The text is compared, not what it decodes to: one signature, one spelling.
  const genuine = secrets.some((secret) => {
    const right = signed(secret, webhook);
    return shown.some((one) => one.length === right.length && timingSafeEqual(one, right));
  });
  return genuine ? { outcome: "genuine", id, at } : refused("signature-wrong");
}
