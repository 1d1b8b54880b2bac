import type { Addresses } from "./addresses.ts";
import type { Answer, AnswerName } from "./answer.ts";
import { type Bill, isPayable, statusOf } from "./bill.ts";
import { type Channel, channels } from "./ids.ts";
import { addDays, earliest, LocalDate, type LocalTime, localOf, type Moment, momentOf } from "./local-time.ts";
import { visibleText } from "./visible-text.ts";

/** What is wrong with the day that a customer means to pay on. */
export type PayOnFault = "missing" | "malformed" | "too-early" | "too-late";

/** What a customer says: the answer, the day as it was typed, and the channel whose message led here. */
export type Saying = {
  readonly answer: AnswerName;
  readonly payOn?: string | undefined;
  readonly channel?: Channel | undefined;
};

/** What an answer comes to. */
export type Answered =
  /** The bill keeps it: `bill` is the one that was asked about where the same was said before on this day. */
  | { readonly outcome: "answered"; readonly bill: Bill; readonly answer: Answer }
  /** There is nothing to be paid, so that neither a payment nor a day for one needs to be told. */
  | { readonly outcome: "nothing-to-pay" }
  | { readonly outcome: "refused"; readonly fault: PayOnFault; readonly typed: string }
  /** The bill has taken all that it takes in one day; a wish to be left alone is honored all the same. */
  | { readonly outcome: "too-many" };

/** Money takes up to three working days from bank to bank, and its report with it: a reminder before that would doubt a payer who is right. */
const arrivalDays = 3;
/** A promise further away than that is no answer to this bill. */
const longestPromiseDays = 31;
/** How many answers a bill keeps, and takes in one day of the customer. */
const mostAnswers = 5;
const morning = "09:00" as LocalTime;

const silenceReasons: Readonly<Record<AnswerName, string | undefined>> = {
  "already-paid": undefined,
  "will-pay": undefined,
  "wrong-person": "wrong-person",
  stop: "stopped-on-page",
};

/** Why addresses get no more messages after the answer, whatever becomes of the bill; undefined where it is no wish for silence. */
export const silenceReason = (answer: AnswerName): string | undefined => silenceReasons[answer];

const todayOf = (bill: Pick<Bill, "customer">, now: Moment): LocalDate => localOf(now, bill.customer.timeZone).date;

/** The days a customer may name: from today to a month ahead, in the customer's zone, and not after the bill's last day. */
export function payOnBounds(
  bill: Pick<Bill, "customer" | "expiresOn">,
  now: Moment,
): { readonly first: LocalDate; readonly last: LocalDate } {
  const first = todayOf(bill, now);
  const month = addDays(first, longestPromiseDays);
  // A bill that ends today by the biller's clocks may end yesterday by the customer's.
  const ends = [bill.expiresOn ?? month, first].toSorted()[1] ?? first;
  return { first, last: earliest(month, ends) };
}

/** The day that was typed; a fault where it is none that may be named. */
function payOnOf(typed: string | undefined, bill: Bill, now: Moment): LocalDate | PayOnFault {
  const text = visibleText(typed?.slice(0, 40) ?? "");
  if (text === "") return "missing";
  const date = LocalDate.safeParse(text);
  if (!date.success) return "malformed";
  const { first, last } = payOnBounds(bill, now);
  if (date.data < first) return "too-early";
  return date.data > last ? "too-late" : date.data;
}

/**
 * The bill with what its customer says. A payment said to be made lets the reminders rest for three days, a day named until its morning
 * (the next one where that has passed), both in the customer's zone and never for less than they rest already. The same said again on
 * the same day is the same answer.
 */
export function withAnswer(bill: Bill, { answer, payOn: typed, channel }: Saying, now: Moment): Answered {
  const isSilence = silenceReason(answer) !== undefined;
  if (!isSilence && !isPayable(statusOf(bill, now))) return { outcome: "nothing-to-pay" };
  const day = answer === "will-pay" ? payOnOf(typed, bill, now) : undefined;
  if (isFault(day)) return { outcome: "refused", fault: day, typed: visibleText(typed?.slice(0, 40) ?? "") };
  const said: Answer = {
    answer,
    at: now,
    ...(day !== undefined && { payOn: day }),
    ...(channel !== undefined && { channel }),
  };
  const today = todayOf(bill, now);
  const ofToday = (bill.answers ?? []).filter(({ at }) => localOf(at, bill.customer.timeZone).date === today);
  // A newer answer takes back what was said about paying; nothing but a consent takes back a wish for silence.
  const standing = isSilence ? ofToday : ofToday.slice(-1);
  const before = standing.find((earlier) => isSame(earlier, said));
  if (before) return { outcome: "answered", bill, answer: before };
  if (ofToday.length >= mostAnswers) return { outcome: "too-many" };
  const answers = [...(bill.answers ?? []), said].slice(-mostAnswers);
  return { outcome: "answered", bill: rested({ ...bill, answers }, said), answer: said };
}

const isFault = (day: LocalDate | PayOnFault | undefined): day is PayOnFault =>
  day === "missing" || day === "malformed" || day === "too-early" || day === "too-late";

const isSame = (one: Answer, other: Answer): boolean =>
  one.answer === other.answer && one.payOn === other.payOn && one.channel === other.channel;

/** The bill with its reminders held back for as long as the answer asks for. */
function rested(bill: Bill, answer: Answer): Bill {
  const until = restUntil(bill, answer);
  if (until === undefined || until <= Math.max(answer.at, bill.pausedUntil ?? 0)) return bill;
  return { ...bill, pausedAt: answer.at, pausedUntil: until };
}

function restUntil({ customer }: Bill, { answer, at, payOn }: Answer): Moment | undefined {
  if (answer === "already-paid") return at + arrivalDays * 86_400_000;
  if (payOn === undefined) return undefined;
  const until = momentOf(payOn, morning, customer.timeZone);
  return until > at ? until : momentOf(addDays(payOn, 1), morning, customer.timeZone);
}

/**
 * The channels of a bill on which its customer wants silence: the one whose message led to the answer, else every one with an address. A
 * wrong number is wrong for every channel that uses it.
 */
export function silencedChannels(addresses: Addresses, { answer, channel }: Omit<Saying, "payOn">): readonly Channel[] {
  const used = channels.filter((candidate) => addresses[candidate] !== undefined);
  const named = channel && addresses[channel]?.reveal();
  if (named === undefined) return used;
  return used.filter(
    (candidate) => candidate === channel || (answer === "wrong-person" && addresses[candidate]?.reveal() === named),
  );
}
