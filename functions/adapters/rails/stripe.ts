import * as z from "zod/mini";
import { outstanding } from "../../domain/bill.ts";
import type { NumberedAttempt, PayFacts } from "../../domain/rail.ts";
import { visibleText } from "../../domain/visible-text.ts";
import type { CreatedCheckout, EndedCheckout, Rail } from "../../ports.ts";
import { answerOf, type GatewayAnswer, reasonOf, spent, unavailable } from "../gateway-answer.ts";
import { credentialsInTime } from "../gateway-credentials.ts";
import { defaultBudgets, type RailMeans } from "../gateway-means.ts";
import { waited } from "../in-time.ts";
import { stripeAmount } from "../stripe-amount.ts";
import { stripeApiVersion } from "../stripe-version.ts";
import { isCheckoutLink } from "./checkout-link.ts";
import { endCheckout } from "./end-checkout.ts";
import { gatewayWay } from "./gateway-way.ts";

/** Stripe wants thirty minutes at least, counted from each repeat: ten more leave room for repeats. */
const openSeconds = 40 * 60;
const repeats = 3;
const hosts = ["checkout.stripe.com"];

const Session = z.object({
  id: z.string().check(z.regex(/^cs_[A-Za-z0-9_]{1,120}$/)),
  url: z.string().check(z.maxLength(2_000)),
  status: z.string(),
  amount_total: z.int(),
  currency: z.string(),
  expires_at: z.int(),
});

const SessionState = z.object({ status: z.string() });
/** What a session's states say of a checkout that was to be ended; a complete one is paid, or its payment is on its way. */
const states: Readonly<Record<string, EndedCheckout>> = { expired: "ended", complete: "paid" };

const Refusal = z.object({ error: z.object({ type: z.unknown(), code: z.optional(z.unknown()) }) });

/** Every parameter comes from what does not change while an attempt lasts: a repeat with another one is refused. */
function parametersOf(
  { bill, amount, returnUrl, startedAt }: NumberedAttempt,
  unitAmount: number,
): Record<string, string> {
  return {
    mode: "payment",
    "line_items[0][quantity]": "1",
    "line_items[0][price_data][currency]": amount.currency.toLowerCase(),
    "line_items[0][price_data][unit_amount]": String(unitAmount),
    "line_items[0][price_data][product_data][name]": visibleText(bill.title).slice(0, 250),
    client_reference_id: bill.billId,
    "metadata[biller]": bill.biller,
    "metadata[billId]": bill.billId,
    "payment_intent_data[metadata][biller]": bill.biller,
    "payment_intent_data[metadata][billId]": bill.billId,
    expires_at: String(Math.floor(startedAt / 1_000) + openSeconds),
    success_url: returnUrl,
    cancel_url: returnUrl,
  };
}

/** One request about sessions; without parameters it only reads. */
type Call = { readonly path: string; readonly parameters?: Record<string, string>; readonly idempotencyKey?: string };
type Account = { readonly secretKey: string; readonly signal: AbortSignal };

function call(
  means: RailMeans,
  { path, parameters, idempotencyKey }: Call,
  { secretKey, signal }: Account,
): Promise<GatewayAnswer> {
  const asked = means.ask({
    method: parameters ? "POST" : "GET",
    url: `${means.stripeBaseUrl}/checkout/sessions${path}`,
    headers: {
      authorization: `Bearer ${secretKey}`,
      "stripe-version": stripeApiVersion,
      ...(parameters && { "content-type": "application/x-www-form-urlencoded" }),
      ...(idempotencyKey !== undefined && { "idempotency-key": idempotencyKey }),
    },
    ...(parameters && { body: new URLSearchParams(parameters).toString() }),
    signal,
  });
  return answerOf(asked);
}

/** Whether the same request may say more: one with this key is still being worked on, or its answer was lost. */
const isWorthRepeating = (answer: GatewayAnswer): boolean =>
  answer.outcome === "silent" ? answer.reached && answer.reason === "broken-off" : answer.status === 409;

function judged(
  answer: GatewayAnswer,
  unitAmount: number,
  attempt: NumberedAttempt,
  means: RailMeans,
): CreatedCheckout {
  if (answer.outcome === "silent") return unavailable(answer.reason);
  if (answer.status !== 200) {
    const { type, code } = Refusal.safeParse(answer.json).data?.error ?? {};
    // Stripe keeps the first answer to a key for a day, be it a fault of its own.
    const isSpent = type === "idempotency_error" || (answer.isReplay && answer.status >= 400);
    return (isSpent ? spent : unavailable)(reasonOf(answer, code ?? type));
  }
  const session = Session.safeParse(answer.json).data;
  if (!session) return unavailable("malformed-answer");
  const isOurs = session.amount_total === unitAmount && session.currency === attempt.amount.currency.toLowerCase();
  if (!isOurs || session.status !== "open") return spent("reference-used");
  if (!isCheckoutLink(session.url, hosts, means.stripeBaseUrl)) return unavailable("unexpected-link");
  return {
    outcome: "created",
    providerReference: session.id,
    started: { outcome: "open", link: session.url },
    expiresAt: session.expires_at * 1_000,
  };
}

async function create(means: RailMeans | undefined, attempt: NumberedAttempt): Promise<CreatedCheckout> {
  const unitAmount = stripeAmount(attempt.amount);
  if (!means) return unavailable("not-configured");
  if (unitAmount === undefined) return unavailable("amount-not-representable");
  const { createMs = defaultBudgets.createMs, pauseMs = defaultBudgets.pauseMs } = means;
  const signal = AbortSignal.timeout(createMs);
  const secret = await credentialsInTime(means.secrets.stripe(attempt.bill.biller), signal);
  if ("outcome" in secret) return secret;
  const account = { secretKey: secret.keys.secretKey, signal };
  const order: Call = {
    path: "",
    parameters: parametersOf(attempt, unitAmount),
    idempotencyKey: `${attempt.bill.code}.${attempt.n}`,
  };
  let answer = await call(means, order, account);
  for (let repeat = 0; repeat < repeats && isWorthRepeating(answer); repeat++) {
    if (!(await waited(pauseMs, signal))) break;
    answer = await call(means, order, account);
  }
  return judged(answer, unitAmount, attempt, means);
}

function offer(facts: PayFacts) {
  if (!facts.biller.rails?.stripe || stripeAmount(outstanding(facts.bill, facts.now)) === undefined) return undefined;
  return gatewayWay(facts, { rail: "stripe", formTargets: hosts.map((host) => `https://${host}`) });
}

/**
 * Hosted checkout by Stripe Checkout Sessions, in every currency that Stripe can charge exactly. The idempotency key `<code>.<n>` makes an
 * attempt made twice one session. Without `means` it only offers.
 */
export const stripeRail = (means?: RailMeans): Rail => ({
  name: "stripe",
  kind: "gateway",
  capabilities: { amount: "exact", reportsStatus: true, canBeCanceled: true },
  offer,
  create: (attempt) => create(means, attempt),
  async cancel(providerReference, biller) {
    if (!means) return "unknown";
    const signal = AbortSignal.timeout(means.cancelMs ?? defaultBudgets.cancelMs);
    const secret = await credentialsInTime(means.secrets.stripe(biller.id), signal);
    if ("outcome" in secret) return "unknown";
    const account = { secretKey: secret.keys.secretKey, signal };
    const path = `/${encodeURIComponent(providerReference)}`;
    return endCheckout({
      end: () => call(means, { path: `${path}/expire`, parameters: {} }, account),
      look: () => call(means, { path }, account),
      stateIn: (json) => states[SessionState.safeParse(json).data?.status ?? ""] ?? "unknown",
    });
  },
});
