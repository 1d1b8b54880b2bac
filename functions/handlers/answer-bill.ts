import { billers, bills, clock, events, linkCodes, suppressions } from "../compose.ts";
import { environment } from "../config.ts";
import { httpHandler } from "../middleware/http.ts";
import { answerReply } from "../pages/answer-reply.ts";
import { answerBill, askAnswer } from "../use-cases/answer-bill.ts";

const env = environment("answer-bill");
const ports = {
  bills: bills(env),
  billers: billers(env),
  linkCodes: linkCodes(env),
  suppressions: suppressions(env),
  events: events(env),
  clock,
};

export const handler = httpHandler(async ({ method, params, query, headers, body }) => {
  const { say, m, ...form } = method === "POST" ? Object.fromEntries(new URLSearchParams(body)) : query;
  const link = { header: params["header"] ?? "", code: params["code"] ?? "" };
  const said = { ...link, answer: form["answer"] ?? say, payOn: form["payOn"], mark: m };
  const answered = await (method === "POST" ? answerBill : askAnswer)(ports, said);
  const { accept, "accept-language": acceptLanguage } = headers;
  return answerReply(answered, { accept, acceptLanguage, frameAncestors: env.FRAME_ANCESTORS });
});
