import type { PageView, PayRefusal } from "../domain/page-view.ts";
import { billSummary } from "./bill-summary.ts";
import { document } from "./document.ts";
import { formatFor } from "./format.ts";
import { paySection } from "./pay-section.ts";
import { textsFor } from "./texts/texts-for.ts";

/** The page of a bill in the customer's language (English where it has no texts), in every state; `refusal` is shown at the field it is about. */
export function billPage(view: PageView, refusal?: PayRefusal): string {
  const texts = textsFor(view.language);
  const page = { view, texts, format: formatFor(texts.language, view.amount.currency) };
  const pay = paySection(page, refusal);
  return document({
    texts,
    title: view.title,
    billerName: view.billerName,
    tone: view.state === "part-paid" ? view.due : view.state,
    wide: pay !== undefined,
    content: [billSummary(page), pay],
  });
}
