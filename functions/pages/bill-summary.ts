import { html } from "hono/html";
import type { DatedAmount } from "../domain/page-parts.ts";
import type { PageView } from "../domain/page-view.ts";
import type { Format } from "./format.ts";
import { awardLines } from "./offer-notes.ts";
import type { PageTexts } from "./texts/page-texts.ts";

/** A view with the words, amounts and dates of its reader's language. */
export type WordedView = { readonly view: PageView; readonly texts: PageTexts; readonly format: Format };

/** One line of a list of facts, with what is too long to stand beside its name below it. */
export const fact = (name: unknown, value: unknown, { mark = "", more }: { mark?: string; more?: unknown } = {}) =>
  html`<div class="${mark}"><dt>${name}</dt><dd>${value}</dd>${more && html`<dd class="more">${more}</dd>`}</div>`;

/** What the bill is, where it stands with what is to be known beside, and what was paid: once paid, the receipt. */
export function billSummary(page: WordedView, notes: unknown) {
  const { view, texts } = page;
  return html`<section class="bill">
<p class="pill">${isSettled(view) && check}${texts.states[view.state]}</p>
<h1><bdi>${view.title}</bdi></h1>
${view.customerName && html`<p class="soft">${texts.customer}: <bdi>${view.customerName}</bdi></p>`}
${headline(page)}
${notes}
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
${view.paid.value > 0 && receiptLinks(page)}
${view.live && view.live.outcome !== "stale" && html`<p class="soft label">${texts.asOf(page.format.time(view.live.at))}</p>`}
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
  if (state === "nothing-due")
    return html`<p class="label sum">${texts.nothingToPay}</p><p class="say">${texts.nothingDue(view.billerName)}</p>`;
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

function facts({ view, texts, format }: WordedView) {
  const { state, formerly, outstanding } = view;
  const saysAmount = state === "due" || state === "due-today" || state === "overdue" || state === "expired";
  const former = outstanding.value > 0 ? formerly : undefined;
  const formerAmount = view.datedAmounts.length === 0 ? former?.amount : undefined;
  return html`<dl>
${(!saysAmount || formerAmount) && fact(texts.billAmount, before(texts, format.money(view.amount), formerAmount && format.money(formerAmount)))}
${state === "part-paid" && fact(texts.paidSoFar, format.money(view.paid))}
${fact(texts.dueDate, before(texts, format.date(view.dueDate), former?.dueDate && format.date(former.dueDate)))}
${fact(texts.billDate, format.date(view.issuedOn))}
${view.expiresOn && view.ways.length > 0 && fact(texts.payableUntil, format.date(view.expiresOn))}
</dl>`;
}

/** A figure with what it was before the bill was amended. */
const before = (texts: PageTexts, value: string, former: string | undefined) =>
  html`${value}${former && html`<small>${texts.before(former)}</small>`}`;

const list = (heading: string, lines: readonly unknown[]) =>
  lines.length > 0 && html`<h2>${heading}</h2><dl>${lines}</dl>`;

function datedAmount({ view, texts, format }: WordedView, { amount, from, until, now, ordinary }: DatedAmount) {
  const start = from && texts.from(format.date(from));
  const span = from && until ? format.dates(from, until) : (start ?? (until && texts.until(format.date(until))));
  const former = ordinary && view.formerly?.amount;
  const value = before(texts, format.money(amount), former && format.money(former));
  return fact(now ? html`${span} (${texts.now})` : span, value, { mark: now ? "on" : "" });
}

const payments = ({ view, texts, format }: WordedView) =>
  view.payments.map(({ paidOn, amount, reference, alias, refunded, awards }) =>
    fact(
      html`${format.date(paidOn)}<small>${texts.reference} ${reference}${alias && html` · ${alias}`}</small>`,
      html`${format.money(amount)}${refunded && html`<small>${texts.refunded(format.money(refunded))}</small>`}`,
      { more: awards && awardLines({ texts, format }, awards) },
    ),
  );

const receiptLinks = ({ view, texts }: WordedView) =>
  html`<p class="links"><a href="${view.path}/receipt">${texts.printable}</a> <a href="${view.path}/receipt.pdf">${texts.pdf}</a></p>`;
