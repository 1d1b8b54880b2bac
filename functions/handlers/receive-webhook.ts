import { receivingWebhooks, whatsAppVerification } from "../compose.ts";
import { environment } from "../config.ts";
import { BillerPath } from "../domain/ids.ts";
import { httpHandler, json, problem } from "../middleware/http.ts";
import { errorIds, log } from "../middleware/log.ts";
import { parseInput } from "../middleware/parse-input.ts";
import { receiveWebhook } from "../use-cases/receive-webhook.ts";

const env = environment("receive-webhook");
const ports = receivingWebhooks(env);

export const handler = httpHandler(async ({ method, params, query, headers, rawBody }) => {
  const { biller } = parseInput(BillerPath, params, "The path");
  const provider = params["provider"] ?? "";
  if (method === "GET") return await whatsAppVerification(env, { provider, biller, query });
  const received = await receiveWebhook(ports, { provider, biller, body: rawBody, headers, query });
  const { outcome, answer } = received;
  const ids = "told" in received ? { ...received.told, mode: received.mode } : errorIds(received.error);
  log(outcome === "not-taken" ? "error" : "info", outcome, { provider, biller, ...ids });
  const own = "told" in received ? json(200, {}) : problem(received.error);
  return { ...(answer ? json(answer.status, answer.body) : own), counts: [outcome, `${outcome}-${provider}`] };
});
