import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import type { Moment } from "../../domain/local-time.ts";
import type { PaymentMessage } from "../../messages.ts";
import type { GatewayLedger } from "../../money-ports.ts";
import type { LedgerMeans } from "../gateway-means.ts";
import { jsonIn } from "../json-in.ts";
import { type LedgerAccount, ledgerKeys, mostPages, noAnswer, query, readable, readLedger } from "../ledger-call.ts";
import { stripeApiVersion } from "../stripe-version.ts";
import { type StripeObjects, stripePayments } from "./payments.ts";

const gateway = "stripe";
/** As many as Stripe gives in one answer. */
const pageSize = 100;

const Page = z.object({ data: z.array(z.unknown()), has_more: z.boolean() });
const Id = z.object({ id: z.string() });
const PaymentIntentOf = z.object({ payment_intent: z.union([z.string(), Id]) });
const Payments = z.object({ payments: z.object({ data: z.array(z.object({ payment: z.unknown() })) }) });

type Span = { readonly from: Moment; readonly to: Moment };

async function accountOf(means: LedgerMeans, biller: BillerId): Promise<LedgerAccount> {
  const { secretKey } = await ledgerKeys(gateway, biller, means.secrets.stripe);
  const headers = { authorization: `Bearer ${secretKey}`, "stripe-version": stripeApiVersion };
  return { gateway, means, headers, baseUrl: means.stripeBaseUrl };
}

const malformed = (): never => {
  throw noAnswer(gateway, "malformed-answer");
};

/** One object; undefined where Stripe has none of this id. */
async function object(account: LedgerAccount, path: string): Promise<unknown> {
  const text = await readLedger(account, path);
  return text === undefined ? undefined : (jsonIn(text) ?? malformed());
}

/** Every object of a kind that was made in a span, page by page. */
async function* listed(
  account: LedgerAccount,
  path: { readonly kind: "payment_intents" | "refunds"; readonly expand?: string },
  { from, to }: Span,
): AsyncIterable<unknown> {
  const fixed: readonly (readonly [string, string | number])[] = [
    ["created[gte]", Math.ceil(from / 1_000)],
    ["created[lt]", Math.ceil(to / 1_000)],
    ["limit", pageSize],
    ...(path.expand ? ([["expand[]", path.expand]] as const) : []),
  ];
  let after: readonly (readonly [string, string])[] = [];
  for (let page = 0; page < mostPages; page++) {
    const text = await readLedger(account, `/${path.kind}?${query([...fixed, ...after])}`);
    const { data, has_more: more } = Page.safeParse(jsonIn(text ?? "")).data ?? malformed();
    yield* data;
    const last = Id.safeParse(data.at(-1)).data;
    if (!more) return;
    if (!last) return malformed();
    after = [["starting_after", last.id]];
  }
  throw noAnswer(gateway, "too-many-pages");
}

const told = (biller: BillerId, objects: StripeObjects): PaymentMessage[] =>
  readable(gateway, stripePayments(biller, objects));

const intentIn = (value: unknown): string | undefined => {
  const id = PaymentIntentOf.safeParse(value).data?.payment_intent;
  return typeof id === "object" ? id.id : id;
};

async function ofIntent(
  account: LedgerAccount,
  biller: BillerId,
  { id, ...beside }: StripeObjects & { readonly id: string },
): Promise<PaymentMessage[]> {
  const paymentIntent = await object(account, `/payment_intents/${id}?${query([["expand[]", "latest_charge"]])}`);
  return paymentIntent === undefined ? [] : told(biller, { ...beside, paymentIntent });
}

async function* find(means: LedgerMeans, biller: BillerId, span: Span) {
  const account = await accountOf(means, biller);
  const seen = new Set<string>();
  const intents = { kind: "payment_intents", expand: "data.latest_charge" } as const;
  for await (const paymentIntent of listed(account, intents, span)) {
    seen.add(Id.safeParse(paymentIntent).data?.id ?? "");
    yield* told(biller, { paymentIntent });
  }
  // A refund is made days after its payment: the payment's own day has long been compared.
  for await (const refund of listed(account, { kind: "refunds" }, span)) {
    const id = intentIn(refund);
    if (id === undefined || seen.has(id)) continue;
    seen.add(id);
    yield* await ofIntent(account, biller, { id });
  }
}

async function ofSession(account: LedgerAccount, biller: BillerId, id: string): Promise<PaymentMessage[]> {
  const session = await object(account, `/checkout/sessions/${id}`);
  const intent = intentIn(session);
  return intent === undefined ? [] : ofIntent(account, biller, { id: intent, session });
}

async function ofCharge(account: LedgerAccount, biller: BillerId, id: string): Promise<PaymentMessage[]> {
  const charge = await object(account, `/charges/${id}`);
  const intent = intentIn(charge);
  if (intent !== undefined) return ofIntent(account, biller, { id: intent });
  return charge === undefined ? [] : told(biller, { charge });
}

/** An invoice may have been paid by several intents, or by none: out of band. */
async function ofInvoice(account: LedgerAccount, biller: BillerId, id: string): Promise<PaymentMessage[]> {
  const invoice = await object(account, `/invoices/${id}?${query([["expand[]", "payments"]])}`);
  const paid = Payments.safeParse(invoice).data?.payments.data ?? [];
  const intents = [intentIn(invoice), ...paid.map(({ payment }) => intentIn(payment))];
  const found: PaymentMessage[] = [];
  for (const intent of new Set(intents)) {
    if (intent !== undefined) found.push(...(await ofIntent(account, biller, { id: intent, invoice })));
  }
  return found;
}

const lookUps = { pi: ofIntentById, cs: ofSession, ch: ofCharge, in: ofInvoice } as const;

function ofIntentById(account: LedgerAccount, biller: BillerId, id: string): Promise<PaymentMessage[]> {
  return ofIntent(account, biller, { id });
}

/** What Stripe holds: payments by when they were begun, with the payments of refunds by when those were made; by `pi_…`, `cs_…`, `ch_…` or `in_…`. */
export const stripeLedger = (means: LedgerMeans): GatewayLedger => ({
  find: (biller, span) => find(means, biller.id, span),
  async lookUp(biller, reference) {
    const kind = /^(pi|cs|ch|in)_[A-Za-z0-9_]{1,120}$/.exec(reference)?.[1];
    if (kind === undefined) return [];
    const account = await accountOf(means, biller.id);
    return lookUps[kind as keyof typeof lookUps](account, biller.id, reference);
  },
  has: async ({ id }) => (await means.secrets.stripe(id)) !== undefined,
});
