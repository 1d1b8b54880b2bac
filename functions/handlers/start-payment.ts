import { startingPayments } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { log } from "../middleware/log.ts";
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
  const { trouble, liveFailed } = started;
  if (trouble) log("warn", `rail-${trouble.kind}`, trouble);
  if (liveFailed) log("warn", "live-failed", liveFailed);
  const { accept, "accept-language": acceptLanguage } = headers;
  const reply = paymentReply(started, { accept, acceptLanguage, frameAncestors: env.FRAME_ANCESTORS });
  return { ...reply, counts: [...(trouble ? [`rail-${trouble.kind}`] : []), ...(liveFailed ? ["live-failed"] : [])] };
});
