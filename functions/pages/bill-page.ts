import type { PageView, PayRefusal } from "../domain/page-view.ts";
import { billNotes } from "./bill-notes.ts";
import { billSummary } from "./bill-summary.ts";
import { document } from "./document.ts";
import { formatFor } from "./format.ts";
import { paySection } from "./pay-section.ts";
import { tellLinks } from "./tell-links.ts";
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
    logo: view.logo,
    canonical: view.url,
    refresh: refresh(view, refusal),
    tone: view.state === "part-paid" ? view.due : view.state,
    wide: pay !== undefined,
    content: [billSummary(page, billNotes(page)), pay],
    foot: tellLinks(page),
  });
}

/** A page that refused something was posted, and its form is being filled in: it is not asked for again. Only one with ways to pay has the script. */
function refresh({ pending, ways }: PageView, refusal: PayRefusal | undefined) {
  if (!pending?.refresh || refusal) return undefined;
  return ways.length > 0 ? "without-script" : "always";
}
