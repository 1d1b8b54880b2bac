import { startingPayments } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { logEach } from "../middleware/log.ts";
import { paymentReply } from "../pages/replies.ts";
import { startPayment } from "../use-cases/start-payment.ts";

const env = environment("start-payment");
const ports = startingPayments(env);

export const handler = httpHandler(async ({ params, query, headers, body }) => {
  const form = new URLSearchParams(body);
  const [rail, amount] = [form.get("rail") ?? undefined, form.get("amount") ?? undefined];
  const link = { header: params["header"] ?? "", code: params["code"] ?? "" };
  const visit = { linkBaseUrl: env.LINK_BASE_URL, userAgent: headers["user-agent"], query };
  const started = await startPayment(ports, { ...link, rail, amount }, visit);
  const { trouble, liveFailed, failedOffers = [] } = started;
  const troubles = logEach(`rail-${trouble?.kind}`, [trouble]);
  const counts = [...troubles, ...logEach("live-failed", [liveFailed]), ...logEach("rail-offer-failed", failedOffers)];
  const { accept, "accept-language": acceptLanguage } = headers;
  const reply = paymentReply(started, { accept, acceptLanguage, frameAncestors: env.FRAME_ANCESTORS });
  return { ...reply, counts };
});
