import { billers, bills, clock } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { linkReply } from "../pages/replies.ts";
import { openPaymentLink } from "../use-cases/open-payment-link.ts";

const env = environment("open-payment-link");
const ports = { bills: bills(env), billers: billers(env), clock };

export const handler = httpHandler(async ({ params, headers }) => {
  const opened = await openPaymentLink(ports, { header: params["header"] ?? "", code: params["code"] ?? "" });
  return linkReply(opened, { accept: headers["accept"], acceptLanguage: headers["accept-language"] });
});
