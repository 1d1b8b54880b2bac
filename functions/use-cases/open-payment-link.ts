import { type Mark, readMark } from "../domain/attribution.ts";
import { type Bill, outstanding } from "../domain/bill.ts";
import { deviceOf } from "../domain/device.ts";
import type { PossibleOffer } from "../domain/offer-view.ts";
import type { LinkOpened } from "../domain/open.ts";
import { type OpenedLink, type PageFacts, pageView } from "../domain/page-view.ts";
import type { Payment } from "../domain/payment.ts";
import type { Ports } from "../ports.ts";
import { billerUnder, findBill, type LinkPorts } from "./find-bill.ts";
import { findPossibleOffers } from "./page-offers.ts";
import { type LiveFailure, liveFailureOf, refreshBill } from "./refresh-bill.ts";
import { type FailedOffer, failedOffersOf, waysOf } from "./ways-of.ts";

/**
 * What a page is made from: without rails it offers none, without the live ones it shows the bill as it is stored, without offers it
 * speaks of none, and without payments it knows of them only what the bill counts.
 */
export type PagePorts = LinkPorts &
  Pick<Ports, "clock"> &
  Partial<Pick<Ports, "rails" | "liveBills" | "liveBillCache" | "offers" | "customerOffers">> & {
    readonly payments?: Pick<Ports["payments"], "get">;
  };

/** The two parts of a payment link, as they were asked for. */
export type LinkParts = { readonly header: string; readonly code: string };

/** Who asks for a page, and with what behind its path. */
export type Visit = {
  readonly linkBaseUrl: string;
  readonly userAgent?: string | undefined;
  /** `Sec-Purpose`: a browser that fetches ahead says `prefetch`, and nobody has opened anything yet. */
  readonly purpose?: string | undefined;
  readonly query?: Readonly<Record<string, string>>;
};

/** What the log may tell of a visit. */
export type ToldVisit = Pick<LinkOpened, "biller" | "billId" | "by"> & { readonly mark?: Mark };

/**
 * What is behind a link, and what is to be logged of the visit where there is a bill: `liveFailed`, its biller's system did not answer;
 * `failedOffers`, rails that are missing on the page.
 */
export type OpenedPage =
  | (Extract<OpenedLink, { outcome: "found" }> & {
      readonly told: ToldVisit;
      readonly liveFailed?: LiveFailure;
      readonly failedOffers?: readonly FailedOffer[];
    })
  | Extract<OpenedLink, { outcome: "not-found" }>;

/**
 * What the page of a link says; nothing is changed or counted. A malformed or unknown code, a bill of another header's biller and a
 * cancel without its bill are all `not-found`, without a difference that could be told.
 */
export async function openPaymentLink(ports: PagePorts, link: LinkParts, visit: Visit): Promise<OpenedPage> {
  const facts = await readLink(ports, link, visit);
  if (!facts) return { outcome: "not-found" };
  const { bill, device, mark } = facts;
  const told = {
    biller: bill.biller,
    billId: bill.billId,
    by: device.isBot ? "bot" : "human",
    ...(mark !== undefined && { mark }),
  } as const;
  const liveFailed = liveFailureOf(facts);
  const failedOffers = failedOffersOf(facts);
  const failed = { ...(liveFailed && { liveFailed }), ...(failedOffers && { failedOffers }) };
  return { outcome: "found", view: pageView(facts), told, ...failed };
}

/** Reads what a page is made of: the bill as its biller's own system has it now where there is one, and what can be paid with here. */
export async function readLink(ports: PagePorts, link: LinkParts, visit: Visit): Promise<PageFacts | undefined> {
  const stored = await findBill(ports, link);
  if (!stored) return undefined;
  const [biller, storedDetail, decided] = await Promise.all([
    billerUnder(ports, stored, link.header),
    detailOf(ports, stored),
    decidedOf(ports, stored),
  ]);
  if (!biller) return undefined;
  const device = deviceOf(visit.userAgent, visit.purpose);
  const { bill, detail, live } = await refreshed(ports, { bill: stored, detail: storedDetail, biller }, !device.isBot);
  const now = ports.clock.now();
  const isOwed = !live?.nothingDue && outstanding(bill, now).value > 0;
  return {
    bill,
    biller,
    detail,
    now,
    linkBaseUrl: visit.linkBaseUrl,
    device,
    decided,
    offers: isOwed && !device.isBot ? await offersOf(ports, { bill, biller, now }) : [],
    ...waysOf(isOwed ? (ports.rails ?? []) : [], { bill, biller, detail, now }),
    mark: readMark(visit.query ?? {}),
    missingApp: visit.query?.["app"],
    live,
  };
}

const detailOf = async (ports: LinkPorts, bill: Bill) =>
  bill.detailDigest === undefined ? undefined : await ports.bills.getDetail(bill.code, bill.detailDigest);

/** The newest payments that the bill counts, as they were decided: a bill that nothing was paid of takes no further read. */
async function decidedOf({ payments }: PagePorts, bill: Bill): Promise<readonly Payment[]> {
  const keys = Object.entries(bill.payments).sort(([, a], [, b]) => b.n - a.n);
  if (!payments || keys.length === 0) return [];
  const found = await Promise.all(keys.slice(0, mostRead).map(([key]) => payments.get(bill.code, key)));
  return found.filter((payment) => payment !== undefined);
}

/** Who pays one bill in more parts than these sees the older ones without number and award. */
const mostRead = 10;

async function offersOf(
  { offers, customerOffers }: PagePorts,
  facts: Pick<PageFacts, "bill" | "biller" | "now">,
): Promise<readonly PossibleOffer[]> {
  return offers && customerOffers ? await findPossibleOffers({ offers, customerOffers }, facts) : [];
}

/** A preview or a scanner makes nobody ask the biller's system. */
async function refreshed(
  { liveBills, liveBillCache, clock }: PagePorts,
  facts: Pick<PageFacts, "bill" | "biller" | "detail">,
  ask: boolean,
): Promise<Pick<PageFacts, "bill" | "detail" | "live">> {
  if (!facts.biller.billFetch || !liveBills || !liveBillCache) return facts;
  return await refreshBill({ liveBills, liveBillCache, clock }, facts, { ask });
}
