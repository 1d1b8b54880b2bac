import { type AnswerName, answerNames } from "../domain/answer.ts";
import { type AnsweredLink, answerDone, answerFrame, answerQuestion } from "../domain/answer-view.ts";
import { type Answered, type Saying, silencedChannels, wantsSilence, withAnswer } from "../domain/answering.ts";
import { channelOf, type Mark } from "../domain/attribution.ts";
import { type Bill, isPayable, statusOf } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { eventOf } from "../domain/event.ts";
import type { Moment } from "../domain/local-time.ts";
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
  return isPayable(statusOf(about.bill, now)) || wantsSilence(saying.answer)
    ? { outcome: "asked", view: answerQuestion(about, saying, now) }
    : { outcome: "nothing-to-pay", path: pagePath(about.biller, about.bill.code) };
}

/**
 * Does what a customer answers: writes it on the bill, whose reminders rest; stops messages to the address where that is the wish; tells
 * the bus. In this order, and each the same when it is done again: said a second time, what broke off is finished. Who posts the form
 * needs nothing but the link, which a foreign site would have to know to have a visitor post it: the code is the protection.
 */
export async function answerBill(ports: AnswerPorts, form: AnswerForm): Promise<AnsweredLink> {
  const found = await aboutLink(ports, form);
  if (!found) return { outcome: "not-found" };
  const saying = sayingOf(form);
  if (!saying) return { outcome: "unknown", view: answerFrame(found) };
  const { answered, about } = await writeAnswer(ports, found.bill, saying);
  const now = ports.clock.now();
  switch (answered.outcome) {
    case "nothing-to-pay":
      return { outcome: "nothing-to-pay", path: pagePath(about.biller, about.bill.code) };
    case "refused":
      return { ...answered, view: answerQuestion(about, saying, now) };
    case "too-many":
      if (!wantsSilence(saying.answer)) return { outcome: "too-many", view: answerFrame(about) };
      await silence(ports, about.bill, { ...saying, now });
      return { outcome: "answered", view: answerDone(about, { answer: saying.answer, channel: saying.channel }, now) };
    case "answered":
      await silence(ports, about.bill, { ...saying, now });
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

const reasons: Readonly<Partial<Record<AnswerName, string>>> = {
  "wrong-person": "wrong-person",
  stop: "stopped-on-page",
};

/** Suppresses the addresses that the answer is about where it is a wish for silence, and tells the bus of those who opted out. */
async function silence(
  ports: AnswerPorts,
  bill: Bill,
  { now, ...saying }: Saying & { readonly now: Moment },
): Promise<void> {
  const reason = reasons[saying.answer];
  if (reason === undefined) return;
  const silenced: SuppressedAddress[] = [];
  for (const channel of silencedChannels(bill.customer.addresses, saying)) {
    const address = bill.customer.addresses[channel];
    if (address) silenced.push(await suppressAddress(ports, bill, { channel, address, reason, at: now }));
  }
  if (saying.answer === "stop") for (const address of silenced) await tellOptOut(ports, bill, address);
}

/** Tells the bus what the customer said: the same event however often the same is said on one day. */
async function tellAnswer(
  ports: Pick<Ports, "events">,
  { bill, answer: said }: Extract<Answered, { outcome: "answered" }>,
): Promise<void> {
  const { at, ...ids } = said;
  await ports.events.publish([eventOf("customer.answered", bill, { id: `${said.answer}.${at}`, at, ids })]);
}
