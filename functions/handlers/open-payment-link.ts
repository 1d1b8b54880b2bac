import { billers, bills, clock, liveBillCache, liveBills, offeredRails } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { log } from "../middleware/log.ts";
import { linkReply } from "../pages/replies.ts";
import { openPaymentLink } from "../use-cases/open-payment-link.ts";

const env = environment("open-payment-link");
const live = { liveBills: liveBills(env), liveBillCache: liveBillCache(env) };
const ports = { bills: bills(env), billers: billers(env), clock, rails: offeredRails(), ...live };

export const handler = httpHandler(async ({ params, query, headers }) => {
  const link = { header: params["header"] ?? "", code: params["code"] ?? "" };
  const visit = { linkBaseUrl: env.LINK_BASE_URL, userAgent: headers["user-agent"], query };
  const opened = await openPaymentLink(ports, link, visit);
  const [accept, acceptLanguage] = [headers["accept"], headers["accept-language"]];
  const reply = linkReply(opened, { accept, acceptLanguage, frameAncestors: env.FRAME_ANCESTORS });
  if (opened.outcome === "not-found") return reply;
  // Whoever counts opens reads this line. A page that looks again by itself (by its facts, or as `?again`) was opened before.
  const isOpened = reply.headers["content-type"]?.startsWith("text/html") && query["again"] === undefined;
  if (isOpened) log("info", "link-opened", opened.told);
  if (opened.liveFailed) log("warn", "live-failed", opened.liveFailed);
  return { ...reply, counts: opened.liveFailed ? ["live-failed"] : [] };
});
