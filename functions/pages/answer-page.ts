import { html, raw } from "hono/html";
import type { AnswerDone, AnswerFrame, AnswerQuestion } from "../domain/answer-view.ts";
import { document } from "./document.ts";
import { formatFor } from "./format.ts";
import type { PageTexts } from "./texts/page-texts.ts";
import { textsFor } from "./texts/texts-for.ts";

/** What was wrong with the form: only a day can be. */
export type DayRefusal = { readonly typed: string };

/** The page that asks: nothing changes before its one button posts the answer. */
export function answerPage(question: AnswerQuestion, refusal?: DayRefusal): string {
  const texts = textsFor(question.language);
  const { answer, path, mark, billerName } = question;
  const button = answer === "stop" ? texts.optOut.button : texts.tell(billerName);
  const content = html`<section><h1>${texts.say[answer]}</h1>
${leadOf(texts, question).map((line) => html`<p class="say">${line}</p>`)}
<form method="post" action="${path}/answer" class="label">
${answer === "will-pay" && dayField(texts, question, refusal)}
${mark === undefined || html`<input type="hidden" name="m" value="${mark}">`}
<button name="answer" value="${answer}">${button}</button>
</form>${back(texts, path)}</section>`;
  return framed(texts, question, { title: texts.say[answer], content });
}

/** Says what was done, and what happens next. */
export function answeredPage(done: AnswerDone): string {
  const texts = textsFor(done.language);
  const title = texts.optOut.doneHeading;
  const content = html`<section role="status"><h1>${title}</h1>
${doneLines(texts, done).map((line) => html`<p class="say">${line}</p>`)}${back(texts, done.path)}</section>`;
  return framed(texts, done, { title, tone: "paid", content });
}

/** Says why nothing was done: no such answer, or too many in one day. */
export function unansweredPage(frame: AnswerFrame, why: "unknown" | "tooMany"): string {
  const texts = textsFor(frame.language);
  const { heading, lead } = texts.answers[why];
  const content = html`<section role="alert"><h1>${heading}</h1><p class="say">${lead}</p>${back(texts, frame.path)}</section>`;
  return framed(texts, frame, { title: heading, content });
}

const framed = (
  texts: PageTexts,
  { billerName, logo }: AnswerFrame,
  page: { readonly title: string; readonly tone?: string; readonly content: unknown },
): string => document({ texts, billerName, logo, ...page });

const back = (texts: PageTexts, path: string) => html`<p class="aside"><a href="${path}">${texts.back}</a></p>`;

/** What the messages are called that a wish for silence is about. */
function messagesOf(texts: PageTexts, { silenced }: Pick<AnswerQuestion, "silenced">): string {
  const [only, ...more] = silenced;
  return only && more.length === 0 ? texts.channels[only] : texts.answers.messages;
}

function leadOf(texts: PageTexts, question: AnswerQuestion): readonly string[] {
  const { answers, optOut } = texts;
  const { billerName: biller } = question;
  switch (question.answer) {
    case "already-paid":
      return [answers.alreadyPaid(biller)];
    case "will-pay":
      return [answers.willPay(biller)];
    case "wrong-person":
      return [answers.wrongPerson(biller), optOut.lead(biller, messagesOf(texts, question))];
    case "stop":
      return [optOut.lead(biller, messagesOf(texts, question)), optOut.consequence];
  }
}

function doneLines(texts: PageTexts, done: AnswerDone): readonly string[] {
  const { answers, optOut, answered } = texts;
  const { billerName: biller, on, restsUntil, payOn } = done;
  const { date } = formatFor(texts.language, done.currency);
  switch (done.answer) {
    case "already-paid":
      return [answered["already-paid"](date(on), date(restsUntil ?? on)), answers.next];
    case "will-pay":
      return [answered["will-pay"](date(on), date(payOn ?? on)), answers.next];
    case "wrong-person":
      return [optOut.done(biller, messagesOf(texts, done)), answers.again(biller)];
    case "stop":
      return [optOut.done(biller, messagesOf(texts, done)), optOut.consequence, answers.again(biller)];
  }
}

function dayField(texts: PageTexts, { days, currency }: AnswerQuestion, refusal: DayRefusal | undefined) {
  const { date } = formatFor(texts.language, currency);
  const [first, last] = [date(days.first), date(days.last)];
  const fault =
    refusal && html`<p class="note fault" role="alert" id="fault">${texts.answers.dayFault(first, last)}</p>`;
  return html`${fault}<label for="payOn">${texts.answers.day}</label><p class="soft" id="range">${texts.range(first, last)}</p>
<input type="date" id="payOn" name="payOn" required min="${days.first}" max="${days.last}" value="${refusal?.typed ?? days.proposed}" aria-describedby="range${refusal ? " fault" : ""}" aria-invalid="${refusal ? "true" : "false"}"${refusal && raw(" autofocus")}>`;
}
