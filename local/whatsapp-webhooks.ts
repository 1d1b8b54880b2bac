import { createHmac } from "node:crypto";
import type { Agenda } from "./agenda.ts";
import type { HttpAnswer, HttpRequest } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";
import type { LogLine } from "./lambda-host.ts";

/** Posts a carrier's WhatsApp report to us as Meta does. */
export type PostWhatsAppWebhook = (biller: string, body: string) => Promise<void>;

/** What the posting stands on. */
export interface WhatsAppWebhooksOptions {
  readonly secrets: Secrets;
  readonly post: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly agenda: Agenda;
  readonly now: () => number;
  readonly log: LogLine;
}

// Meta repeats for days; a few times are enough to outlive what is broken here.
const repeatAfterMinutes = [1, 5, 30];

/** Posts to `/webhooks/whatsapp/{biller}`, signed with the biller's app secret, and again later where the answer is not a success. */
export function whatsAppWebhooks({ secrets, post, agenda, now, log }: WhatsAppWebhooksOptions): PostWhatsAppWebhook {
  const attempt = async (biller: string, body: string, number: number): Promise<void> => {
    const { appSecret } = secrets.ofBiller(biller)["whatsapp"] as { readonly appSecret: string };
    const signature = createHmac("sha256", appSecret).update(body).digest("hex");
    const { status } = await post({
      method: "POST",
      path: `/webhooks/whatsapp/${encodeURIComponent(biller)}`,
      query: new URLSearchParams(),
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${signature}`,
        "user-agent": "facebookexternalua",
      },
      body: Buffer.from(body),
    });
    if (status < 300) return;
    log({ function: "whatsapp", text: `webhook answered ${status}` });
    const wait = repeatAfterMinutes[number];
    if (wait !== undefined) agenda.at(now() + wait * 60_000, () => attempt(biller, body, number + 1));
  };
  return (biller, body) => attempt(biller, body, 0);
}
