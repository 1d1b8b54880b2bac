import { html } from "hono/html";
import type { DatedAmount, PageView } from "../domain/page-view.ts";
import type { Format } from "./format.ts";
import type { PageTexts } from "./texts/page-texts.ts";

/** A view with the words, amounts and dates of its reader's language. */
export type WordedView = { readonly view: PageView; readonly texts: PageTexts; readonly format: Format };

/** One line of a list of facts. */
export const fact = (name: unknown, value: unknown, mark = "") =>
  html`<div class="${mark}"><dt>${name}</dt><dd>${value}</dd></div>`;

/** What the bill is, where it stands, and what was paid: once paid, the receipt. */
export function billSummary(page: WordedView) {
  const { view, texts } = page;
  return html`<section class="bill">
<p class="pill">${isSettled(view) && check}${texts.states[view.state]}</p>
<h1><bdi>${view.title}</bdi></h1>
${view.customerName && html`<p class="soft">${texts.customer}: <bdi>${view.customerName}</bdi></p>`}
${headline(page)}
${notes(page)}
${facts(page)}
${list(
  texts.amountByDate,
  view.datedAmounts.map((dated) => datedAmount(page, dated)),
)}
${list(
  texts.items,
  view.items.map(({ name, amount }) => fact(html`<bdi>${name}</bdi>`, page.format.money(amount))),
)}
${list(texts.payments, payments(page))}
${isSettled(view) && html`<p class="soft label">${texts.keep}</p>`}
</section>`;
}

const check = html`<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M1 6.5 4.5 10 11 2" fill="none" stroke="currentColor" stroke-width="2"/></svg>`;

const isSettled = ({ state }: PageView): boolean => state === "paid" || state === "overpaid";

/** The one amount that matters now, and the sentence that goes with it. */
function headline({ view, texts, format }: WordedView) {
  const { state } = view;
  if (state === "canceled")
    return html`<p class="label sum">${texts.nothingToPay}</p><p class="say">${texts.canceled(format.date(view.canceledOn ?? view.dueDate))}</p>`;
  if (state === "expired")
    return sum(
      texts.unpaid,
      format.money(view.amount),
      texts.expired(format.date(view.expiresOn ?? view.dueDate), view.billerName),
    );
  if (isSettled(view))
    return sum(texts.paidTotal, format.money(view.paid), texts.settled(format.date(view.settledOn ?? view.dueDate)));
  const due = { due: texts.payBy, "due-today": texts.payToday, overdue: texts.wasDue }[view.due];
  const label = state === "part-paid" ? texts.stillToPay : texts.toPay;
  return [
    sum(label, format.money(view.outstanding), due(format.date(view.dueDate))),
    state === "part-paid" && progress(view),
  ];
}

const sum = (label: string, amount: string, sentence: string) =>
  html`<p class="soft label">${label}</p><p class="sum">${amount}</p><p class="say">${sentence}</p>`;

/** How much of the bill is paid, for the eye only: the figures stand beside it. */
function progress({ paid, amount }: PageView) {
  const share = Math.max(2, Math.min(98, Math.round((100 * paid.value) / amount.value)));
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true"><path fill="var(--line)" d="M0 0h100v1H0z"/><path fill="var(--tone)" d="M0 0h${share}v1H0z"/></svg>`;
}

function notes({ view, texts, format }: WordedView) {
  const { state, excess, amendedOn, paid, billerName } = view;
  const ended = state === "canceled" || state === "expired";
  const said = [
    excess && texts.excess(format.money(excess), billerName),
    ended && paid.value > 0 && texts.paidAnyway(format.money(paid), billerName),
    !ended && !isSettled(view) && amendedOn && texts.amended(format.date(amendedOn)),
  ];
  return said.filter(Boolean).map((sentence) => html`<p class="note">${sentence}</p>`);
}

function facts({ view, texts, format }: WordedView) {
  const partly = view.state === "part-paid";
  const plain =
    view.state === "due" || view.state === "due-today" || view.state === "overdue" || view.state === "expired";
  return html`<dl>
${!plain && fact(texts.billAmount, format.money(view.amount))}
${partly && fact(texts.paidSoFar, format.money(view.paid))}
${fact(texts.dueDate, format.date(view.dueDate))}
${fact(texts.billDate, format.date(view.issuedOn))}
${view.expiresOn && view.ways.length > 0 && fact(texts.payableUntil, format.date(view.expiresOn))}
</dl>`;
}

const list = (heading: string, lines: readonly unknown[]) =>
  lines.length > 0 && html`<h2>${heading}</h2><dl>${lines}</dl>`;

function datedAmount({ texts, format }: WordedView, { amount, from, until, now }: DatedAmount) {
  const start = from && texts.from(format.date(from));
  const span = from && until ? format.dates(from, until) : (start ?? (until && texts.until(format.date(until))));
  return fact(now ? html`${span} (${texts.now})` : span, format.money(amount), now ? "on" : "");
}

const payments = ({ view, texts, format }: WordedView) =>
  view.payments.map(({ paidOn, amount, reference, refunded }) =>
    fact(
      html`${format.date(paidOn)}<small>${texts.reference} ${reference}</small>`,
      html`${format.money(amount)}${refunded && html`<small>${texts.refunded(format.money(refunded))}</small>`}`,
    ),
  );
