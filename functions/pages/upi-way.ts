import { html } from "hono/html";
import { appsOn, type PaymentApp } from "../domain/payment-apps.ts";
import { codeFigure, payee, payLink, railButton, type WayPart } from "./pay-ways.ts";

/** How many apps are seen at once; the others are behind "More apps". */
const seenApps = 4;

/**
 * UPI as the device has it: on Android the chooser first and then single apps, on an iPhone single apps, on a computer the code to scan, on
 * a feature phone the address. Links where the amount is fixed, buttons of the form where it is not.
 */
export function upiWay(part: WayPart) {
  const { view, texts } = part.page;
  const shown = { android, ios, desktop, "feature-phone": featurePhone }[view.device.system];
  return html`<h2>${texts.payHeading}</h2>
${shown(part)}
${view.device.system !== "feature-phone" && payee(texts, part.way)}`;
}

const android = (part: WayPart) =>
  html`${part.amount}${openAny(part, { isMain: part.isFirst })}${apps(part)}${showCode(part)}${noApp(part)}`;

/** `upi://` opens whichever app took it, perhaps the wrong one: it comes last. */
const ios = (part: WayPart) => html`${part.amount}${apps(part)}${showCode(part)}${noApp(part, openAny(part))}`;

/** The link is for who asks for desktop pages on a tablet or a phone. */
function desktop(part: WayPart) {
  const { page, way, amount } = part;
  const { view, texts, format } = page;
  const figure = way.code && codeFigure(way.code, texts.scan, texts.codeAlt(format.money(view.outstanding)));
  return html`${figure}${amount}${!way.fixed && showCode(part, part.isFirst)}${openAny(part, { name: texts.openInApp })}`;
}

/** Nothing opens there: what to type comes first. */
function featurePhone(part: WayPart) {
  const { page, way, amount } = part;
  return html`<p>${page.texts.pay.toAddress}</p>${payee(page.texts, way)}${amount}${showCode(part)}`;
}

/** Opens the device's own choice of apps. */
function openAny({ page, way }: WayPart, { isMain = false, name }: { isMain?: boolean; name?: string } = {}) {
  const { view, texts, format } = page;
  if (!way.fixed) return railButton("upi", name ?? texts.continueInApp, isMain);
  return way.link && payLink(way.link, name ?? texts.payAmount(format.money(view.outstanding)), isMain);
}

const showCode = ({ page }: WayPart, isMain = false) => railButton("upi-code", page.texts.showCode, isMain);

/** Every app that opens here, the most used in sight; not one that was tried and did not open. */
function apps(part: WayPart) {
  const { view, texts } = part.page;
  const { missingApp, device } = view;
  const each = appsOn(device)
    .filter(({ id, iosPay }) => id !== missingApp && (device.system !== "ios" || iosPay !== undefined))
    .map((app, n) => oneApp(part, app, n < seenApps));
  const [seen, more] = [each.slice(0, seenApps), each.slice(seenApps)];
  return html`<p class="soft">${texts.pay.chooseApp}</p><div class="apps">${seen}</div><details><summary>${texts.pay.moreApps}</summary><div class="apps">${more}</div></details>`;
}

/** A link, which needs no answer of ours; a button where the amount has to be asked for, and where the long links of Android are out of sight. */
function oneApp({ page: { view }, way }: WayPart, { id, name }: PaymentApp, isSeen: boolean) {
  const link =
    way.fixed && (isSeen || view.device.system === "ios") ? view.apps.find((app) => app.id === id)?.link : undefined;
  return link === undefined
    ? html`<button name="rail" value="upi:${id}">${name}</button>`
    : html`<a href="${link}">${name}</a>`;
}

function noApp({ page }: WayPart, first?: unknown) {
  const { view, texts } = page;
  const pages = appsOn(view.device).map(({ name, web }) => html`<a rel="noreferrer" href="${web}">${name}</a> `);
  return html`<details><summary>${texts.pay.noApp}</summary>${first}<p class="soft">${texts.pay.noAppAdvice}</p><p class="links">${pages}</p></details>`;
}
