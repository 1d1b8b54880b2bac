import { html } from "hono/html";
import type { WordedView } from "./bill-summary.ts";

/** What else is to be known of a bill beside what is owed: a payment under way first, since it keeps from paying twice. */
export function billNotes(page: WordedView) {
  return [pendingNote(page), ...sentences(page).map((sentence) => html`<p class="note">${sentence}</p>`)];
}

function pendingNote({ view: { pending }, texts, format }: WordedView) {
  if (!pending) return undefined;
  const said = texts.pending(format.money(pending.amount), format.time(pending.since));
  return html`<p class="note" role="status">${said}${pending.refresh && html` ${texts.looksAgain}`}</p>`;
}

function sentences({ view, texts, format }: WordedView): string[] {
  const { state, excess, amendedOn, paid, billerName, live } = view;
  const ended = state === "canceled" || state === "expired" || state === "nothing-due";
  const settled = state === "paid" || state === "overpaid";
  return [
    live?.outcome === "stale" && texts.stale(billerName, format.time(live.at)),
    excess && texts.excess(format.money(excess), billerName),
    (state === "canceled" || state === "expired") && paid.value > 0 && texts.paidAnyway(format.money(paid), billerName),
    !ended && !settled && amendedOn && texts.amended(format.date(amendedOn)),
    restNote({ view, texts, format }),
  ].filter((sentence) => typeof sentence === "string");
}

/** Why no reminder comes for now: what the customer answered, or a pause of the biller's. */
function restNote({ view: { answered, pausedUntil }, texts, format }: WordedView): string | undefined {
  if (pausedUntil === undefined) return undefined;
  const until = format.date(pausedUntil);
  if (answered?.answer === "already-paid") return texts.answered["already-paid"](format.date(answered.on), until);
  if (answered?.answer === "will-pay")
    return texts.answered["will-pay"](format.date(answered.on), answered.payOn ? format.date(answered.payOn) : until);
  return texts.paused(until);
}
