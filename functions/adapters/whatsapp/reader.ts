import type { WebhookCall, WebhookReading, WebhookSecrets } from "../../ports.ts";
import { isSignedByMeta, whatsAppReports } from "./webhook.ts";

/** Reads Meta's webhook: `X-Hub-Signature-256` over the raw body, then the statuses of messages that carry our reference. */
export function whatsAppWebhookReader(ports: { readonly secrets: WebhookSecrets }) {
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
    const { reports, skipped } = whatsAppReports(parsed);
    const others = Object.values(skipped).reduce((sum, n) => sum + n, 0);
    return {
      outcome: "genuine",
      deliveries: reports.map((report) => ({ ...report, biller })),
      payments: [],
      skipped: others,
    };
  };
}
