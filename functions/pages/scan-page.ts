import { html } from "hono/html";
import type { Money } from "../domain/money.ts";
import type { PageView } from "../domain/page-view.ts";
import { document } from "./document.ts";
import { formatFor } from "./format.ts";
import { payee } from "./pay-section.ts";
import { qrCode } from "./qr-code.ts";
import { textsFor } from "./texts/texts-for.ts";

/** The page with the code to scan, and the payee to copy, for the amount that the payer chose. */
export function scanPage(view: PageView, { link, amount }: { readonly link: string; readonly amount: Money }): string {
  const texts = textsFor(view.language);
  const sum = formatFor(texts.language, amount.currency).money(amount);
  const [way] = view.ways;
  const content = html`<section class="pay">
<h1>${texts.scanHeading}</h1>
<p class="soft"><bdi>${view.title}</bdi></p>
<p class="sum label">${sum}</p>
${qrCode(link, texts.codeAlt(sum))}
${way && payee(texts, way)}
<p class="soft">${texts.afterPaying}</p>
<p class="aside"><a href="${view.path}">${texts.back}</a></p>
</section>`;
  return document({ texts, title: view.title, billerName: view.billerName, tone: view.due, content });
}
