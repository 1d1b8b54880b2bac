import type { Bill } from "../domain/bill.ts";
import type { Biller } from "../domain/biller.ts";
import { isLinkCode } from "../domain/link-code.ts";
import { type OpenedLink, type PageFacts, pageView } from "../domain/page-view.ts";
import type { Ports } from "../ports.ts";

type PagePorts = Pick<Ports, "bills" | "billers" | "clock">;

/** The two parts of a payment link, as they were asked for. */
export type LinkParts = { readonly header: string; readonly code: string };

/**
 * What the page of a link says; nothing is changed or counted. A malformed or unknown code, a bill of another header's biller and a
 * cancel without its bill are all `not-found`, without a difference that could be told.
 */
export async function openPaymentLink(ports: PagePorts, link: LinkParts): Promise<OpenedLink> {
  const facts = await readLink(ports, link);
  return facts ? { outcome: "found", view: pageView(facts) } : { outcome: "not-found" };
}

/**
 * Reads what a page is made of: one read for the bill, one more only where it has line items. A malformed code is answered without a
 * read, which tells no more than its shape does.
 */
export async function readLink(ports: PagePorts, { header, code }: LinkParts): Promise<PageFacts | undefined> {
  if (!isLinkCode(code)) return undefined;
  const bill = await ports.bills.get(code);
  if (!bill || !("title" in bill)) return undefined;
  const [biller, detail] = await Promise.all([ports.billers.getCached(bill.biller), detailOf(ports, bill)]);
  if (!biller || !bearsHeader(biller, header)) return undefined;
  return { bill, biller, detail, now: ports.clock.now() };
}

const detailOf = async (ports: PagePorts, bill: Bill) =>
  bill.detailDigest === undefined ? undefined : await ports.bills.getDetail(bill.code, bill.detailDigest);

const bearsHeader = (biller: Biller, header: string): boolean =>
  [biller.header, ...biller.formerHeaders].some((known) => known === header);
