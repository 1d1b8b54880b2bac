import type { Channel } from "./ids.ts";
import type { LocalDate, Moment } from "./local-time.ts";

/** What a customer can say about a bill from its page, without an account. */
export const answerNames = ["already-paid", "will-pay", "wrong-person", "stop"] as const;
export type AnswerName = (typeof answerNames)[number];

/** One answer as the bill keeps it. */
export type Answer = {
  readonly answer: AnswerName;
  readonly at: Moment;
  /** The day on which the customer means to pay; only for `will-pay`. */
  readonly payOn?: LocalDate;
  /** The channel of the message that led to the answer, where its link was marked. */
  readonly channel?: Channel;
};
