import { createHmac } from "node:crypto";
import { isJsonObject } from "../json.ts";
import type { GatewayName, GatewayWebhook } from "./gateway.ts";

/** The headers with which a gateway proves that a webhook is its own. */
export type Sign<Signed = GatewayWebhook> = (
  webhook: Signed,
  secret: unknown,
  now: number,
) => Readonly<Record<string, string>>;

/** A list of texts in a secret; the first is the one in use. */
function textsIn(secret: unknown, name: string): readonly string[] {
  const list = isJsonObject(secret) ? secret[name] : undefined;
  return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
}

const hmac = (secret: string, text: string): string => createHmac("sha256", secret).update(text).digest("hex");

const first = (secret: unknown, name = "webhookSecrets"): string => textsIn(secret, name)[0] ?? "";

/** As Standard Webhooks wants it: the key is what the secret says in base64, times are whole seconds. */
export const signStandard: Sign<Pick<GatewayWebhook, "id" | "body">> = ({ id, body }, secret, now) => {
  const timestamp = String(Math.floor(now / 1_000));
  const key = Buffer.from(first(secret, "secrets").replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
};

/** Each gateway's own scheme; a bank's Pix is told by whoever hears of it, as a Standard Webhook. */
export const signatures: Readonly<Record<GatewayName, { readonly kind: string; readonly sign: Sign }>> = {
  razorpay: {
    kind: "razorpay",
    sign: ({ id, body }, secret) => ({ "x-razorpay-signature": hmac(first(secret), body), "x-razorpay-event-id": id }),
  },
  stripe: {
    kind: "stripe",
    // While a secret is rolled, Stripe signs with both.
    sign: ({ body }, secret, now) => {
      const t = Math.floor(now / 1_000);
      const all = textsIn(secret, "webhookSecrets").map((one) => `v1=${hmac(one, `${t}.${body}`)}`);
      return { "stripe-signature": [`t=${t}`, ...all].join(",") };
    },
  },
  "mercado-pago": {
    kind: "mercado-pago",
    sign: ({ id, query }, secret, now) => {
      const ts = Math.floor(now / 1_000);
      const signed = `id:${query?.["data.id"]?.toLowerCase()};request-id:${id};ts:${ts};`;
      return { "x-signature": `ts=${ts},v1=${hmac(first(secret), signed)}`, "x-request-id": id };
    },
  },
  bbps: { kind: "bbps", sign: (_webhook, secret) => ({ authorization: first(secret, "authorizations") }) },
  pix: { kind: "standard", sign: signStandard },
};
