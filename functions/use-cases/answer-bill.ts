import { answerNames } from "../domain/answer.ts";
import { type AnsweredLink, answerDone, answerFrame, answerQuestion } from "../domain/answer-view.ts";
import { type Answered, type Saying, silencedChannels, silenceReason, withAnswer } from "../domain/answering.ts";
import { channelOf, type Mark } from "../domain/attribution.ts";
import { type Bill, isPayable, statusOf } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { eventOf } from "../domain/event.ts";
import { pagePath } from "../domain/page-view.ts";
import type { Ports } from "../ports.ts";
import { changeBill } from "./change-bill.ts";
import { billerUnder, findBill, type LinkPorts } from "./find-bill.ts";
import type { LinkParts } from "./open-payment-link.ts";
import { type SuppressedAddress, suppressAddress, tellOptOut } from "./suppress-address.ts";

type AskPorts = LinkPorts & Pick<Ports, "clock">;
type AnswerPorts = AskPorts & Pick<Ports, "linkCodes" | "suppressions" | "events">;

/** The answer as it was sent: its name, the day to pay as it was typed, and the mark of the link that led to it. */
export type AnswerForm = LinkParts & {
  readonly answer: string | undefined;
  readonly payOn?: string | undefined;
  readonly mark?: string | undefined;
};

/** What the page asks before an answer counts; changes nothing, so that who only looks at links answers nothing. */
export async function askAnswer(ports: AskPorts, form: AnswerForm): Promise<AnsweredLink> {
  const about = await aboutLink(ports, form);
  if (!about) return { outcome: "not-found" };
  const saying = sayingOf(form);
  if (!saying) return { outcome: "unknown", view: answerFrame(about) };
  const now = ports.clock.now();
  return isPayable(statusOf(about.bill, now)) || silenceReason(saying.answer) !== undefined
    ? { outcome: "asked", view: answerQuestion(about, saying, now) }
    : { outcome: "nothing-to-pay", path: pagePath(about.biller, about.bill.code) };
}

/**
 * Does what a customer answers: stops messages to the address where that is the wish, writes the answer on the bill, whose reminders rest,
 * and tells the bus. In this order, so that a wish for silence holds whatever fails after it, and each the same when it is done again: said
 * a second time, what broke off is finished. Who posts the form needs nothing but the link, which a foreign site would have to know to have
 * a visitor post it: the code is the protection.
 */
export async function answerBill(ports: AnswerPorts, form: AnswerForm): Promise<AnsweredLink> {
  const found = await aboutLink(ports, form);
  if (!found) return { outcome: "not-found" };
  const saying = sayingOf(form);
  if (!saying) return { outcome: "unknown", view: answerFrame(found) };
  const first = await silence(ports, found.bill, saying);
  const { answered, about } = await writeAnswer(ports, found.bill, saying);
  // What was read first may be older than an amendment, with other addresses.
  const isAmended = about.bill.amendedAt !== found.bill.amendedAt;
  const silenced = isAmended ? [...first, ...(await silence(ports, about.bill, saying))] : first;
  const now = ports.clock.now();
  switch (answered.outcome) {
    case "nothing-to-pay":
      return { outcome: "nothing-to-pay", path: pagePath(about.biller, about.bill.code) };
    case "refused":
      return { ...answered, view: answerQuestion(about, saying, now) };
    case "too-many":
      if (silenceReason(saying.answer) === undefined) return { outcome: "too-many", view: answerFrame(about) };
      await tellSilence(ports, about.bill, saying, silenced);
      return { outcome: "answered", view: answerDone(about, { answer: saying.answer, channel: saying.channel }, now) };
    case "answered":
      await tellSilence(ports, about.bill, saying, silenced);
      await tellAnswer(ports, answered);
      return { outcome: "answered", view: answerDone(about, answered.answer, now) };
  }
}

type About = { readonly bill: Bill; readonly biller: Biller };

async function aboutLink(ports: AskPorts, link: LinkParts): Promise<About | undefined> {
  const bill = await findBill(ports, link);
  const biller = bill && (await billerUnder(ports, bill, link.header));
  return biller && { bill, biller };
}

type Said = Saying & { readonly mark?: Mark | undefined };

function sayingOf({ answer, payOn, mark }: AnswerForm): Said | undefined {
  const known = answerNames.find((name) => name === answer);
  return known && { answer: known, payOn, mark, channel: channelOf(mark ?? "") };
}

/** The bill with the answer, as far as it takes it: read and written again until nobody else wrote it in between. */
async function writeAnswer(ports: AnswerPorts, bill: Bill, saying: Saying) {
  let answered: Answered = { outcome: "nothing-to-pay" };
  const about = await changeBill(ports, bill, (stored, now) => {
    answered = withAnswer(stored, saying, now);
    return answered.outcome === "answered" ? answered.bill : stored;
  });
  return { answered: answered as Answered, about };
}

/** Suppresses the addresses that the answer is about where it is a wish for silence. */
async function silence(ports: AnswerPorts, bill: Bill, saying: Saying): Promise<readonly SuppressedAddress[]> {
  const reason = silenceReason(saying.answer);
  if (reason === undefined) return [];
  const silenced: SuppressedAddress[] = [];
  for (const channel of silencedChannels(bill.customer.addresses, saying)) {
    const address = bill.customer.addresses[channel];
    const at = ports.clock.now();
    if (address) silenced.push(await suppressAddress(ports, bill, { channel, address, reason, at }));
  }
  return silenced;
}

/** Tells the bus of the addresses that opted out. */
async function tellSilence(
  ports: AnswerPorts,
  bill: Bill,
  { answer }: Saying,
  silenced: readonly SuppressedAddress[],
): Promise<void> {
  if (answer === "stop") for (const address of silenced) await tellOptOut(ports, bill, address);
}

/** Tells the bus what the customer said: the same event however often the same is said on one day. */
async function tellAnswer(
  ports: Pick<Ports, "events">,
  { bill, answer: said }: Extract<Answered, { outcome: "answered" }>,
): Promise<void> {
  const { at, ...ids } = said;
  await ports.events.publish([eventOf("customer.answered", bill, { id: `${said.answer}.${at}`, at, ids })]);
}
