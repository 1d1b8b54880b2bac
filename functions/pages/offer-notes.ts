import { html } from "hono/html";
import type { GrantedAward, PossibleOffer } from "../domain/offer-view.ts";
import type { PageView } from "../domain/page-view.ts";
import type { Format } from "./format.ts";
import type { PageTexts } from "./texts/page-texts.ts";

type Worded = { readonly texts: PageTexts; readonly format: Format };

/** What paying now may give, as a possibility and with what it takes: others may be quicker. */
export const offerNotes = (page: Worded & { readonly view: Pick<PageView, "offers"> }) =>
  (page.view.offers ?? []).map((offer) => offerNote(page, offer));

function offerNote({ texts: { offers: texts }, format }: Worded, offer: PossibleOffer) {
  const { kind, title, value, rails, until } = offer;
  const amount = value && format.money(value);
  const conditions = [
    rails && texts.with(rails.map((rail) => railNames[rail] ?? rail).join(", ")),
    until && texts.until(format.date(until)),
  ];
  return html`<p class="note">${kind === "cashback" ? texts.cashback(amount ?? "") : texts.coupon(amount)} ${conditions.filter(Boolean).join(" ")}<small><bdi>${title}</bdi></small></p>`;
}

/** Rails that have a name of their own in every language. */
const railNames: Readonly<Record<string, string>> = { upi: "UPI", pix: "Pix", "pay-now": "PayNow" };

/** What an offer gave a payment, in a line of its receipt: `You get ₹35.00 back`, `Coupon ₹50.00: AB12-CD34`. */
export function awardText({ texts: { offers: texts }, format }: Worded, { kind, value, code }: GrantedAward): string {
  const amount = value && format.money(value);
  if (kind === "cashback") return texts.granted(amount ?? "");
  return `${[texts.coupons, amount].filter(Boolean).join(" ")}${code === undefined ? "" : `: ${code}`}`;
}

/** What offers gave a payment, as its receipt's page shows it. */
export const awardLines = (page: Worded, awards: readonly GrantedAward[] = []) =>
  awards.map((award) => html`<small>${awardText(page, award)} (<bdi>${award.title}</bdi>)</small>`);
