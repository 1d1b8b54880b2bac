import { html } from "hono/html";
import { document } from "./document.ts";
import type { PageTexts } from "./texts/page-texts.ts";

/** The one page for every link that leads to no bill: the same to the byte, whatever was asked for. */
export function notFoundPage(texts: PageTexts): string {
  const { heading, lead, advice } = texts.notFound;
  return document({
    texts,
    title: heading,
    content: html`<section><h1>${heading}</h1><p class="say">${lead}</p><p class="note">${advice}</p></section>`,
  });
}
