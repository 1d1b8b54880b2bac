import { createHmac, randomUUID } from "node:crypto";
import type { Agenda } from "./agenda.ts";
import { atMost } from "./at-most.ts";
import type { HttpAnswer, HttpRequest } from "./aws/http-message.ts";
import type { Secrets } from "./aws/secrets.ts";
import type { Kept } from "./kept-state.ts";
import type { LogLine } from "./lambda-host.ts";

/** Posts a carrier's WhatsApp report to us as Meta does. */
export type PostWhatsAppWebhook = (biller: string, body: string) => Promise<void>;

/** A report that our side has not taken yet, and how often it was refused. */
interface OwedWebhook {
  readonly biller: string;
  readonly body: string;
  readonly number: number;
}

/** What the posting stands on. */
export interface WhatsAppWebhooksOptions {
  readonly secrets: Pick<Secrets, "ofBiller">;
  readonly post: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly agenda: Agenda;
  readonly owed: Kept<OwedWebhook>;
  readonly now: () => number;
  readonly log: LogLine;
}

// Meta repeats for days; a few times are enough to outlive what is broken here.
const repeatAfterMinutes = [1, 5, 30];

/** A thousand bills that are due together are read together: what our side would have to keep waiting is timed out there. */
const mostPosts = 20;

/** Posts to `/webhooks/whatsapp/{biller}`, signed with the biller's app secret, and again later where the answer is not a success. */
export function whatsAppWebhooks({
  secrets,
  post,
  agenda,
  owed,
  now,
  log,
}: WhatsAppWebhooksOptions): PostWhatsAppWebhook {
  const inTurn = atMost(mostPosts);
  const attempt = async (id: string, webhook: OwedWebhook): Promise<void> => {
    const { biller, body, number } = webhook;
    owed.put(id, webhook);
    const { appSecret } = secrets.ofBiller(biller)["whatsapp"] as { readonly appSecret: string };
    const signature = createHmac("sha256", appSecret).update(body).digest("hex");
    const request = {
      method: "POST",
      path: `/webhooks/whatsapp/${encodeURIComponent(biller)}`,
      query: new URLSearchParams(),
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${signature}`,
        "user-agent": "facebookexternalua",
      },
      body: Buffer.from(body),
    };
    const { status } = await inTurn(() => post(request));
    const wait = status < 300 ? undefined : repeatAfterMinutes[number];
    if (status >= 300) log({ function: "whatsapp", text: `webhook answered ${status}` });
    if (wait === undefined) owed.drop(id);
    else agenda.at(now() + wait * 60_000, () => attempt(id, { ...webhook, number: number + 1 }));
  };
  for (const [id, webhook] of owed.entries()) agenda.at(now(), () => attempt(id, webhook));
  return (biller, body) => attempt(randomUUID(), { biller, body, number: 0 });
}
