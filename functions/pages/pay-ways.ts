import { html } from "hono/html";
import type { RailName, WayToPay } from "../domain/rail.ts";
import { fact, type WordedView } from "./bill-summary.ts";
import { qrCode } from "./qr-code.ts";
import type { PageTexts } from "./texts/page-texts.ts";

/** One way to pay as its part of the page shows it; `amount` is the field for it where this part has to ask. */
export type WayPart = {
  readonly page: WordedView;
  readonly way: WayToPay;
  readonly isFirst: boolean;
  readonly amount: unknown;
};

/** A button of the page's form, by the value of its field `rail`. */
export const railButton = (rail: string, text: string, isMain = false) =>
  html`<button${!isMain && html` class="second"`} name="rail" value="${rail}">${text}</button>`;

/** A link that looks like a button: to an app or to https only, whatever a rail offers. */
export const payLink = (link: string, text: string, isMain = false) =>
  /^(?:https|upi):\/\//.test(link) &&
  html`<a class="go${!isMain && " second"}" rel="noreferrer" href="${link}">${text}</a>`;

/** A QR code under what to do with it. */
export const codeFigure = (code: string, caption: string, label: string) =>
  html`<figure><figcaption>${caption}</figcaption>${qrCode(code, label)}</figure>`;

/** A code to be pasted into an app: selected as a whole by hand, or copied by a button where there is script. */
export const copyText = ({ pay }: PageTexts, code: string) =>
  html`<label for="code">${pay.pixText}</label><textarea id="code" rows="6" readonly autocomplete="off" spellcheck="false">${code}</textarea><button type="button" class="second" hidden aria-live="polite" data-copied="${pay.copied}">${pay.copy}</button><p class="soft">${pay.pixHow}</p>`;

/** What the payee's address is called; undefined for a rail whose payee has none that a payer would know. */
function addressName({ upiAddress, pay }: PageTexts, rail: RailName): string | undefined {
  switch (rail) {
    case "upi":
      return upiAddress;
    case "pix":
    case "pix-psp":
      return pay.pixKey;
    case "pay-now":
      return pay.payNowNumber;
    case "click-pay":
    case "razorpay":
    case "stripe":
    case "external":
      return undefined;
  }
}

/** Who gets the money, so that the payer can compare it with what the app shows. */
export function payee(texts: PageTexts, { rail, payee: to }: WayToPay) {
  if (!to) return undefined;
  const name = addressName(texts, rail);
  return html`<dl>${fact(texts.payee, html`<bdi>${to.name}</bdi>`)}${name !== undefined && fact(name, html`<span class="copy">${to.address}</span>`)}</dl><p class="soft">${texts.checkPayee}</p>`;
}

/** Pix: the text to paste first on a phone, the code to scan first on a computer; a button where the code has to be made. */
export function pixWay({ page, way, isFirst, amount }: WayPart) {
  const { view, texts, format } = page;
  const { code } = way;
  const shown = format.money(view.outstanding);
  const isComputer = view.device.system === "desktop";
  const figure = code && codeFigure(code, texts.pay.scanInBankApp, texts.pay.codeAlt(shown));
  return html`<h2>${texts.pay.pix}</h2>
${isComputer && figure}${code && copyText(texts, code)}${amount}
${(!code || !way.fixed || !isComputer) && railButton(`${way.rail}-code`, code ? texts.showCode : texts.pay.showPix, isFirst && !code)}
${payee(texts, way)}`;
}

/** PayNow: its code is all there is; on a phone it is kept as a picture and opened in the bank's app. */
export function payNowWay({ page, way, isFirst, amount }: WayPart) {
  const { view, texts, format } = page;
  const { code } = way;
  const label = texts.pay.codeAlt(format.money(view.outstanding));
  return html`<h2>${texts.pay.payNow}</h2>
${code && codeFigure(code, texts.pay.scanInBankApp, label)}
${code && view.device.system !== "desktop" && html`<p class="soft">${texts.pay.payNowHow}</p>`}
${amount}${!(code && way.fixed) && railButton("pay-now-code", texts.showCode, isFirst)}
${payee(texts, way)}`;
}

/** The ways that are a link or a button each: checkouts, ClickPay, the biller's own site. */
export function otherWays({
  page,
  ways,
  isFirst,
  amount,
}: Omit<WayPart, "way"> & { readonly ways: readonly WayToPay[] }) {
  const { texts } = page;
  const each = ways.map((way, n) => {
    const [text, isMain] = [buttonName(page, way), isFirst && n === 0];
    return way.fixed && way.link ? payLink(way.link, text, isMain) : railButton(way.rail, text, isMain);
  });
  return html`<h2>${isFirst ? texts.pay.heading : texts.pay.others}</h2>${amount}${each}`;
}

/** What the link or button of a way says. */
function buttonName({ view, texts }: WordedView, { rail, label }: WayToPay): string {
  const { pay } = texts;
  switch (rail) {
    case "upi":
      return texts.continueInApp;
    case "pix":
    case "pix-psp":
      return pay.showPix;
    case "pay-now":
      return texts.showCode;
    case "click-pay":
      return pay.clickPay;
    case "razorpay":
      return pay.checkout("Razorpay");
    case "stripe":
      return pay.checkout("Stripe");
    case "external":
      return label ?? pay.external(view.billerName);
  }
}
