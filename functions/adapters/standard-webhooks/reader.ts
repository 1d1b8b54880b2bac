import * as z from "zod/mini";
import { fieldErrors } from "../../domain/field-errors.ts";
import { PaymentFact } from "../../domain/payment.ts";
import type { PaymentMessage } from "../../messages.ts";
import type { Clock, WebhookCall, WebhookReading, WebhookSecrets } from "../../ports.ts";
import { jsonOf } from "../webhook-body.ts";
import { verifyStandardWebhook } from "./verify.ts";

const Envelope = z.object({
  type: z.enum(["payment.succeeded", "payment.failed", "payment.pending", "payment.refunded"]),
  timestamp: z.string(),
  data: z.record(z.string(), z.unknown()),
});
/** Of an event that is no payment's no more is asked than its type. */
const Other = z.object({ type: z.string().check(z.regex(/^(?!payment\.)[\w.-]{1,100}$/)) });

/** What is told by us, and by no sender. */
const ours = { biller: "is told by the path", raw: "is not a known field" } as const;

/** Reads `{type, timestamp, data}`, signed after Standard Webhooks; `data` is as on the bus, the biller is the path's. */
export function standardWebhookReader(ports: {
  readonly secrets: Pick<WebhookSecrets, "standard">;
  readonly clock: Clock;
}) {
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
    const json = jsonOf(body);
    if (Other.safeParse(json).success) return { outcome: "genuine", deliveries: [], payments: [], skipped: 1 };
    const parsed = z.safeParse(Envelope, json);
    if (!parsed.success) return { outcome: "malformed", fields: fieldErrors(parsed.error) };
    const { type, data } = parsed.data;
    for (const [name, message] of Object.entries(ours)) {
      if (Object.hasOwn(data, name)) return { outcome: "malformed", fields: [{ path: `data.${name}`, message }] };
    }
    const payment = { ...data, biller };
    const fact = z.safeParse(PaymentFact, payment);
    if (!fact.success) return { outcome: "malformed", fields: fieldErrors(fact.error, ["data"]) };
    const message: PaymentMessage = { type, payment };
    return { outcome: "genuine", deliveries: [], payments: [message], skipped: 0 };
  };
}
