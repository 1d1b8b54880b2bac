import { html, raw } from "hono/html";
import { toDecimal } from "../domain/money.ts";
import type { PageView, PayRefusal } from "../domain/page-view.ts";
import { browserLink, paymentApps } from "../domain/payment-apps.ts";
import type { RailName, WayToPay } from "../domain/rail.ts";
import type { WordedView } from "./bill-summary.ts";
import { offerNotes } from "./offer-notes.ts";
import { pageScript } from "./page-script.ts";
import { otherWays, payNowWay, pixWay, type WayPart } from "./pay-ways.ts";
import { upiWay } from "./upi-way.ts";

/** How the bill is paid on this device, in the order of the ways there are: links, one form, and codes; undefined when nothing is to be paid. */
export function paySection(page: WordedView, refusal?: PayRefusal) {
  const { view, texts } = page;
  if (view.ways.length === 0) return view.outstanding.value > 0 ? noWay(page, refusal) : undefined;
  return html`<section class="pay"${watchedFacts(view)}>
${refusalNote(page, refusal)}
${missingApp(page)}
${inAppNote(page)}
${offerNotes(page)}
<form method="post" action="${view.path}/pay">
${parts(page, refusal)}
</form>
<p class="soft">${texts.afterPaying}</p>
</section>
${script}`;
}

/** The script of the page, which copies codes and looks for the payment. */
export const script = html`<script>${raw(pageScript)}</script>`;

/** What the script asks for, and what it knows. */
export const watchedFacts = ({ path, state, outstanding, pending }: PageView) =>
  html` data-page="${path}" data-facts="${[state, outstanding.value, pending !== undefined].join()}"`;

/** The part of the page that a rail has for itself; undefined where a link or button among the others is enough. */
const single: Readonly<Record<RailName, ((part: WayPart) => unknown) | undefined>> = {
  upi: upiWay,
  pix: pixWay,
  "pix-psp": pixWay,
  "pay-now": payNowWay,
  "click-pay": undefined,
  razorpay: undefined,
  stripe: undefined,
  external: undefined,
};

/** A part for each way with a code of its own, and one for all that are only a link or a button; the first that needs it asks for the amount. */
function parts(page: WordedView, refusal: PayRefusal | undefined): unknown[] {
  const { ways } = page.view;
  const asking = ways.find(({ fixed }) => !fixed);
  const others = ways.filter(({ rail }) => !single[rail]);
  const amountOf = (of: readonly WayToPay[]) =>
    asking && of.includes(asking) ? amountField(page, asking, refusal) : undefined;
  const alone = ways.flatMap((way, n) => {
    const shown = single[way.rail];
    return shown ? [shown({ page, way, isFirst: n === 0, amount: amountOf([way]) })] : [];
  });
  const isFirst = alone.length === 0;
  const rest = others.length > 0 && otherWays({ page, ways: others, isFirst, amount: amountOf(others) });
  return [...alone, rest].filter(Boolean).map((part) => html`<div class="way">${part}</div>`);
}

const noWay = (page: WordedView, refusal?: PayRefusal) =>
  html`<section class="pay">${refusalNote(page, refusal)}<p>${page.texts.noWay(page.view.billerName)}</p></section>`;

function refusalNote(page: WordedView, refusal: PayRefusal | undefined) {
  if (refusal?.fault === "on-its-way") return html`<p class="note" role="status">${reasonOf(page, refusal)}</p>`;
  return refusal && html`<p class="note fault" role="alert" id="fault">${reasonOf(page, refusal)}</p>`;
}

function reasonOf({ view, texts, format }: WordedView, refusal: PayRefusal): string {
  if (refusal.fault === "unavailable") return texts.pay.unavailable;
  if (refusal.fault === "on-its-way")
    return texts.pending(format.money(refusal.pending.amount), format.time(refusal.pending.since));
  if (refusal.field === "rail") return texts.unknownRail;
  const way = view.ways.find(({ fixed }) => !fixed) ?? view.ways[0];
  const { minimum, maximum } = way?.bounds ?? { minimum: view.outstanding };
  return texts.faults[refusal.fault]({ least: format.money(minimum), most: format.money(maximum ?? minimum) });
}

function missingApp({ view, texts }: WordedView) {
  const app = paymentApps.find(({ id }) => id === view.missingApp);
  if (!app || view.device.system !== "android") return undefined;
  return html`<p class="note" role="status">${texts.pay.missing(app.name)} <a rel="noreferrer" href="${app.web}">${texts.pay.aboutApp(app.name)}</a></p>`;
}

/** Apps' own browsers often follow no link to another app; in which of them it works changes with their versions. */
function inAppNote({ view, texts }: WordedView) {
  const { system, inApp } = view.device;
  if (inApp === undefined || !view.ways.some(({ rail }) => rail === "upi")) return undefined;
  if (system === "ios") return html`<p class="note">${texts.pay.inAppOnIphone}</p>`;
  return html`<p class="note">${texts.pay.inApp} <a href="${browserLink(view.url)}">${texts.pay.openBrowser}</a></p>`;
}

function amountField({ view, texts, format }: WordedView, { bounds }: WayToPay, refusal: PayRefusal | undefined) {
  const { minimum, maximum } = bounds;
  const range = maximum
    ? texts.range(format.money(minimum), format.money(maximum))
    : texts.atLeast(format.money(minimum));
  const refused = refusal?.field === "amount";
  const value = refused ? refusal.typed : toDecimal(view.outstanding);
  return html`<label for="amount">${texts.amountLabel}</label><p class="soft" id="range">${range}</p>
<input id="amount" name="amount" inputmode="decimal" autocomplete="off" required maxlength="16" value="${value}" aria-describedby="range${refused ? " fault" : ""}" aria-invalid="${refused ? "true" : "false"}"${refused && raw(" autofocus")}>`;
}
