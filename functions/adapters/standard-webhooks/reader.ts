import * as z from "zod/mini";
import { fieldErrors } from "../../domain/field-errors.ts";
import { PaymentFact } from "../../domain/payment.ts";
import type { PaymentMessage } from "../../messages.ts";
import type { Clock, WebhookCall, WebhookReading, WebhookSecrets } from "../../ports.ts";
import { verifyStandardWebhook } from "./verify.ts";

const Envelope = z.object({
  type: z.enum(["payment.succeeded", "payment.failed", "payment.pending", "payment.refunded"]),
  timestamp: z.string(),
  data: z.record(z.string(), z.unknown()),
});

/** Reads `{type, timestamp, data}`, signed after Standard Webhooks; `data` is as on the bus, the biller is the path's. */
export function standardWebhookReader(ports: { readonly secrets: WebhookSecrets; readonly clock: Clock }) {
  return async ({ biller, body, headers }: WebhookCall): Promise<WebhookReading> => {
    const signed = {
      body,
      id: headers["webhook-id"],
      timestamp: headers["webhook-timestamp"],
      signature: headers["webhook-signature"],
    };
    const verdict = verifyStandardWebhook(signed, {
      secrets: await ports.secrets.standard(biller),
      now: ports.clock.now(),
    });
    if (verdict.outcome === "refused") return verdict;
    const parsed = z.safeParse(Envelope, jsonOf(body));
    if (!parsed.success) return { outcome: "malformed", fields: fieldErrors(parsed.error) };
    if ("biller" in parsed.data.data) {
      return { outcome: "malformed", fields: [{ path: "data.biller", message: "is told by the path" }] };
    }
    const payment = { ...parsed.data.data, biller };
    const fact = z.safeParse(PaymentFact, payment);
    if (!fact.success) return { outcome: "malformed", fields: fieldErrors(fact.error, ["data"]) };
    const message: PaymentMessage = { type: parsed.data.type, payment };
    return { outcome: "genuine", deliveries: [], payments: [message], skipped: 0 };
  };
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
