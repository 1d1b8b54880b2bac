import { createHmac, randomUUID } from "node:crypto";
import type { HttpAnswer, HttpRequest } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";

/** A payment as a payer's side tells of it; by link code or bill id. */
interface PaymentFact {
  readonly code?: string;
  readonly billId?: string;
  readonly paymentId: string;
  readonly amount: { readonly value: number; readonly currency: string };
  readonly rail: string;
  readonly paidAt: string;
  readonly source: string;
}

/** What a webhook is signed and posted with. */
export interface StandardPaymentOptions {
  readonly secrets: Secrets;
  /** Posts to the deployment's own API. */
  readonly post: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly now: () => number;
}

/** Posts a payment to a biller's generic webhook, signed after Standard Webhooks; the status it was answered with. */
export async function payStandard(options: StandardPaymentOptions, biller: string, data: PaymentFact): Promise<number> {
  const { secrets } = options.secrets.ofBiller(biller)["standard"] as { readonly secrets: readonly string[] };
  const body = JSON.stringify({ type: "payment.succeeded", timestamp: data.paidAt, data });
  const id = `msg_${randomUUID().replaceAll("-", "")}`;
  const timestamp = String(Math.floor(options.now() / 1000));
  const key = Buffer.from((secrets[0] ?? "").replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  const { status } = await options.post({
    method: "POST",
    path: `/webhooks/standard/${encodeURIComponent(biller)}`,
    query: new URLSearchParams(),
    headers: {
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
    body: Buffer.from(body),
  });
  return status;
}
