import { billers, bills } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { verifyReply } from "../pages/verify-page.ts";
import { verifyLink } from "../use-cases/verify-link.ts";

const env = environment("verify-link");
const ports = { bills: bills(env), billers: billers(env) };

export const handler = httpHandler(async ({ query, headers }) => {
  const verified = await verifyLink(ports, { text: query["code"] ?? "", linkBaseUrl: env.LINK_BASE_URL });
  return verifyReply(verified, { acceptLanguage: headers["accept-language"], frameAncestors: env.FRAME_ANCESTORS });
});
