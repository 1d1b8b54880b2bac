import { html, raw } from "hono/html";
import { toDecimal } from "../domain/money.ts";
import type { PayRefusal } from "../domain/page-view.ts";
import type { UpiWay } from "../domain/ways-to-pay.ts";
import { fact, type WordedView } from "./bill-summary.ts";
import { qrCode } from "./qr-code.ts";
import type { PageTexts } from "./texts/page-texts.ts";

/** How the bill is paid here: form, direct link and QR code; undefined when nothing is to be paid. */
export function paySection(page: WordedView, refusal?: PayRefusal) {
  const { view, texts, format } = page;
  const [way] = view.ways;
  if (!way) return view.outstanding.value > 0 ? noWay(page, refusal) : undefined;
  return html`<section class="pay">
<h2>${texts.payHeading}</h2>
<form method="post" action="${view.path}/pay">
${refusalNote(page, refusal)}
${way.fixed || amountField(page, way, refusal)}
<button name="rail" value="upi">${way.fixed ? texts.payAmount(format.money(view.outstanding)) : texts.continueInApp}</button>
${way.fixed || html`<button class="second" name="rail" value="upi-qr">${texts.showCode}</button>`}
</form>
<p class="aside"><a href="${way.link}">${texts.openDirectly}</a></p>
<figure><figcaption>${texts.scan}</figcaption>${qrCode(way.qrLink, texts.codeAlt(format.money(view.outstanding)))}</figure>
${payee(texts, way)}
<p class="soft">${texts.afterPaying}</p>
</section>`;
}

/** Who gets the money, so that the payer can compare it with what the app shows. */
export const payee = (texts: PageTexts, { payeeName, payeeAddress }: UpiWay) =>
  html`<dl>${fact(texts.payee, html`<bdi>${payeeName}</bdi>`)}${fact(texts.upiAddress, html`<span class="copy">${payeeAddress}</span>`)}</dl><p class="soft">${texts.checkPayee}</p>`;

const noWay = (page: WordedView, refusal?: PayRefusal) =>
  html`<section class="pay">${refusalNote(page, refusal)}<p>${page.texts.noWay(page.view.billerName)}</p></section>`;

function refusalNote({ view, texts, format }: WordedView, refusal: PayRefusal | undefined) {
  if (!refusal) return undefined;
  const { minimum, maximum } = view.ways[0]?.bounds ?? { minimum: view.outstanding };
  const bounds = { least: format.money(minimum), most: format.money(maximum ?? minimum) };
  const reason = refusal.field === "rail" ? texts.unknownRail : texts.faults[refusal.fault](bounds);
  return html`<p class="note fault" role="alert" id="fault">${reason}</p>`;
}

function amountField({ view, texts, format }: WordedView, { bounds }: UpiWay, refusal: PayRefusal | undefined) {
  const { minimum, maximum } = bounds;
  const range = maximum
    ? texts.range(format.money(minimum), format.money(maximum))
    : texts.atLeast(format.money(minimum));
  const refused = refusal?.field === "amount";
  const value = refused ? refusal.typed : toDecimal(view.outstanding);
  return html`<label for="amount">${texts.amountLabel}</label><p class="soft" id="range">${range}</p>
<input id="amount" name="amount" inputmode="decimal" autocomplete="off" required maxlength="16" value="${value}" aria-describedby="range${refused ? " fault" : ""}" aria-invalid="${refused ? "true" : "false"}"${refused && raw(" autofocus")}>`;
}
