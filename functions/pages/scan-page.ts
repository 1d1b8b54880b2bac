import { html } from "hono/html";
import type { Money } from "../domain/money.ts";
import type { PageView } from "../domain/page-view.ts";
import type { WayToPay } from "../domain/rail.ts";
import { document } from "./document.ts";
import { formatFor } from "./format.ts";
import { liveFacts, script } from "./pay-section.ts";
import { codeFigure, copyText, payee } from "./pay-ways.ts";
import { textsFor } from "./texts/texts-for.ts";

/** What is to be scanned or copied, and for how much. */
type ShownCode = { readonly way: WayToPay; readonly code: string; readonly canCopy: boolean; readonly amount: Money };

/** The page with the code of one attempt for the amount that the payer chose: to scan, to keep, and where an app takes it as text to copy. */
export function scanPage(view: PageView, { way, code, canCopy, amount }: ShownCode): string {
  const texts = textsFor(view.language);
  const sum = formatFor(texts.language, amount.currency).money(amount);
  const isUpi = way.rail === "upi";
  const content = html`<section class="pay"${liveFacts(view)}>
<h1>${canCopy ? texts.pay.pix : texts.scanHeading}</h1>
<p class="soft"><bdi>${view.title}</bdi></p>
<p class="sum label">${sum}</p>
${canCopy && copyText(texts, code)}
${codeFigure(code, isUpi ? texts.scan : texts.pay.scanInBankApp, isUpi ? texts.codeAlt(sum) : texts.pay.codeAlt(sum))}
${way.rail === "pay-now" && html`<p class="soft">${texts.pay.payNowHow}</p>`}
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
