import * as z from "zod/mini";
import { checkoutReference } from "../../domain/attempt-reference.ts";
import { outstanding } from "../../domain/bill.ts";
import type { BillerId } from "../../domain/ids.ts";
import type { NumberedAttempt, PayFacts } from "../../domain/rail.ts";
import { visibleText } from "../../domain/visible-text.ts";
import type { CreatedCheckout, EndedCheckout, Rail } from "../../ports.ts";
import { answerOf, type GatewayAnswer, reasonOf, spent, type Unavailable, unavailable } from "../gateway-answer.ts";
import { basic, credentialsInTime } from "../gateway-credentials.ts";
import { defaultBudgets, type RailMeans } from "../gateway-means.ts";
import { waited } from "../in-time.ts";
import { isCheckoutLink } from "./checkout-link.ts";
import { endCheckout } from "./end-checkout.ts";
import { gatewayWay } from "./gateway-way.ts";

const currency = "INR";
/** The least a link is made for, in paise (Razorpay, create a Payment Link: one rupee). */
const least = 100;
/** Razorpay wants fifteen minutes at least; five more for a slow clock and for an attempt that is asked for again. */
const openSeconds = 20 * 60;
/** How long the creation is waited for, as a share of the budget: the rest is for looking up what became of it. */
const postShare = 0.6;
const lookUps = 3;
/** The hosts of Payment Links: the short URL, and the pages it may lead to. */
const hosts = ["rzp.io", "razorpay.com", ".razorpay.com"];
const formTargets = ["https://rzp.io", "https://razorpay.com", "https://*.razorpay.com"];

const PaymentLink = z.object({
  id: z.string().check(z.regex(/^plink_[A-Za-z0-9]{1,40}$/)),
  short_url: z.string().check(z.maxLength(500)),
  status: z.string(),
  amount: z.int(),
  currency: z.string(),
  reference_id: z.string(),
  expire_by: z.int(),
});
type PaymentLink = z.output<typeof PaymentLink>;

const LinkState = z.object({ status: z.string() });
/** What a link's states say of a checkout that was to be ended. */
const states: Readonly<Record<string, EndedCheckout>> = { cancelled: "ended", expired: "ended", paid: "paid" };

const PaymentLinks = z.object({ payment_links: z.array(z.unknown()) });
const Refusal = z.object({ error: z.object({ reason: z.unknown() }) });

type Account = { readonly means: RailMeans; readonly authorization: string; readonly signal: AbortSignal };

const referenceOf = ({ bill, n }: NumberedAttempt): string => checkoutReference(bill.code, n);

/** No customer goes along: the checkout asks the payer itself for what it needs. */
const orderOf = (attempt: NumberedAttempt): object => ({
  amount: attempt.amount.value,
  currency,
  accept_partial: false,
  expire_by: Math.floor(attempt.now / 1_000) + openSeconds,
  reference_id: referenceOf(attempt),
  description: visibleText(attempt.bill.title).slice(0, 2_048),
  notify: { sms: false, email: false },
  reminder_enable: false,
  notes: { biller: attempt.bill.biller, billId: attempt.bill.billId },
  callback_url: attempt.returnUrl,
  callback_method: "get",
});

function post({ means, authorization }: Account, path: string, body: object | undefined, signal: AbortSignal) {
  return answerOf(
    means.ask({
      method: "POST",
      url: `${means.razorpayBaseUrl}/payment_links${path}`,
      headers: { authorization, ...(body && { "content-type": "application/json" }) },
      body: body ? JSON.stringify(body) : "",
      signal,
    }),
  );
}

const get = ({ means, authorization, signal }: Account, path: string) =>
  answerOf(
    means.ask({
      method: "GET",
      url: `${means.razorpayBaseUrl}/payment_links${path}`,
      headers: { authorization },
      signal,
    }),
  );

/** What a link that bears the attempt's reference is good for. */
function judged(link: PaymentLink, attempt: NumberedAttempt, { means }: Account): CreatedCheckout {
  const isOurs = link.amount === attempt.amount.value && link.currency === currency;
  if (!isOurs || link.status !== "created") return spent("reference-used");
  if (!isCheckoutLink(link.short_url, hosts, means.razorpayBaseUrl)) return unavailable("unexpected-link");
  return {
    outcome: "created",
    providerReference: link.id,
    started: { outcome: "open", link: link.short_url },
    expiresAt: link.expire_by * 1_000,
  };
}

/** A link of this reference, where there is one already; nothing where Razorpay does not say. */
async function lookUp(attempt: NumberedAttempt, account: Account): Promise<CreatedCheckout | undefined> {
  const { means, signal } = account;
  const reference = referenceOf(attempt);
  for (let asked = 0; asked < lookUps; asked++) {
    if (asked > 0 && !(await waited(means.pauseMs ?? defaultBudgets.pauseMs, signal))) return undefined;
    const answer = await get(account, `?reference_id=${encodeURIComponent(reference)}`);
    if (answer.outcome === "silent" || answer.status !== 200) continue;
    const found = PaymentLinks.safeParse(answer.json);
    const links = (found.data?.payment_links ?? []).map((link) => PaymentLink.safeParse(link).data);
    const link = links.find((one) => one?.reference_id === reference);
    if (link) return judged(link, attempt, account);
  }
  return undefined;
}

/** Whether a link may be there all the same: of a reference that was used, or whose reply was lost. */
const maybeThere = (answer: GatewayAnswer): boolean =>
  answer.outcome === "silent" ? answer.reached : answer.status === 400 || answer.status >= 500 || answer.status < 300;

async function create(means: RailMeans | undefined, attempt: NumberedAttempt): Promise<CreatedCheckout> {
  if (!means) return unavailable("not-configured");
  const { createMs = defaultBudgets.createMs } = means;
  const signal = AbortSignal.timeout(createMs);
  const account = await accountOf(means, attempt.bill.biller, signal);
  if ("outcome" in account) return account;
  const answer = await post(account, "", orderOf(attempt), AbortSignal.timeout(Math.floor(createMs * postShare)));
  if (answer.outcome === "answered" && answer.status === 200) {
    const link = PaymentLink.safeParse(answer.json).data;
    if (link?.reference_id === referenceOf(attempt)) return judged(link, attempt, account);
  }
  const found = maybeThere(answer) ? await lookUp(attempt, account) : undefined;
  const code = answer.outcome === "answered" ? Refusal.safeParse(answer.json).data?.error.reason : undefined;
  return found ?? unavailable(reasonOf(answer, code));
}

async function accountOf(means: RailMeans, biller: BillerId, signal: AbortSignal): Promise<Account | Unavailable> {
  const account = await credentialsInTime(means.secrets.razorpay(biller), signal);
  if ("outcome" in account) return account;
  const { keyId, keySecret } = account.keys;
  return { means, authorization: basic(keyId, keySecret), signal };
}

function offer(facts: PayFacts) {
  const owed = outstanding(facts.bill, facts.now);
  if (!facts.biller.rails?.razorpay || owed.currency !== currency || owed.value < least) return undefined;
  return gatewayWay(facts, { rail: "razorpay", formTargets });
}

/**
 * Hosted checkout by Razorpay Payment Links, in rupees. The reference `<code>.<n>` is unique at Razorpay, so that an attempt made twice is
 * one link. Without `means` it only offers.
 */
export const razorpayRail = (means?: RailMeans): Rail => ({
  name: "razorpay",
  kind: "gateway",
  capabilities: { currencies: [currency], amount: "exact", reportsStatus: true, canBeCanceled: true },
  offer,
  create: (attempt) => create(means, attempt),
  async cancel(providerReference, biller) {
    if (!means) return "unknown";
    const signal = AbortSignal.timeout(means.cancelMs ?? defaultBudgets.cancelMs);
    const account = await accountOf(means, biller.id, signal);
    if ("outcome" in account) return "unknown";
    const path = `/${encodeURIComponent(providerReference)}`;
    return endCheckout({
      end: () => post(account, `${path}/cancel`, undefined, signal),
      look: () => get(account, path),
      stateIn: (json) => states[LinkState.safeParse(json).data?.status ?? ""] ?? "unknown",
    });
  },
});
