import { deliveries, incomingPayments, webhooks, whatsAppVerification } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { httpHandler, json } from "../middleware/http.ts";
import { log } from "../middleware/log.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { receiveWebhook } from "../use-cases/receive-webhook.ts";

const env = environment("receive-webhook");
const ports = { webhooks: webhooks(env), deliveries: deliveries(env), incomingPayments: incomingPayments(env) };

export const handler = httpHandler(async ({ method, params, query, headers, rawBody }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  const provider = params["provider"] ?? "";
  if (method === "GET") return await whatsAppVerification(env, { provider, biller, query });
  const received = await receiveWebhook(ports, { provider, biller, body: rawBody, headers });
  log("info", "received", { provider, biller, ...received });
  return json(200, {});
});
