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
  /** The state the colors go by. */
  readonly tone?: string;
  /** Whether a large screen shows two columns. */
  readonly wide?: boolean;
  readonly content: unknown;
};

/** A whole HTML document with no script, no cookie and no request beyond itself; link previews learn the title and the biller, nothing of the customer. */
export function document({ texts, title, billerName, tone = "", wide = false, content }: Frame): string {
  const page = html`<!doctype html>
<html lang="${texts.language}" dir="${texts.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="format-detection" content="telephone=no">
<title>${title}${billerName && ` · ${billerName}`}</title>
<meta property="og:type" content="website">
<meta property="og:title" content="${title}">
${billerName && html`<meta property="og:site_name" content="${billerName}"><meta property="og:description" content="${texts.shared(billerName)}">`}
<link rel="icon" href="data:,">
<style>${raw(style)}</style>
</head>
<body class="${tone}">
<main class="${wide ? "wide" : ""}">
${billerName && letterhead(billerName)}
${content}
${billerName && html`<footer><p>${texts.safety}</p></footer>`}
</main>
</body>
</html>
`;
  return String(page);
}

const letterhead = (billerName: string) =>
  html`<header class="who"><span class="mark" aria-hidden="true">${letters(billerName)[0]}</span><bdi>${billerName}</bdi></header>`;
