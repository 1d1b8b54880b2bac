import { html } from "hono/html";
import type { AnswerName } from "../domain/answer.ts";
import type { WordedView } from "./bill-summary.ts";

/** The links to what can be answered from a bill's page: about paying while something is to be paid, about the messages always. */
export function tellLinks({ view, texts }: WordedView) {
  const aboutPaying: AnswerName[] = view.outstanding.value > 0 ? ["already-paid", "will-pay"] : [];
  const answers: AnswerName[] = [...aboutPaying, "wrong-person", "stop"];
  const mark = view.mark === undefined ? "" : `&m=${encodeURIComponent(view.mark)}`;
  const link = (answer: AnswerName) =>
    html`<li><a href="${`${view.path}/answer?say=${answer}${mark}`}">${texts.say[answer]}</a></li>`;
  return html`<h2>${texts.tell(view.billerName)}</h2><ul>${answers.map(link)}</ul>`;
}
