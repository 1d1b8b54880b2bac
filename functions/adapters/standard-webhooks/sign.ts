import { createHmac } from "node:crypto";

/** What Standard Webhooks signs: the id of the message, the seconds since 1970 as text, and the body in its own bytes. */
export type ToSign = { readonly id: string; readonly timestamp: string; readonly body: Uint8Array | string };

/** The signature of one secret (`whsec_` and base64), as the header `webhook-signature` holds it: `v1,` and base64. */
export function signStandardWebhook({ id, timestamp, body }: ToSign, secret: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`;
}
