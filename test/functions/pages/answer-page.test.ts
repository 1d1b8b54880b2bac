import { describe, expect, it } from "vitest";
import type { AnswerName } from "../../../functions/domain/answer.ts";
import { answerDone, answerFrame, answerQuestion } from "../../../functions/domain/answer-view.ts";
import type { Saying } from "../../../functions/domain/answering.ts";
import type { Channel } from "../../../functions/domain/ids.ts";
import type { LocalDate } from "../../../functions/domain/local-time.ts";
import { answeredPage, answerPage, unansweredPage } from "../../../functions/pages/answer-page.ts";
import { answerReply } from "../../../functions/pages/answer-reply.ts";
import { textsFor } from "../../../functions/pages/texts/texts-for.ts";
import { aBill, aBiller, aCustomer } from "../../support/builders.ts";
import { pageLanguages } from "./page-languages.ts";

const now = Date.parse("2026-11-20T12:00:00+05:30");
const answers: readonly AnswerName[] = ["already-paid", "will-pay", "wrong-person", "stop"];
const path = `/EXPOWR/${aBill().code}`;

const about = (language = "en") => ({
  bill: aBill({ customer: aCustomer({ language }), pausedUntil: now + 3 * 86_400_000 }),
  biller: aBiller(),
});
const asked = (saying: Saying & { mark?: string }, language?: string) => answerQuestion(about(language), saying, now);
const done = (answer: AnswerName, channel?: Channel, language?: string) =>
  answerDone(about(language), { answer, channel, payOn: "2026-11-28" as LocalDate }, now);

describe("the page that asks before an answer counts", () => {
  it.each(answers)("has one form with one button for %s, which posts what was asked", (answer) => {
    const html = answerPage(asked({ answer }));
    expect(html.match(/<(form|button)/g)).toEqual(["<form", "<button"]);
    expect(html).toContain(`<form method="post" action="${path}/answer"`);
    expect(html).toContain(`<button name="answer" value="${answer}">`);
    expect(html).toContain(`<h1>${textsFor("en").say[answer]}</h1>`);
    expect(html).toContain(`<a href="${path}">`);
  });

  it("asks for a day within the days that can be named, and proposes the due date", () => {
    const html = answerPage(asked({ answer: "will-pay" }));
    expect(html).toContain('<label for="payOn">');
    expect(html).toMatch(
      /<input type="date" id="payOn" name="payOn" required min="2026-11-20" max="2026-12-21" value="2026-11-30"/,
    );
    expect(html).toContain("From 20 November 2026 to 21 December 2026");
    const late = { ...about(), bill: aBill({ dueDate: "2026-11-18" }) };
    expect(answerPage(answerQuestion(late, { answer: "will-pay" }, now))).toContain('value="2026-11-20"');
  });

  it("says what was wrong with the day, beside the field and with what was typed", () => {
    const html = answerPage(asked({ answer: "will-pay" }), { typed: '"><script>' });
    expect(html).toContain('role="alert" id="fault">Please choose a day from 20 November 2026 to 21 December 2026.');
    expect(html).toContain('aria-describedby="range fault" aria-invalid="true"');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
  });

  it("hands on the mark of the message that led here, and nothing that is no mark", () => {
    expect(answerPage(asked({ answer: "stop", channel: "sms", mark: "s7X" }))).toContain(
      '<input type="hidden" name="m" value="s7X">',
    );
    expect(answerPage(asked({ answer: "stop", mark: "<b>" }))).not.toMatch(/name="m"|<b>/);
  });

  it("says whose messages stop: of the channel that led here, or all", () => {
    expect(answerPage(asked({ answer: "stop", channel: "sms" }))).toContain("no more SMS messages about bills");
    expect(answerPage(asked({ answer: "stop" }))).toContain("no more messages about bills");
    expect(answerPage(asked({ answer: "wrong-person", channel: "sms" }))).toContain("no more messages about bills");
    expect(answerPage(asked({ answer: "wrong-person", channel: "email" }))).toContain("no more e-mails about bills");
  });
});

describe("the page once an answer counts", () => {
  it.each([
    ["already-paid", "Reminders wait until 23 November 2026."],
    ["will-pay", "you will pay on 28 November 2026"],
    ["wrong-person", "You will get no more messages about bills from Example Power."],
    ["stop", "Your bills stay due, and their links go on working."],
  ] as const)("says what was done for %s, and leads back", (answer, text) => {
    const html = answeredPage(done(answer));
    expect(html).toContain(text);
    expect(html).toContain(`<a href="${path}">`);
    expect(html).not.toContain("<form");
  });

  it("says how a wish for silence is taken back, and that an answer about paying may be given again", () => {
    expect(answeredPage(done("stop"))).toContain("please ask Example Power");
    expect(answeredPage(done("already-paid"))).toContain("you can answer again");
  });
});

describe("every page about an answer", () => {
  const pages = (language: string): string[] => [
    ...answers.flatMap((answer) => [
      answerPage(asked({ answer }, language)),
      answeredPage(done(answer, "sms", language)),
    ]),
    unansweredPage(answerFrame(about(language)), "unknown"),
    unansweredPage(answerFrame(about(language)), "tooMany"),
  ];

  it.each(pageLanguages)("speaks %s, and shows nothing of the customer", (language) => {
    for (const html of pages(language)) {
      expect(html).toMatch(new RegExp(`<html lang="${language}`));
      expect(html).toContain("Example Power");
      expect(html).not.toMatch(/Asha|98300|asha@|10023|undefined|\[object/);
    }
  });

  it("takes a biller's name for text", () => {
    const biller = { ...aBiller(), name: "<b>\u202eEvil" };
    expect(unansweredPage(answerFrame({ ...about(), biller }), "unknown")).not.toMatch(/<b>|\u202e/);
  });

  it("is answered with its status and the headers of every public page", () => {
    const view = asked({ answer: "will-pay" });
    const statuses = [
      answerReply({ outcome: "asked", view }, {}),
      answerReply({ outcome: "answered", view: done("stop") }, {}),
      answerReply({ outcome: "refused", fault: "missing", typed: "", view }, {}),
      answerReply({ outcome: "unknown", view }, {}),
      answerReply({ outcome: "too-many", view }, {}),
    ].map(({ status, headers }) => [status, headers["cache-control"], headers["referrer-policy"]]);
    expect(statuses.map(([status]) => status)).toEqual([200, 200, 400, 400, 429]);
    expect(new Set(statuses.map(([, ...headers]) => headers.join()))).toEqual(new Set(["no-store,no-referrer"]));
  });

  it("leads to the bill's page where nothing is to be paid, and to the one 404 where there is no bill", () => {
    expect(answerReply({ outcome: "nothing-to-pay", path }, {})).toMatchObject({
      status: 303,
      headers: { location: path },
    });
    expect(answerReply({ outcome: "not-found" }, { acceptLanguage: "bn" })).toMatchObject({ status: 404 });
  });

  it("may be framed by whom the laptop says, and by nobody else", () => {
    const view = asked({ answer: "stop" });
    const policy = (frameAncestors?: string) =>
      answerReply({ outcome: "asked", view }, { frameAncestors }).headers["content-security-policy"];
    expect(policy()).toContain("frame-ancestors 'none'");
    expect(policy("http://127.0.0.1:4100")).toContain("frame-ancestors http://127.0.0.1:4100");
  });
});
