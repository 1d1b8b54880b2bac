import * as z from "zod/mini";
import type { WebhookCall, WebhookReading, WebhookSecrets } from "../../ports.ts";
import { readWhatsAppEntries } from "../whatsapp-entries.ts";
import { isSignedByMeta } from "./webhook.ts";

const Webhook = z.object({ entry: z.array(z.unknown()) });

/** Reads Meta's webhook: `X-Hub-Signature-256` over the raw body, then the statuses of messages that carry our reference and what customers wish. */
export function whatsAppWebhookReader(ports: { readonly secrets: Pick<WebhookSecrets, "whatsApp"> }) {
  return async ({ biller, body, headers }: WebhookCall): Promise<WebhookReading> => {
    const account = await ports.secrets.whatsApp(biller);
    if (!account || !isSignedByMeta(body, headers["x-hub-signature-256"], account.appSecret)) {
      return { outcome: "refused", reason: "signature-wrong" };
    }
    let parsed: unknown;
    try {
      parsed = JSON.parse(new TextDecoder().decode(body));
    } catch {
      return { outcome: "malformed", fields: [{ path: "", message: "is not JSON" }] };
    }
    const webhook = Webhook.safeParse(parsed);
    if (!webhook.success) return { outcome: "genuine", deliveries: [], payments: [], skipped: 1 };
    const { messages, skipped } = readWhatsAppEntries(webhook.data.entry, { biller });
    const others = Object.values(skipped).reduce((sum, n) => sum + n, 0);
    return { outcome: "genuine", deliveries: messages, payments: [], skipped: others };
  };
}
