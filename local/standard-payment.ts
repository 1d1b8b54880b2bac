import { randomUUID } from "node:crypto";
import type { HttpAnswer, HttpRequest } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";
import { signStandard } from "./gateways/webhook-signatures.ts";

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

/** A fact for a biller, and what it says of the payment. */
export interface StandardPayment {
  readonly biller: string;
  readonly type: string;
  readonly fact: PaymentFact;
}

/** What a webhook is signed and posted with. */
export interface StandardPaymentOptions {
  readonly secrets: Pick<Secrets, "ofBiller">;
  /** Posts to the deployment's own API. */
  readonly post: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly now: () => number;
}

/** Posts a payment to a biller's generic webhook, signed after Standard Webhooks; the status it was answered with. */
export async function payStandard(
  { secrets, post, now }: StandardPaymentOptions,
  { biller, type, fact }: StandardPayment,
): Promise<number> {
  const body = JSON.stringify({ type, timestamp: fact.paidAt, data: fact });
  const id = `msg_${randomUUID().replaceAll("-", "")}`;
  const signature = signStandard({ id, body }, secrets.ofBiller(biller)["standard"], now());
  const { status } = await post({
    method: "POST",
    path: `/webhooks/standard/${encodeURIComponent(biller)}`,
    query: new URLSearchParams(),
    headers: { "content-type": "application/json", ...signature },
    body: Buffer.from(body),
  });
  return status;
}
