import { type Bill, outstanding } from "../domain/bill.ts";
import { localOf } from "../domain/local-time.ts";
import {
  type LiveState,
  type PageFacts,
  type PageView,
  type PayRefusal,
  pagePath,
  pageView,
  type StartedPayment,
} from "../domain/page-view.ts";
import { chooseAmount } from "../domain/pay-amount.ts";
import { appLinks } from "../domain/payment-apps.ts";
import type { RailAttempt, RailName, StartedRail, WayToPay } from "../domain/rail.ts";
import { visibleText } from "../domain/visible-text.ts";
import type { Ports, Rail } from "../ports.ts";
import { adoptLiveBill } from "./adopt-live-bill.ts";
import { type OpenedCheckout, openCheckout } from "./open-checkout.ts";
import { type LinkParts, readLink, type Visit } from "./open-payment-link.ts";
import { type LiveFailure, liveFailureOf } from "./refresh-bill.ts";
import { type FailedOffer, failedOffersOf, waysOf } from "./ways-of.ts";

type PayPorts = Pick<Ports, "bills" | "billers" | "clock" | "rails" | "attempts" | "liveBills" | "liveBillCache">;

/** What the page's form said: the rail with its app or `-code`, and the amount as it was typed. */
type PayForm = LinkParts & { readonly rail?: string | undefined; readonly amount?: string | undefined };

/** What operators are told of a gateway: a payer was sent away, or another open checkout of the bill could not be ended. */
export type RailTrouble = {
  readonly rail: RailName;
  readonly kind: "unavailable" | "former-not-ended";
  readonly reason?: string;
};

/** Where a payer goes on, and what operators are told of it. */
export type ToldPayment = StartedPayment & {
  readonly trouble?: RailTrouble;
  readonly liveFailed?: LiveFailure;
  readonly failedOffers?: readonly FailedOffer[];
};

/** One rail of a bill as the form's field `rail` asked for it. */
type Choice = Pick<RailAttempt, "mode"> & { readonly rail: Rail; readonly way: WayToPay; readonly app?: string };

/** Where a rail sends the payer; `unavailable` where its gateway could not say, `on-its-way` where it was paid already. */
type Going = StartedRail | { readonly outcome: "unavailable" } | Extract<OpenedCheckout, { outcome: "on-its-way" }>;

/**
 * Where a payer goes on: to an app or a checkout, to a code to scan or copy, or back to the page when nothing is to be paid. What the
 * biller's own system says is written to the bill first, so that what was said is what is held. A rail that the bill has not, an app that
 * this device cannot open, an amount out of bounds and a gateway that does not answer are each refused by field. A link only ever comes
 * from a rail: nothing of the request gets into its scheme or host.
 */
export async function startPayment(ports: PayPorts, form: PayForm, visit: Visit): Promise<ToldPayment> {
  const read = await readLink(ports, form, visit);
  if (!read) return { outcome: "not-found" };
  const facts = await held(ports, read);
  const [liveFailed, failedOffers] = [liveFailureOf(read), failedOffersOf(facts)];
  const failed = { ...(liveFailed && { liveFailed }), ...(failedOffers && { failedOffers }) };
  return { ...(await answered(ports, form, facts)), ...failed };
}

/** What the form comes to for the bill as it is held. */
async function answered(ports: PayPorts, form: PayForm, facts: PageFacts): Promise<ToldPayment> {
  const owed = outstanding(facts.bill, facts.now);
  if (owed.value === 0 || facts.live?.nothingDue) {
    return { outcome: "nothing-to-pay", path: pagePath(facts.biller, facts.bill.code) };
  }
  const view = pageView(facts);
  const refused = (refusal: PayRefusal): StartedPayment => ({ outcome: "refused", refusal, view });
  const choice = choiceOf(ports.rails, facts, form.rail);
  if (!choice) return refused(unknownRail);
  const { rail, way, mode } = choice;
  const limits = { bounds: way.bounds, language: facts.bill.customer.language };
  const chosen = chooseAmount(form.amount, owed, limits);
  if ("fault" in chosen) {
    return refused({ field: "amount", fault: chosen.fault, typed: visibleText(form.amount?.slice(0, 40) ?? "") });
  }
  const { amount } = chosen;
  const { going, trouble } = await started(ports, rail, { ...facts, amount, mode, returnUrl: view.url });
  return { ...goOn(choice, going, { view, amount, zone: facts.bill.zone }), ...(trouble && { trouble }) };
}

const unknownRail: PayRefusal = { field: "rail", fault: "unknown" };

/** The facts with the bill as it is held once what its biller's own system said was written to it. */
async function held(ports: PayPorts, facts: PageFacts): Promise<PageFacts> {
  if (!facts.live) return facts;
  // What was read for the page says already what that system said: only the stored bill tells what is to be written.
  const stored = await ports.bills.get(facts.bill.code);
  if (!stored || !("title" in stored)) return facts;
  const adopted = await adoptLiveBill(ports, { bill: stored, biller: facts.biller }, { ask: false });
  const { bill, detail = facts.detail } = adopted;
  const live = heldLive(facts.live, adopted.live);
  const latest = { ...facts, bill, detail, live };
  return { ...latest, ...waysOf(live.nothingDue ? [] : ports.rails, latest) };
}

/** From when the figures are once they are held: that nobody was asked again does not hide that nobody had answered. */
const heldLive = (read: LiveState, now: LiveState = read): LiveState =>
  read.outcome === "stale" && now.outcome === "not-asked" ? { ...now, outcome: "stale", reason: read.reason } : now;

/** Reads `upi`, `upi:phonepe` and `upi-code`, whose older name is `upi-qr`; undefined for what the bill does not offer. */
function choiceOf(rails: Ports["rails"], facts: PageFacts, field = ""): Choice | undefined {
  const asked = field === "upi-qr" ? "upi-code" : field;
  for (const rail of rails) {
    const mode = asked === `${rail.name}-code` ? "code" : "open";
    const app = rail.name === "upi" && asked.startsWith("upi:") ? asked.slice("upi:".length) : undefined;
    const isAsked = mode === "code" || asked === rail.name || app !== undefined;
    const way = isAsked ? facts.ways.find((offered) => offered.rail === rail.name) : undefined;
    if (way) return { rail, way, mode, ...(app !== undefined && { app }) };
  }
  return undefined;
}

async function started(
  ports: PayPorts,
  rail: Rail,
  attempt: RailAttempt,
): Promise<{ readonly going: Going; readonly trouble?: RailTrouble }> {
  if (rail.kind === "composed") return { going: rail.start(attempt) };
  const opened = await openCheckout(ports, rail, attempt);
  if (opened.outcome === "unavailable") {
    return { going: opened, trouble: { rail: rail.name, kind: "unavailable", reason: opened.reason } };
  }
  if (opened.outcome === "on-its-way") return { going: opened };
  if (opened.former !== "not-ended") return { going: opened.started };
  return { going: opened.started, trouble: { rail: rail.name, kind: "former-not-ended" } };
}

type Shown = { readonly view: PageView; readonly amount: RailAttempt["amount"]; readonly zone: Bill["zone"] };

function goOn({ rail, way, app }: Choice, going: Going, { view, amount, zone }: Shown): StartedPayment {
  switch (going.outcome) {
    case "unavailable":
      return { outcome: "refused", refusal: { field: "rail", fault: "unavailable", rail: rail.name }, view };
    case "on-its-way": {
      const pending = { amount: going.amount, since: localOf(going.since, zone) };
      return { outcome: "refused", refusal: { field: "rail", fault: "on-its-way", pending }, view };
    }
    case "show-code":
      return { outcome: "show-code", way, code: going.code, canCopy: going.canCopy ?? false, amount, view };
    case "open": {
      const link = app === undefined ? going.link : linkOfApp(app, going.link, view);
      return link === undefined ? { outcome: "refused", refusal: unknownRail, view } : { outcome: "open", link };
    }
  }
}

/** The link that opens one app of this device. */
const linkOfApp = (app: string, upiLink: string, { device, url }: PageView): string | undefined =>
  appLinks(upiLink, device, url).find(({ id }) => id === app)?.link;
