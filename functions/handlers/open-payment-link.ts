import { openingLinks } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { log, logEach } from "../middleware/log.ts";
import { linkReply } from "../pages/replies.ts";
import { openPaymentLink } from "../use-cases/open-payment-link.ts";

const env = environment("open-payment-link");
const ports = openingLinks(env);

export const handler = httpHandler(async ({ params, query, headers }) => {
  const link = { header: params["header"] ?? "", code: params["code"] ?? "" };
  const { accept, "accept-language": acceptLanguage, "user-agent": userAgent, "sec-purpose": purpose } = headers;
  const opened = await openPaymentLink(ports, link, { linkBaseUrl: env.LINK_BASE_URL, userAgent, purpose, query });
  const reply = linkReply(opened, { accept, acceptLanguage, frameAncestors: env.FRAME_ANCESTORS });
  if (opened.outcome === "not-found") return reply;
  // Whoever counts opens reads this line. A page that looks again by itself (by its facts, or as `?again`) was opened before.
  const isOpened = reply.headers["content-type"]?.startsWith("text/html") && query["again"] === undefined;
  if (isOpened) log("info", "link-opened", opened.told);
  const { liveFailed, failedOffers = [] } = opened;
  const counts = [...logEach("live-failed", [liveFailed]), ...logEach("rail-offer-failed", failedOffers)];
  return { ...reply, counts };
});
