import * as z from "zod/mini";
import { chargeReference } from "../../domain/attempt-reference.ts";
import { brCode } from "../../domain/emv-code.ts";
import { toDecimal } from "../../domain/money.ts";
import type { NumberedAttempt, PayFacts } from "../../domain/rail.ts";
import { visibleText } from "../../domain/visible-text.ts";
import type { CreatedCheckout, EndedCheckout, Rail } from "../../ports.ts";
import { type GatewayAnswer, reasonOf, spent, unavailable } from "../gateway-answer.ts";
import { defaultBudgets, type RailMeans } from "../gateway-means.ts";
import { askPixBank, pixBankOf, pspOf } from "../pix-bank.ts";
import { type PixTokens, pixTokens } from "../pix-tokens.ts";
import { endCheckout } from "./end-checkout.ts";
import { gatewayWay } from "./gateway-way.ts";

const currency = "BRL";
const openSeconds = 30 * 60;
/** How long token and creation are waited for, as a share of the budget: the rest is for reading what became of it. */
const postShare = 0.75;
/** Location of a payload: a public name and a path, 77 characters at most (Manual de Padrões para Iniciação do Pix). */
const location = /^(?=.{1,77}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(\/[A-Za-z0-9._~-]+)+$/;

const Charge = z.object({
  txid: z.string(),
  status: z.string(),
  location: z.string(),
  chave: z.string(),
  valor: z.object({ original: z.string() }),
  calendario: z.object({ criacao: z.string(), expiracao: z.coerce.number() }),
  pixCopiaECola: z.optional(z.string()),
});
type Charge = z.output<typeof Charge>;

const ChargeState = z.object({ status: z.string() });
/** What a charge's states say of a checkout that was to be ended (Pix API 2, `status`). */
const states: Readonly<Record<string, EndedCheckout>> = {
  CONCLUIDA: "paid",
  REMOVIDA_PELO_USUARIO_RECEBEDOR: "ended",
  REMOVIDA_PELO_PSP: "ended",
};

/** RFC 7807, whose type ends with the violation's name. */
const Problem = z.object({ type: z.string() });

type PixSettings = NonNullable<ReturnType<typeof pspOf>>["pix"];
type Tools = { readonly means: RailMeans; readonly tokens: PixTokens };

/** 26 letters and digits: the link code, and which attempt it is. */
const txidOf = ({ bill, n }: NumberedAttempt): string => chargeReference(bill.code, n);

/** No debtor goes along: whoever has the code may pay. */
const chargeOf = (attempt: NumberedAttempt, key: string): object => ({
  calendario: { expiracao: openSeconds },
  valor: { original: toDecimal(attempt.amount) },
  chave: key,
  solicitacaoPagador: visibleText(attempt.bill.title).slice(0, 140),
});

/** What a charge with the attempt's txid is good for. */
function judged(charge: Charge, attempt: NumberedAttempt, pix: PixSettings): CreatedCheckout {
  const expiresAt = Date.parse(charge.calendario.criacao) + charge.calendario.expiracao * 1_000;
  const isOurs = charge.valor.original === toDecimal(attempt.amount) && charge.chave === pix.key;
  if (!isOurs || charge.status !== "ATIVA" || !(attempt.now < expiresAt)) return spent("reference-used");
  const bare = charge.location.replace(/^https:\/\//, "");
  if (!location.test(bare)) return unavailable("unexpected-link");
  // The bank's own code need not say the same of the payee, but must lead to the same charge.
  const { pixCopiaECola: theirs } = charge;
  if (theirs !== undefined && !theirs.includes(bare)) return unavailable("unexpected-code");
  const code = brCode({ location: bare, name: pix.merchantName, city: pix.merchantCity });
  return {
    outcome: "created",
    providerReference: charge.txid,
    started: { outcome: "show-code", code, canCopy: true },
    expiresAt,
  };
}

/** Whether the charge may be there all the same: its reply was lost, or the bank does not take the same txid twice. */
const maybeThere = (answer: GatewayAnswer): boolean =>
  answer.outcome === "silent"
    ? answer.reached
    : answer.status !== 401 && answer.status !== 403 && answer.status !== 429;

const isMade = (answer: GatewayAnswer): boolean =>
  answer.outcome === "answered" && (answer.status === 200 || answer.status === 201);

const chargeIn = (answer: GatewayAnswer, txid: string): Charge | undefined => {
  const charge = answer.outcome === "answered" && isMade(answer) ? Charge.safeParse(answer.json).data : undefined;
  return charge?.txid === txid ? charge : undefined;
};

const violation = (answer: GatewayAnswer): string | undefined =>
  answer.outcome === "answered" ? Problem.safeParse(answer.json).data?.type.split("/").at(-1) : undefined;

async function create(tools: Tools | undefined, attempt: NumberedAttempt): Promise<CreatedCheckout> {
  const settings = pspOf(attempt.biller);
  if (!tools || !settings) return unavailable("not-configured");
  const { createMs = defaultBudgets.createMs } = tools.means;
  const bank = await pixBankOf(tools.means, attempt.biller, AbortSignal.timeout(createMs));
  if ("outcome" in bank) return bank;
  const txid = txidOf(attempt);
  const path = `/cob/${txid}`;
  const first = { ...bank, signal: AbortSignal.timeout(Math.floor(createMs * postShare)) };
  const answer = await askPixBank(tools, first, { method: "PUT", path, body: chargeOf(attempt, settings.pix.key) });
  if (answer.outcome === "unavailable") return answer;
  const made = chargeIn(answer, txid);
  if (made) return judged(made, attempt, settings.pix);
  const look = maybeThere(answer) ? await askPixBank(tools, bank, { method: "GET", path }) : undefined;
  const found = look && look.outcome !== "unavailable" ? chargeIn(look, txid) : undefined;
  return found ? judged(found, attempt, settings.pix) : unavailable(reasonOf(answer, violation(answer)));
}

function offer(facts: PayFacts) {
  const settings = pspOf(facts.biller);
  if (!settings || facts.bill.amountDue.currency !== currency) return undefined;
  const { merchantName, key } = settings.pix;
  const payee = { name: visibleText(merchantName), address: key };
  return gatewayWay(facts, { rail: "pix-psp", formTargets: [], payee });
}

/**
 * Pix by a charge at the biller's own bank, by the Central Bank's Pix API 2: a code for one attempt, of whose payment the daily
 * reconciliation tells. The txid is the attempt's own, so that an attempt made twice is one charge. Without `means` it only offers.
 */
export function pixPspRail(means?: RailMeans): Rail {
  const tools = means && { means, tokens: pixTokens(means) };
  return {
    name: "pix-psp",
    kind: "gateway",
    // The bank's own webhook is not read.
    capabilities: { currencies: [currency], amount: "exact", reportsStatus: false, canBeCanceled: true },
    offer,
    create: (attempt) => create(tools, attempt),
    async cancel(txid, biller) {
      if (!tools) return "unknown";
      const signal = AbortSignal.timeout(tools.means.cancelMs ?? defaultBudgets.cancelMs);
      const bank = await pixBankOf(tools.means, biller, signal);
      if ("outcome" in bank) return "unknown";
      const body = { status: "REMOVIDA_PELO_USUARIO_RECEBEDOR" };
      const path = `/cob/${encodeURIComponent(txid)}`;
      return endCheckout({
        end: () => askPixBank(tools, bank, { method: "PATCH", path, body }),
        look: () => askPixBank(tools, bank, { method: "GET", path }),
        stateIn: (json) => states[ChargeState.safeParse(json).data?.status ?? ""] ?? "unknown",
      });
    },
  };
}
