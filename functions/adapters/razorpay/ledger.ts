import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import type { Moment } from "../../domain/local-time.ts";
import type { PaymentMessage } from "../../messages.ts";
import type { GatewayLedger } from "../../money-ports.ts";
import { basic } from "../gateway-credentials.ts";
import type { LedgerMeans } from "../gateway-means.ts";
import { jsonIn } from "../json-in.ts";
import { type LedgerAccount, ledgerKeys, mostPages, noAnswer, query, readable, readLedger } from "../ledger-call.ts";
import { razorpayPayments } from "./payments.ts";

const gateway = "razorpay";
/** As many as Razorpay gives in one answer. */
const pageSize = 100;

const Page = z.object({ items: z.array(z.unknown()) });
/** Payments at a Payment Link bear its id, without what it begins with, as their description. */
const AtLink = z.object({ description: z.string().check(z.regex(/^#[A-Za-z0-9]{1,40}$/)) });
const Link = z.object({ order_id: z.optional(z.nullable(z.string())), payments: z.optional(z.unknown()) });
const PaidBy = z.object({ payment_id: z.string() });
const Refund = z.object({ payment_id: z.string() });
const Named = z.object({ billId: z.optional(z.string()), code: z.optional(z.string()) });
const Id = z.object({ id: z.string() });

async function accountOf(means: LedgerMeans, biller: BillerId): Promise<LedgerAccount> {
  const { keyId, keySecret } = await ledgerKeys(gateway, biller, means.secrets.razorpay);
  const headers = { authorization: basic(keyId, keySecret) };
  return { gateway, means, headers, baseUrl: means.razorpayBaseUrl };
}

/** One entity; undefined where Razorpay has none of this id. */
async function entity(account: LedgerAccount, path: string): Promise<unknown> {
  const text = await readLedger(account, path);
  return text === undefined ? undefined : (jsonIn(text) ?? malformed());
}

const malformed = (): never => {
  throw noAnswer(gateway, "malformed-answer");
};

/** Every entity of a kind in a span, page by page: `from` and `to` are whole seconds, both included. */
async function* listed(
  account: LedgerAccount,
  kind: "payments" | "refunds",
  { from, to }: { readonly from: Moment; readonly to: Moment },
): AsyncIterable<unknown> {
  const span = [
    ["from", Math.ceil(from / 1_000)],
    ["to", Math.ceil(to / 1_000) - 1],
  ] as const;
  for (let page = 0; page < mostPages; page++) {
    const path = `/${kind}?${query([...span, ["count", pageSize], ["skip", page * pageSize]])}`;
    const { items } = Page.safeParse(jsonIn((await readLedger(account, path)) ?? "")).data ?? malformed();
    yield* items;
    if (items.length < pageSize) return;
  }
  throw noAnswer(gateway, "too-many-pages");
}

const namesBill = ({ payment }: PaymentMessage): boolean => {
  const named = Named.safeParse(payment).data;
  return named?.billId !== undefined || named?.code !== undefined;
};

/** A payment with what its Payment Link says of the bill, where the payment itself does not. */
async function told(account: LedgerAccount, biller: BillerId, payment: unknown): Promise<PaymentMessage[]> {
  const plain = readable(gateway, razorpayPayments(biller, { payment }));
  if (plain.length === 0 || plain.every(namesBill)) return plain;
  const link = AtLink.safeParse(payment).data?.description.slice(1);
  const paymentLink = link && (await entity(account, `/payment_links/plink_${link}`));
  return paymentLink === undefined ? plain : readable(gateway, razorpayPayments(biller, { payment, paymentLink }));
}

async function* find(means: LedgerMeans, biller: BillerId, span: { readonly from: Moment; readonly to: Moment }) {
  const account = await accountOf(means, biller);
  const seen = new Set<string>();
  for await (const payment of listed(account, "payments", span)) {
    seen.add(Id.safeParse(payment).data?.id ?? "");
    yield* await told(account, biller, payment);
  }
  // A refund is made days after its payment: the payment's own day has long been compared.
  for await (const refund of listed(account, "refunds", span)) {
    const id = Refund.safeParse(refund).data?.payment_id ?? malformed();
    if (seen.has(id)) continue;
    seen.add(id);
    yield* await ofPayment(account, biller, id);
  }
}

async function ofPayment(account: LedgerAccount, biller: BillerId, id: string): Promise<PaymentMessage[]> {
  const payment = await entity(account, `/payments/${id}`);
  return payment === undefined ? [] : told(account, biller, payment);
}

async function ofOrder(
  account: LedgerAccount,
  biller: BillerId,
  { id, paymentLink }: { readonly id: string; readonly paymentLink?: unknown },
): Promise<PaymentMessage[]> {
  const [order, paid] = await Promise.all([
    entity(account, `/orders/${id}`),
    entity(account, `/orders/${id}/payments`),
  ]);
  const payments = Page.safeParse(paid).data?.items ?? [];
  return payments.flatMap((payment) => readable(gateway, razorpayPayments(biller, { payment, order, paymentLink })));
}

async function ofLink(account: LedgerAccount, biller: BillerId, id: string): Promise<PaymentMessage[]> {
  const paymentLink = await entity(account, `/payment_links/${id}`);
  const link = Link.safeParse(paymentLink).data;
  if (!link) return [];
  if (link.order_id?.startsWith("order_")) return ofOrder(account, biller, { id: link.order_id, paymentLink });
  const ids = z.array(PaidBy).safeParse(link.payments).data ?? [];
  const payments = await Promise.all(ids.map(({ payment_id: one }) => entity(account, `/payments/${one}`)));
  return payments.flatMap((payment) => readable(gateway, razorpayPayments(biller, { payment, paymentLink })));
}

/** What Razorpay holds: payments by when they were made, with the payments of refunds by when those were; by `pay_…`, `order_…` or `plink_…`. */
export const razorpayLedger = (means: LedgerMeans): GatewayLedger => ({
  find: (biller, span) => find(means, biller.id, span),
  async lookUp(biller, reference) {
    const kind = /^(pay|order|plink)_[A-Za-z0-9]{1,40}$/.exec(reference)?.[1];
    if (kind === undefined) return [];
    const account = await accountOf(means, biller.id);
    if (kind === "order") return ofOrder(account, biller.id, { id: reference });
    return kind === "pay" ? ofPayment(account, biller.id, reference) : ofLink(account, biller.id, reference);
  },
  has: async ({ id }) => (await means.secrets.razorpay(id)) !== undefined,
});
