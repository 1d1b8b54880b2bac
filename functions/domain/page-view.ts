import type { Mark } from "./attribution.ts";
import {
  amountAt,
  type Bill,
  type BillDetail,
  dueState,
  isPayable,
  outstanding,
  paidBeyond,
  paidTotal,
  settlementOf,
  statusOf,
} from "./bill.ts";
import type { Biller } from "./biller.ts";
import type { Device } from "./device.ts";
import type { LinkCode } from "./link-code.ts";
import { type LocalDate, localOf, type Moment } from "./local-time.ts";
import { type Money, money } from "./money.ts";
import type { PossibleOffer } from "./offer-view.ts";
import {
  type DatedAmount,
  datedAmounts,
  formerPart,
  type LocalDateTime,
  type PaidPart,
  type PendingPart,
  paidParts,
  pendingPart,
  type StandingAnswer,
  standingAnswer,
} from "./page-parts.ts";
import type { AmountFault } from "./pay-amount.ts";
import type { Payment } from "./payment.ts";
import { type AppLink, appLinks } from "./payment-apps.ts";
import type { RailName, WayToPay } from "./rail.ts";
import { maskedName, visibleText } from "./visible-text.ts";

/** What the page says first about a bill: an open one by how old it is. */
export type PageState =
  | "due"
  | "due-today"
  | "overdue"
  | "part-paid"
  | "paid"
  | "overpaid"
  | "canceled"
  | "expired"
  | "nothing-due";

/** Everything a bill's page says, with no more of the customer than who may see the link should learn. */
export type PageView = {
  readonly state: PageState;
  /** How old the bill is against its due date, whatever its state. */
  readonly due: "due" | "due-today" | "overdue";
  readonly language: string;
  /** The page's own path: `/<HEADER>/<code>`. */
  readonly path: string;
  /** The same as an https URL. */
  readonly url: string;
  readonly device: Device;
  /** Which message's link was opened, to be handed on to what is answered from here. */
  readonly mark?: Mark;
  /** A `data:` URL. */
  readonly logo?: string;
  readonly billerName: string;
  readonly customerName?: string;
  readonly title: string;
  /** What is asked for at this moment, before payments. */
  readonly amount: Money;
  readonly outstanding: Money;
  readonly paid: Money;
  /** What was paid beyond the amount owed; only when overpaid. */
  readonly excess?: Money;
  readonly issuedOn: LocalDate;
  readonly dueDate: LocalDate;
  readonly expiresOn?: LocalDate;
  readonly amendedOn?: LocalDate;
  /** What the newest amendment changed, as it was before. */
  readonly formerly?: { readonly amount?: Money; readonly dueDate?: LocalDate };
  /** Reminders rest until then; the bill can be paid all the same. */
  readonly pausedUntil?: LocalDate;
  /** What the customer answered last, while it holds reminders. */
  readonly answered?: StandingAnswer;
  /** A payment that its source calls pending; the page asks again by itself while `refresh` is true. */
  readonly pending?: PendingPart;
  /** From when the figures are, where the biller's own system is asked: `stale` when it did not answer now, `not-asked` for a preview. */
  readonly live?: { readonly outcome: "fresh" | "stale" | "not-asked"; readonly at: LocalDateTime };
  readonly canceledOn?: LocalDate;
  readonly settledOn?: LocalDate;
  /** In order of time; empty when the amount never changes. */
  readonly datedAmounts: readonly DatedAmount[];
  readonly items: readonly { readonly name: string; readonly amount: Money }[];
  /** In the order they were counted. */
  readonly payments: readonly PaidPart[];
  /** What paying now may get the customer, as nobody promises; absent where that is nothing. */
  readonly offers?: readonly PossibleOffer[];
  /** Empty when nothing is to be paid, or nothing can be paid here. */
  readonly ways: readonly WayToPay[];
  /** The payment apps that can be opened on this device, for an amount that cannot be changed; else empty. */
  readonly apps: readonly AppLink[];
  /** An app that was tried and did not open, by its id. */
  readonly missingApp?: string;
};

/** What is behind a link: a bill's page, or nothing, the same for every reason. */
export type OpenedLink = { readonly outcome: "found"; readonly view: PageView } | { readonly outcome: "not-found" };

/** What is behind the link of a receipt: what a bill's page says once something was paid of it, else where that page is. */
export type FoundReceipt = OpenedLink | { readonly outcome: "nothing-paid"; readonly path: string };

/** Why a payment was not started: the form's field, and what is wrong with it. */
export type PayRefusal =
  | { readonly field: "rail"; readonly fault: "unknown" }
  /** The rail's gateway does not answer, or refuses: another way may work, or the same one later. */
  | { readonly field: "rail"; readonly fault: "unavailable"; readonly rail: RailName }
  /** A checkout of the bill was paid there already, and the payment is not counted yet. */
  | { readonly field: "rail"; readonly fault: "on-its-way"; readonly pending: Omit<PendingPart, "refresh"> }
  | { readonly field: "amount"; readonly fault: AmountFault; readonly typed: string };

/** Where a payer goes on from the page's form. */
export type StartedPayment =
  | { readonly outcome: "open"; readonly link: string }
  | {
      readonly outcome: "show-code";
      readonly way: WayToPay;
      readonly code: string;
      readonly canCopy: boolean;
      readonly amount: Money;
      readonly view: PageView;
    }
  | { readonly outcome: "nothing-to-pay"; readonly path: string }
  | { readonly outcome: "refused"; readonly refusal: PayRefusal; readonly view: PageView }
  | { readonly outcome: "not-found" };

/** Everything a page is made of, seen at `now`. */
export type PageFacts = {
  readonly bill: Bill;
  readonly biller: Biller;
  readonly detail?: BillDetail | undefined;
  readonly now: Moment;
  readonly linkBaseUrl: string;
  readonly device: Device;
  /** What the rails offer for the bill as it is here. */
  readonly ways: readonly WayToPay[];
  /** The counted payments as they were decided, where they were read: the numbers of their receipts, and what offers granted them. */
  readonly decided?: readonly Payment[];
  /** What offers may be had by paying now. */
  readonly offers?: readonly PossibleOffer[];
  /** Rails that could not say what they offer; nothing of the page. */
  readonly failedRails?: readonly RailName[];
  readonly mark?: Mark | undefined;
  readonly missingApp?: string | undefined;
  /** What became of asking the biller's own system; absent where it has none. The bill here is then as that system said. */
  readonly live?: LiveState | undefined;
};

/** From when a bill's figures are; `stale` where its biller's system was asked and said nothing, with why not as a code that names nobody. */
export type LiveState = { readonly at: Moment; readonly nothingDue: boolean } & (
  | { readonly outcome: "fresh" | "not-asked" }
  | { readonly outcome: "stale"; readonly reason: string }
);

/** The path of a bill's page, under the biller's present header. */
export const pagePath = (biller: Pick<Biller, "header">, code: LinkCode): string => `/${biller.header}/${code}`;

/** What the page of a bill says. */
export function pageView(facts: PageFacts): PageView {
  const { bill, biller, detail, now, linkBaseUrl, device, live } = facts;
  const status = statusOf(bill, now);
  const nothingDue = live?.nothingDue === true && !bill.canceled && !settlementOf(bill);
  const dateOf = (at: Moment): LocalDate => localOf(at, bill.zone).date;
  const { name } = bill.customer;
  const path = pagePath(biller, bill.code);
  const url = `${linkBaseUrl}${path}`;
  const due = dueState(bill, now);
  const asked = isPayable(status) && !nothingDue;
  const ways = asked ? facts.ways : [];
  return {
    state: nothingDue ? "nothing-due" : status === "open" ? due : status,
    due,
    language: bill.customer.language,
    path,
    url,
    device,
    ...(facts.mark !== undefined && { mark: facts.mark }),
    ...(biller.logo !== undefined && { logo: biller.logo }),
    billerName: visibleText(biller.name),
    ...(name !== undefined && { customerName: maskedName(name) }),
    title: visibleText(bill.title),
    ...amounts(facts, nothingDue),
    issuedOn: bill.issuedOn,
    dueDate: bill.dueDate,
    ...(bill.expiresOn !== undefined && { expiresOn: bill.expiresOn }),
    ...(bill.amendedAt !== undefined && { amendedOn: dateOf(bill.amendedAt) }),
    ...standing(facts),
    ...(live && { live: { outcome: live.outcome, at: localOf(live.at, bill.zone) } }),
    ...(bill.canceled && { canceledOn: dateOf(bill.canceled.at) }),
    datedAmounts: asked ? datedAmounts(bill, dateOf(now)) : [],
    items: (detail?.items ?? []).map((item) => ({ name: visibleText(item.name), amount: item.amount })),
    payments: paidParts(bill, facts.decided),
    ...(asked && facts.offers?.length && { offers: facts.offers }),
    ways,
    apps: ways.flatMap(({ rail, fixed, link }) => (rail === "upi" && fixed && link ? appLinks(link, device, url) : [])),
    ...(facts.missingApp !== undefined &&
      /^[a-z0-9-]{1,32}$/.test(facts.missingApp) && { missingApp: facts.missingApp }),
  };
}

/** What is owed, was paid, and when that settled the bill. */
function amounts({ bill, now }: PageFacts, nothingDue: boolean) {
  const { currency } = bill.amountDue;
  const settled = settlementOf(bill);
  const paid = paidTotal(bill);
  const excess = bill.canceled ? 0 : paidBeyond(bill);
  return {
    amount: settled ? money(settled.owed, currency) : amountAt(bill, now),
    outstanding: nothingDue ? money(0, currency) : outstanding(bill, now),
    paid: money(paid, currency),
    ...(excess > 0 && { excess: money(excess, currency) }),
    ...(settled && { settledOn: localOf(settled.at, bill.zone).date }),
  };
}

/** What else holds of a bill that is not settled: an amendment, a pause, an answer, a payment under way. */
function standing({ bill, now }: PageFacts) {
  if (settlementOf(bill)) return {};
  const formerly = formerPart(bill);
  const pending = pendingPart(bill, now);
  const isPaused = isPayable(statusOf(bill, now)) && bill.pausedUntil !== undefined && bill.pausedUntil > now;
  const answered = isPaused ? standingAnswer(bill) : undefined;
  return {
    ...(formerly && { formerly }),
    ...(isPaused && { pausedUntil: localOf(bill.pausedUntil, bill.zone).date }),
    ...(answered && { answered }),
    ...(pending && { pending }),
  };
}
