import { html } from "hono/html";
import type { Money } from "../domain/money.ts";
import type { PageView } from "../domain/page-view.ts";
import type { RailName, WayToPay } from "../domain/rail.ts";
import { document } from "./document.ts";
import { formatFor } from "./format.ts";
import { script, watchedFacts } from "./pay-section.ts";
import { codeFigure, copyText, payee } from "./pay-ways.ts";
import type { PageTexts } from "./texts/page-texts.ts";
import { textsFor } from "./texts/texts-for.ts";

/** What is to be scanned or copied, and for how much. */
type ShownCode = { readonly way: WayToPay; readonly code: string; readonly canCopy: boolean; readonly amount: Money };

/** The page with the code of one attempt for the amount that the payer chose: to scan, to keep, and where an app takes it as text to copy. */
export function scanPage(view: PageView, { way, code, canCopy, amount }: ShownCode): string {
  const texts = textsFor(view.language);
  const sum = formatFor(texts.language, amount.currency).money(amount);
  const words = codeWords(texts, way.rail);
  const content = html`<section class="pay"${watchedFacts(view)}>
<h1>${words.heading}</h1>
<p class="soft"><bdi>${view.title}</bdi></p>
<p class="sum label">${sum}</p>
${canCopy && copyText(texts, code)}
${codeFigure(code, words.caption, words.alt(sum))}
${words.how !== undefined && html`<p class="soft">${words.how}</p>`}
${payee(texts, way)}
<p class="soft">${texts.afterPaying}</p>
<p class="aside"><a href="${view.path}">${texts.back}</a></p>
</section>
${script}`;
  return document({
    texts,
    title: view.title,
    billerName: view.billerName,
    logo: view.logo,
    tone: view.due,
    content,
  });
}

/** What is said around a rail's code: over the page, over the picture, in its place, and of what else can be done with it. */
type CodeWords = {
  readonly heading: string;
  readonly caption: string;
  readonly alt: (amount: string) => string;
  readonly how?: string;
};

function codeWords({ scanHeading, scan, codeAlt, pay }: PageTexts, rail: RailName): CodeWords {
  const inBankApp = { heading: scanHeading, caption: pay.scanInBankApp, alt: pay.codeAlt };
  switch (rail) {
    case "upi":
      return { heading: scanHeading, caption: scan, alt: codeAlt };
    case "pix":
    case "pix-psp":
      return { ...inBankApp, heading: pay.pix };
    case "pay-now":
      return { ...inBankApp, how: pay.payNowHow };
    case "click-pay":
    case "razorpay":
    case "stripe":
    case "external":
      return inBankApp;
  }
}
