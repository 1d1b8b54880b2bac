import { type FoundReceipt, pagePath, pageView } from "../domain/page-view.ts";
import { type LinkParts, type PagePorts, readLink, type Visit } from "./open-payment-link.ts";

/** What was received for a bill so far. A link that leads to no bill is not-found, as for its page. */
export async function getReceipt(ports: PagePorts, link: LinkParts, visit: Visit): Promise<FoundReceipt> {
  const facts = await readLink(ports, link, visit);
  if (!facts) return { outcome: "not-found" };
  const view = pageView(facts);
  if (view.paid.value === 0) return { outcome: "nothing-paid", path: pagePath(facts.biller, facts.bill.code) };
  return { outcome: "found", view };
}
