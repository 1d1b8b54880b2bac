import { billers, bills, clock } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { paymentReply } from "../pages/replies.ts";
import { startPayment } from "../use-cases/start-payment.ts";

const env = environment("start-payment");
const ports = { bills: bills(env), billers: billers(env), clock };

export const handler = httpHandler(async ({ params, headers, body }) => {
  const form = new URLSearchParams(body);
  const link = { header: params["header"] ?? "", code: params["code"] ?? "" };
  const started = await startPayment(ports, {
    ...link,
    rail: form.get("rail") ?? undefined,
    amount: form.get("amount") ?? undefined,
  });
  return paymentReply(started, { accept: headers["accept"], acceptLanguage: headers["accept-language"] });
});
