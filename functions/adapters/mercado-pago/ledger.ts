import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import { type Moment, toIso } from "../../domain/local-time.ts";
import type { GatewayLedger } from "../../money-ports.ts";
import { exactJsonIn } from "../exact-json.ts";
import type { LedgerMeans } from "../gateway-means.ts";
import { type LedgerAccount, ledgerKeys, mostPages, noAnswer, query, readable, readLedger } from "../ledger-call.ts";
import { mercadoPagoPayments, mercadoPagoPaymentsIn } from "./payments.ts";

const gateway = "mercado-pago";
/** As many as Mercado Pago gives in one answer, at most 1,000: a payment is long. */
const pageSize = 100;
/** Its search goes no deeper. */
const deepest = 10_000;

const Page = z.object({ results: z.array(z.unknown()), paging: z.object({ total: z.string() }) });

async function accountOf(means: LedgerMeans, biller: BillerId): Promise<LedgerAccount> {
  const { accessToken } = await ledgerKeys(gateway, biller, means.secrets.mercadoPago);
  return { gateway, means, headers: { authorization: `Bearer ${accessToken}` }, baseUrl: means.mercadoPagoBaseUrl };
}

/** By the last change, so that a slip that was paid late is found, and a refund; the end of the span is included there. */
async function* find(
  means: LedgerMeans,
  biller: BillerId,
  { from, to }: { readonly from: Moment; readonly to: Moment },
) {
  const account = await accountOf(means, biller);
  const fixed = [
    ["range", "date_last_updated"],
    ["begin_date", toIso(from)],
    ["end_date", toIso(to - 1)],
    ["sort", "id"],
    ["criteria", "asc"],
    ["limit", pageSize],
  ] as const;
  for (let offset = 0; offset < Math.min(deepest, mostPages * pageSize); offset += pageSize) {
    const text = await readLedger(account, `/payments/search?${query([...fixed, ["offset", offset]])}`);
    const page = Page.safeParse(exactJsonIn(text ?? "")).data;
    if (!page) throw noAnswer(gateway, "malformed-answer");
    for (const payment of page.results) yield* readable(gateway, mercadoPagoPaymentsIn(biller, payment));
    if (offset + page.results.length >= Number(page.paging.total)) return;
    if (page.results.length < pageSize) throw noAnswer(gateway, "malformed-answer");
  }
  throw noAnswer(gateway, "too-many-pages");
}

/** What Mercado Pago holds: payments by when they last changed, and by their ids. */
export const mercadoPagoLedger = (means: LedgerMeans): GatewayLedger => ({
  find: (biller, span) => find(means, biller.id, span),
  async lookUp(biller, reference) {
    if (!/^[A-Za-z0-9]{1,40}$/.test(reference)) return [];
    const text = await readLedger(await accountOf(means, biller.id), `/payments/${reference}`);
    return text === undefined ? [] : readable(gateway, mercadoPagoPayments(biller.id, text));
  },
  has: async ({ id }) => (await means.secrets.mercadoPago(id)) !== undefined,
});
