import { html } from "hono/html";
import type { VerifiedLink } from "../domain/pasted-link.ts";
import { document } from "./document.ts";
import { framingRights, htmlReply, type PageReply, type PageRequest } from "./replies.ts";
import type { PageTexts } from "./texts/page-texts.ts";
import { acceptedTexts } from "./texts/texts-for.ts";

/** Answers who asks whether a message is genuine: always 200, in the language of the request. */
export const verifyReply = (verified: VerifiedLink, request: PageRequest = {}): PageReply =>
  htmlReply(200, verifyPage(verified, acceptedTexts(request.acceptLanguage)), framingRights(request));

/** The page with the answer, where something was asked, and the form to ask with: it tells whose a link is, and nothing of the bill behind it. */
export function verifyPage(verified: VerifiedLink, texts: PageTexts): string {
  const { label, button, host } = texts.verify;
  const content = html`<section><h1>${texts.genuine}</h1>${answer(verified, texts)}
<form action="/verify" class="label"><label for="code">${label}</label><textarea id="code" name="code" rows="4" maxlength="2000" required autocomplete="off" spellcheck="false"></textarea><button>${button}</button></form>
<p class="soft label">${host(`https://${verified.linkHost}/`)}</p></section>`;
  const tone = { genuine: "paid", unknown: "overdue", foreign: "overdue", "not-asked": "" }[verified.outcome];
  return document({ texts, title: texts.genuine, tone, content });
}

function answer(verified: VerifiedLink, { verify }: PageTexts) {
  switch (verified.outcome) {
    case "not-asked":
      return "";
    case "genuine":
      return html`<p class="note" role="status">${verify.genuine(verified.billerName)} <a href="${verified.path}">${verify.open}</a></p><p class="soft">${verify.checked} <bdi>${verified.linkHost}${verified.path}</bdi></p>`;
    case "unknown":
      return html`<p class="note" role="status">${verify.unknown} ${verify.advice}</p>`;
    case "foreign":
      return html`<p class="note" role="status">${verify.foreign(verified.host)} ${verify.advice}</p>`;
  }
}
