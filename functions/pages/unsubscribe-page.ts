import { html } from "hono/html";
import type { Channel } from "../domain/ids.ts";
import { visibleText } from "../domain/visible-text.ts";
import { document } from "./document.ts";
import { textsFor } from "./texts/texts-for.ts";

/** Which messages are to stop, and in which language their reader is told. */
export type OptOut = { readonly billerName: string; readonly channel: Channel; readonly language: string };

/** The page behind an unsubscribe link: nothing changes before its button posts what RFC 8058's one click posts, to the same address. */
export function unsubscribePage({ billerName, channel, language }: OptOut): string {
  const texts = textsFor(language);
  const [biller, messages] = [visibleText(billerName), texts.channels[channel]];
  const title = texts.optOut.heading(messages);
  const content = html`<section><h1>${title}</h1><p class="say">${texts.optOut.lead(biller, messages)}</p><p class="soft label">${texts.optOut.consequence}</p>
<form method="post" class="label"><button name="List-Unsubscribe" value="One-Click">${texts.optOut.button}</button></form></section>`;
  return document({ texts, title, billerName: biller, content });
}

/** Says that the messages have been stopped. */
export function unsubscribedPage({ billerName, channel, language }: OptOut): string {
  const texts = textsFor(language);
  const biller = visibleText(billerName);
  const { doneHeading, done, consequence } = texts.optOut;
  const content = html`<section><h1>${doneHeading}</h1><p class="say">${done(biller, texts.channels[channel])}</p><p class="soft label">${consequence}</p></section>`;
  return document({ texts, title: doneHeading, billerName: biller, tone: "paid", content });
}
