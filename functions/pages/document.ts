import { html, raw } from "hono/html";
import { letters } from "../domain/visible-text.ts";
import { style } from "./style.ts";
import type { PageTexts } from "./texts/page-texts.ts";

/** What every public page has around its content. */
type Frame = {
  readonly texts: PageTexts;
  readonly title: string;
  /** Whose page it is; absent where that must not be told. */
  readonly billerName?: string;
  /** A `data:` URL, shown beside the biller's name. */
  readonly logo?: string | undefined;
  /** The page's one https URL, whatever it was opened with: what is passed on when it is shared. */
  readonly canonical?: string;
  /**
   * Whether the page asks for itself again, every quarter of a minute: `always`, or only `without-script`, since the script looks without
   * taking the page from under who is reading it (WCAG 2.2, failure F41).
   */
  readonly refresh?: "always" | "without-script" | undefined;
  /** The state the colors go by. */
  readonly tone?: string;
  /** Whether a large screen shows two columns. */
  readonly wide?: boolean;
  readonly content: unknown;
  /** What stands at the foot, above the safety advice. */
  readonly foot?: unknown;
};

/** A whole HTML document with no cookie and no request beyond itself; link previews learn the title and the biller, nothing of the customer. */
export function document(frame: Frame): string {
  const { texts, tone = "", wide = false, billerName } = frame;
  const page = html`<!doctype html>
<html lang="${texts.language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="format-detection" content="telephone=no">
${frame.refresh && refreshes[frame.refresh]}
${preview(frame)}
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body class="${tone}">
<main class="${wide ? "wide" : ""}">
${billerName && letterhead(billerName, frame.logo)}
${frame.content}
${billerName && html`<footer>${frame.foot}<p>${texts.safety} <a href="/verify">${texts.genuine}</a></p></footer>`}
</main>
</body>
</html>
`;
  return String(page);
}

const refreshes = {
  always: raw('<meta http-equiv="refresh" content="15;url=?again">'),
  "without-script": raw('<noscript><meta http-equiv="refresh" content="15;url=?again"></noscript>'),
};

const preview = ({
  texts,
  title,
  billerName,
  canonical,
}: Frame) => html`<title>${title}${billerName && ` · ${billerName}`}</title>
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
${billerName && html`<meta property="og:site_name" content="${billerName}"><meta property="og:description" content="${texts.shared(billerName)}">`}
${canonical && html`<link rel="canonical" href="${canonical}">`}`;

const letterhead = (billerName: string, logo: string | undefined) => {
  const mark = logo
    ? html`<img class="logo" src="${logo}" alt="">`
    : html`<span class="mark" aria-hidden="true">${letters(billerName)[0]}</span>`;
  return html`<header class="who">${mark}<bdi>${billerName}</bdi></header>`;
};
