import { billers, bills, clock, events, suppressions, unsubscribeTokens } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { optOutReply } from "../pages/opt-out-reply.ts";
import { notFoundReply } from "../pages/replies.ts";
import { findOptOut, recordOptOut } from "../use-cases/record-opt-out.ts";

const env = environment("record-opt-out");
const ports = {
  bills: bills(env),
  billers: billers(env),
  suppressions: suppressions(env),
  unsubscribeTokens: unsubscribeTokens(env),
  events: events(env),
  clock,
};

export const handler = httpHandler(async ({ method, params, headers }) => {
  const token = params["token"] ?? "";
  const found = await (method === "POST" ? recordOptOut(ports, token) : findOptOut(ports, token));
  if (!found) return notFoundReply({ accept: headers["accept"], acceptLanguage: headers["accept-language"] });
  return optOutReply(found, method === "POST" ? "stopped" : "asked");
});
