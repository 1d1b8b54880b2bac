import type { Answer, AnswerName } from "./answer.ts";
import { type PayOnFault, payOnBounds, type Saying, silencedChannels } from "./answering.ts";
import type { Mark } from "./attribution.ts";
import type { Bill } from "./bill.ts";
import type { Biller } from "./biller.ts";
import type { Channel } from "./ids.ts";
import { type LocalDate, localOf, type Moment } from "./local-time.ts";
import { pagePath } from "./page-view.ts";
import { visibleText } from "./visible-text.ts";

/** What every page about an answer shows: no more of the customer than the language. */
export type AnswerFrame = {
  /** The path of the bill's page. */
  readonly path: string;
  readonly language: string;
  readonly currency: string;
  readonly billerName: string;
  /** A `data:` URL. */
  readonly logo?: string;
};

/** What the page asks before an answer counts. */
export type AnswerQuestion = AnswerFrame & {
  readonly answer: AnswerName;
  /** Which message's link led here, to be handed on. */
  readonly mark?: Mark;
  /** Whose messages a wish for silence stops. */
  readonly silenced: readonly Channel[];
  /** The days that can be named, and the one that is proposed. */
  readonly days: { readonly first: LocalDate; readonly last: LocalDate; readonly proposed: LocalDate };
};

/** What the page says once an answer counts. */
export type AnswerDone = AnswerFrame & {
  readonly answer: AnswerName;
  readonly on: LocalDate;
  readonly payOn?: LocalDate;
  /** Until when reminders rest, where they do. */
  readonly restsUntil?: LocalDate;
  readonly silenced: readonly Channel[];
};

/** What becomes of an answer, asked or given. */
export type AnsweredLink =
  | { readonly outcome: "not-found" }
  | { readonly outcome: "nothing-to-pay"; readonly path: string }
  | { readonly outcome: "unknown" | "too-many"; readonly view: AnswerFrame }
  | { readonly outcome: "asked"; readonly view: AnswerQuestion }
  | {
      readonly outcome: "refused";
      readonly fault: PayOnFault;
      readonly typed: string;
      readonly view: AnswerQuestion;
    }
  | { readonly outcome: "answered"; readonly view: AnswerDone };

type About = { readonly bill: Bill; readonly biller: Biller };

/** What every page about an answer shows of a bill. */
export const answerFrame = ({ bill, biller }: About): AnswerFrame => ({
  path: pagePath(biller, bill.code),
  language: bill.customer.language,
  currency: bill.amountDue.currency,
  billerName: visibleText(biller.name),
  ...(biller.logo !== undefined && { logo: biller.logo }),
});

/** What is asked before the answer counts, seen at `now`. */
export function answerQuestion(
  about: About,
  { answer, channel, mark }: Saying & { readonly mark?: Mark | undefined },
  now: Moment,
): AnswerQuestion {
  const { first, last } = payOnBounds(about.bill, now);
  const { dueDate } = about.bill;
  return {
    ...answerFrame(about),
    answer,
    ...(channel !== undefined && mark !== undefined && { mark }),
    silenced: silencedChannels(about.bill.customer.addresses, { answer, channel }),
    days: { first, last, proposed: dueDate > first && dueDate <= last ? dueDate : first },
  };
}

/** What is said of an answer that counts, seen at `now`. */
export function answerDone(
  about: About,
  { answer, payOn, channel }: Pick<Answer, "answer" | "payOn"> & Pick<Saying, "channel">,
  now: Moment,
): AnswerDone {
  const { customer, pausedUntil } = about.bill;
  const rests = pausedUntil !== undefined && pausedUntil > now;
  return {
    ...answerFrame(about),
    answer,
    on: localOf(now, customer.timeZone).date,
    ...(payOn !== undefined && { payOn }),
    ...(rests && { restsUntil: localOf(pausedUntil, customer.timeZone).date }),
    silenced: silencedChannels(customer.addresses, { answer, channel }),
  };
}
