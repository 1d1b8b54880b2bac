import type { Agenda } from "../agenda.ts";
import type { HttpAnswer, HttpRequest } from "../aws/http-message.ts";
import type { Secrets } from "../aws/secrets.ts";
import type { Kept } from "../kept-state.ts";
import type { LogLine } from "../lambda-host.ts";
import type { GatewayName, GatewayWebhook, Tell } from "./gateway.ts";
import { signatures } from "./webhook-signatures.ts";

/** A webhook that our side has not taken yet, and how often it was refused. */
export interface OwedWebhook {
  readonly webhook: GatewayWebhook;
  readonly number: number;
}

/** What the posting stands on. */
export interface GatewayWebhooksOptions {
  readonly secrets: Pick<Secrets, "ofBiller">;
  readonly post: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly agenda: Agenda;
  readonly owed: Kept<OwedWebhook>;
  readonly now: () => number;
  readonly log: LogLine;
}

const [minute, hour] = [60, 3_600];

/** After how many seconds each gateway posts again what was not taken; Bharat BillPay does so after half a minute. */
const repeats: Readonly<Record<GatewayName, readonly number[]>> = {
  razorpay: [minute, 5 * minute, 20 * minute, hour, 4 * hour, 8 * hour, 10 * hour],
  stripe: [minute, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 12 * hour, 12 * hour, 24 * hour],
  "mercado-pago": [15 * minute, 30 * minute, 6 * hour, 48 * hour, 96 * hour],
  bbps: [30, 30, 30, 30, 30],
  pix: [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour],
};

/** Posts gateways' webhooks to the deployment, each signed at the moment it is posted, and again later where the answer is no success. */
export function gatewayWebhooks({ secrets, post, agenda, owed, now, log }: GatewayWebhooksOptions): Tell {
  const attempt = async (webhook: GatewayWebhook, number: number): Promise<number> => {
    const { gateway, biller, body, below = "", query = {} } = webhook;
    const key = `${gateway}/${webhook.id}`;
    owed.put(key, { webhook, number });
    const { kind, sign } = signatures[gateway];
    const { status } = await post({
      method: "POST",
      path: `/webhooks/${kind}/${encodeURIComponent(biller)}${below}`,
      query: new URLSearchParams(query),
      headers: { "content-type": "application/json", ...sign(webhook, secrets.ofBiller(biller)[kind], now()) },
      body: Buffer.from(body),
    });
    const wait = status < 300 ? undefined : repeats[gateway][number];
    if (status >= 300) log({ function: gateway, text: `webhook answered ${status}` });
    if (wait === undefined) owed.drop(key);
    else agenda.at(now() + wait * 1_000, () => attempt(webhook, number + 1));
    return status;
  };
  for (const { webhook, number } of owed.entries().values()) agenda.at(now(), () => attempt(webhook, number));
  return (webhook) => attempt(webhook, 0);
}
