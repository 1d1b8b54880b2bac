import type { Address } from "../domain/addresses.ts";
import { markOf } from "../domain/attribution.ts";
import { outstanding, paidBeyond } from "../domain/bill.ts";
import { formatDate } from "../domain/date-text.ts";
import type { Channel } from "../domain/ids.ts";
import { localOf, type Moment } from "../domain/local-time.ts";
import type { Message, MessageVariables } from "../domain/message.ts";
import { formatMoney, localeOf } from "../domain/money.ts";
import { receiptReference } from "../domain/payment.ts";
import type { Stop } from "../domain/progress.ts";
import { receiptNumberText } from "../domain/receipt-number.ts";
import { isBeyondGsm7 } from "../domain/sms-segments.ts";
import type { Ports } from "../ports.ts";
import type { DueItem } from "./due-item.ts";

/** A message ready for its carrier; undefined when it has no wording for the channel or its wording cannot be filled. */
export async function composeMessage(
  ports: Pick<Ports, "wording" | "unsubscribeTokens" | "suppressions">,
  item: DueItem,
  about: { readonly message: string; readonly stop: Stop; readonly now: Moment; readonly linkBaseUrl: string },
): Promise<Message | undefined> {
  const { bill, biller } = item;
  const { message, linkBaseUrl, now } = about;
  const { step, hop, channel } = about.stop;
  const to = bill.customer.addresses[channel];
  if (!to) return undefined;
  const unsubscribeUrl =
    channel === "email" ? `${linkBaseUrl}/unsubscribe/${await unsubscribeToken(ports, item, to)}` : undefined;
  const key = item.notificationKey(step, hop);
  const link = `${linkBaseUrl}/${biller.header}/${bill.code}?${markOf(channel, key.step, key.hop)}`;
  const variables = {
    ...variablesOf(item, {
      language: ports.wording.languageFor(bill.customer.language, biller.language),
      channel,
      now,
    }),
    link,
    ...(unsubscribeUrl && { unsubscribeUrl }),
  };
  const wording = ports.wording.render({ message, language: bill.customer.language, biller, variables });
  return wording && { key, biller, message, to, wording, ...(unsubscribeUrl && { unsubscribeUrl }) };
}

async function unsubscribeToken(
  ports: Pick<Ports, "unsubscribeTokens" | "suppressions">,
  { bill }: DueItem,
  address: Address,
): Promise<string> {
  const addressHash = await ports.suppressions.hashOf(bill.biller, "email", address);
  return await ports.unsubscribeTokens.make({ code: bill.code, channel: "email", addressHash });
}

type Writing = { readonly language: string; readonly channel: Channel; readonly now: Moment };

function variablesOf(
  { bill, biller, payment, notice }: DueItem,
  { language, channel, now }: Writing,
): Omit<MessageVariables, "link"> {
  const { name } = bill.customer;
  const isSms = channel === "sms";
  const plain = isSms && !isBeyondGsm7(language) ? "sms" : "page";
  const dates = isSms && isBeyondGsm7(language) ? "numbers" : "words";
  const locale = localeOf(language, bill.amountDue.currency);
  const left = outstanding(bill, now);
  const excess = paidBeyond(bill);
  return {
    billerName: biller.name,
    ...(name !== undefined && { customerName: name }),
    title: bill.title,
    amount: formatMoney(left.value > 0 ? left : bill.amountDue, language, plain),
    dueDate: formatDate(bill.dueDate, locale, dates),
    ...(notice && {
      paymentAmount: formatMoney({ ...bill.amountDue, value: notice.amount }, language, plain),
    }),
    ...(payment && {
      paidAmount: formatMoney(payment.amount, language, plain),
      paidOn: formatDate(localOf(payment.paidAt, bill.zone).date, locale, dates),
      receiptReference: payment.number ? receiptNumberText(payment.number) : receiptReference(payment),
      ...(left.value > 0 && { remaining: formatMoney(left, language, plain) }),
      ...(excess > 0 && { excess: formatMoney({ ...bill.amountDue, value: excess }, language, plain) }),
    }),
  };
}
