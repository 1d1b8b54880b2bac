import type { PageView } from "../domain/page-view.ts";
import type { PrintedReceipt, ReceiptLine } from "../domain/printed-receipt.ts";
import { formatFor } from "./format.ts";
import { awardText } from "./offer-notes.ts";
import { textsFor } from "./texts/texts-for.ts";

/** The receipt of a bill that was paid, or of what was paid of it, in the customer's language. */
export function receiptDocument(view: PageView): PrintedReceipt {
  const texts = textsFor(view.language);
  const format = formatFor(texts.language, view.amount.currency);
  const { money, date } = format;
  const line = (name: string, value: string, small?: string): ReceiptLine => ({
    name,
    value,
    ...(small !== undefined && { small }),
  });
  const facts = [
    ...(view.customerName === undefined ? [] : [line(texts.customer, view.customerName)]),
    line(texts.billAmount, money(view.amount)),
    line(texts.dueDate, date(view.dueDate)),
    line(texts.billDate, date(view.issuedOn)),
    ...(view.outstanding.value > 0 ? [line(texts.stillToPay, money(view.outstanding))] : []),
  ];
  const items = view.items.map(({ name, amount }) => line(name, money(amount)));
  const payments = view.payments.flatMap(({ reference, alias, amount, refunded, paidOn, awards = [] }) => [
    line(date(paidOn), money(amount), `${texts.reference} ${alias ? `${reference} · ${alias}` : reference}`),
    ...(refunded ? [line(texts.refunded(money(refunded)), "")] : []),
    ...awards.map((award) => line(awardText({ texts, format }, award), "", award.title)),
  ]);
  return {
    language: texts.language,
    billerName: view.billerName,
    heading: texts.receipt.heading,
    state: texts.states[view.state],
    title: view.title,
    total: line(texts.paidTotal, money(view.paid)),
    sentence: view.settledOn ? texts.settled(date(view.settledOn)) : "",
    notes: view.excess ? [texts.excess(money(view.excess), view.billerName)] : [],
    sections: [
      { lines: facts },
      { heading: texts.items, lines: items },
      { heading: texts.payments, lines: payments },
    ].filter(({ lines }) => lines.length > 0),
    footer: texts.receipt.page,
    link: view.url,
  };
}
