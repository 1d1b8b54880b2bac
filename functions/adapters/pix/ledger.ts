import * as z from "zod/mini";
import type { Biller } from "../../domain/biller.ts";
import { type Moment, toIso } from "../../domain/local-time.ts";
import type { GatewayLedger } from "../../money-ports.ts";
import { reasonOf } from "../gateway-answer.ts";
import type { LedgerMeans } from "../gateway-means.ts";
import { mostPages, noAnswer, pageBytes, pageMs, query, readable } from "../ledger-call.ts";
import { askPixBank, pixBankOf, pspOf } from "../pix-bank.ts";
import { type PixTokens, pixTokens } from "../pix-tokens.ts";
import { pixPayments } from "./payments.ts";

const gateway = "pix";
const pageSize = 100;
/** What reading charges and what came in takes (Pix API 2, security schemes): asked for apart, since not every account may. */
const scope = "cob.read pix.read";

const Page = z.object({
  pix: z.array(z.unknown()),
  parametros: z.object({ paginacao: z.object({ quantidadeDePaginas: z.int() }) }),
});
const Charge = z.object({ pix: z.optional(z.array(z.unknown())) });

type Tools = { readonly means: LedgerMeans; readonly tokens: PixTokens };

/** What the biller's bank holds at a path; undefined where it knows nothing there. */
async function read({ means, tokens }: Tools, biller: Biller, path: string): Promise<unknown> {
  const bank = await pixBankOf(means, biller, AbortSignal.timeout(means.pageMs ?? pageMs));
  if ("outcome" in bank) throw noAnswer(gateway, bank.reason);
  const answer = await askPixBank({ means, tokens }, bank, { method: "GET", path, mostBytes: pageBytes });
  if (answer.outcome === "unavailable") throw noAnswer(gateway, answer.reason);
  if (answer.outcome === "answered" && answer.status === 200) return answer.json;
  if (answer.outcome === "answered" && answer.status === 404) return undefined;
  throw noAnswer(gateway, reasonOf(answer));
}

async function* find(tools: Tools, biller: Biller, { from, to }: { readonly from: Moment; readonly to: Moment }) {
  for (let number = 0; number < mostPages; number++) {
    const path = `/pix?${query([
      ["inicio", toIso(from)],
      ["fim", toIso(to - 1)],
      ["paginacao.paginaAtual", number],
      ["paginacao.itensPorPagina", pageSize],
    ])}`;
    const page = Page.safeParse(await read(tools, biller, path)).data;
    if (!page) throw noAnswer(gateway, "malformed-answer");
    for (const pix of page.pix) yield* readable(gateway, pixPayments(biller.id, pix));
    if (number + 1 >= page.parametros.paginacao.quantidadeDePaginas) return;
  }
  throw noAnswer(gateway, "too-many-pages");
}

/** What the biller's own bank holds, by the Central Bank's Pix API: what came in, by when; by the txid of a charge or by the end-to-end id. */
export function pixLedger(means: LedgerMeans): GatewayLedger {
  const tools = { means, tokens: pixTokens(means, scope) };
  return {
    find: (biller, span) => find(tools, biller, span),
    async lookUp(biller, reference) {
      if (/^E[A-Za-z0-9]{31}$/.test(reference)) {
        const pix = await read(tools, biller, `/pix/${reference}`);
        return pix === undefined ? [] : readable(gateway, pixPayments(biller.id, pix));
      }
      if (!/^[A-Za-z0-9]{26,35}$/.test(reference)) return [];
      const charge = Charge.safeParse(await read(tools, biller, `/cob/${reference}`)).data;
      return (charge?.pix ?? []).flatMap((pix) => readable(gateway, pixPayments(biller.id, pix)));
    },
    has: async (biller) => pspOf(biller) !== undefined && (await means.secrets.pix(biller.id)) !== undefined,
  };
}
