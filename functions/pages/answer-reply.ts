import type { AnsweredLink } from "../domain/answer-view.ts";
import { answeredPage, answerPage, unansweredPage } from "./answer-page.ts";
import { framingRights, htmlReply, notFoundReply, type PageReply, type PageRequest, redirect } from "./replies.ts";

/**
 * Answers what a customer asked or answered: 400 for a day or an answer that cannot be (`payOn`, `answer`), 429 for too many in one day,
 * on to the bill's page where nothing is to be paid.
 */
export function answerReply(answered: AnsweredLink, request: PageRequest): PageReply {
  const reply = (status: number, page: string): PageReply => htmlReply(status, page, framingRights(request));
  switch (answered.outcome) {
    case "not-found":
      return notFoundReply(request);
    case "nothing-to-pay":
      return redirect(answered.path);
    case "unknown":
      return reply(400, unansweredPage(answered.view, "unknown"));
    case "too-many":
      return reply(429, unansweredPage(answered.view, "tooMany"));
    case "asked":
      return reply(200, answerPage(answered.view));
    case "refused":
      return reply(400, answerPage(answered.view, { typed: answered.typed }));
    case "answered":
      return reply(200, answeredPage(answered.view));
  }
}
