import { randomBytes } from "node:crypto";
import * as z from "zod";
import { type HttpAnswer, type HttpRequest, jsonAnswer } from "../aws/http-message.ts";
import { type Kept, unkept } from "../kept-state.ts";
import { checkoutPage, noCheckout, pressed } from "./checkout-page.ts";
import {
  basicOf,
  bearerOf,
  checkoutPath,
  type Gateway,
  type GatewaySurroundings,
  jsonIn,
  type PaidThere,
  paidThere,
  refundOf,
  secretTexts,
} from "./gateway.ts";
import { centsIn, type ReceivedPix, reais, receivedPage } from "./pix-received.ts";

/** An immediate charge as the Pix API tells of it, with whose it is. */
export interface KeptCharge {
  readonly biller: string;
  readonly charge: Readonly<Record<string, unknown>> & {
    readonly txid: string;
    readonly status: string;
    readonly revisao: number;
    readonly location: string;
    readonly calendario: { readonly criacao: string; readonly expiracao: number };
    readonly valor: { readonly original: string };
    readonly chave: string;
    readonly solicitacaoPagador?: string;
    /** What was received under it. */
    readonly pix?: readonly ReceivedPix[];
  };
}

const tokenSeconds = 3_600;
/** Payers' banks would fetch it from here; nobody does on this machine. */
const locationHost = "pix.bank.example.com/qr/v2";

const Order = z.strictObject({
  calendario: z.strictObject({ expiracao: z.int().min(1).max(2_147_483_647) }),
  valor: z.strictObject({ original: z.string().regex(/^\d{1,10}\.\d{2}$/) }),
  chave: z.string().min(1).max(77),
  solicitacaoPagador: z.string().max(140).optional(),
});

const Change = z.strictObject({ status: z.literal("REMOVIDA_PELO_USUARIO_RECEBEDOR") });

/** An error of the Pix API, after RFC 7807. */
const problem = (status: number, name: string, detail: string): HttpAnswer =>
  jsonAnswer(
    status,
    { type: `https://pix.bcb.gov.br/api/v2/error/${name}`, title: name, status, detail },
    "application/problem+json",
  );

/** Whether a call to a biller's own address is one to its bank's Pix API, wherever the bank has it. */
export const isPixCall = (path: string): boolean => /\/(cob\/[^/]+|token|pix|pix\/E[A-Za-z0-9]+)$/.test(path);

/** A bank's Pix API 2, wherever the bank has it: `…/token`, `…/cob/{txid}`, `…/pix`, and at `/pay/{txid}` what a payer's bank does with the code. */
export class PlayedPix implements Gateway {
  readonly #where: GatewaySurroundings;
  readonly #kept: Kept<KeptCharge>;
  readonly #tokens = new Map<string, { readonly biller: string; readonly until: number }>();

  constructor(where: GatewaySurroundings, kept: Kept<KeptCharge> = unkept()) {
    this.#where = where;
    this.#kept = kept;
  }

  async handle(request: HttpRequest): Promise<HttpAnswer> {
    const [, txid] = checkoutPath.exec(request.path) ?? [];
    if (txid !== undefined) return this.#pay(txid, request);
    const isToken = request.path.endsWith("/token") && request.method === "POST";
    return isToken ? this.#token(request) : this.#answer(request);
  }

  throttled(): HttpAnswer {
    return problem(429, "LimiteExcedido", "Limite de requisições excedido.");
  }

  broken(): HttpAnswer {
    return problem(500, "ErroInternoDoServidor", "Condição inesperada ao processar requisição.");
  }

  #token(request: HttpRequest): HttpAnswer {
    const [name, secret] = basicOf(request);
    const account = this.#where.accounts().find(({ secrets }) => {
      const { clientId, clientSecret } = secretTexts(secrets, "pix");
      return clientId === name && clientSecret === secret;
    });
    const { grant_type: grant } = Object.fromEntries(new URLSearchParams(request.body.toString("utf8")));
    if (!account) return jsonAnswer(401, { error: "invalid_client" });
    if (grant !== "client_credentials") return jsonAnswer(400, { error: "unsupported_grant_type" });
    const fresh = randomBytes(24).toString("base64url");
    this.#tokens.set(fresh, { biller: account.biller, until: this.#where.now() + tokenSeconds * 1_000 });
    const scope = "cob.write cob.read pix.read";
    return jsonAnswer(200, { access_token: fresh, token_type: "Bearer", expires_in: tokenSeconds, scope });
  }

  #answer(request: HttpRequest): HttpAnswer {
    const access = this.#tokens.get(bearerOf(request));
    if (!access || this.#where.now() >= access.until) return problem(401, "AcessoNegado", "Token inválido.");
    const received = this.#received(access.biller, request);
    if (received) return received;
    const [, txid = ""] = /\/cob\/([^/]+)$/.exec(request.path) ?? [];
    if (request.method === "PUT" && txid !== "") return this.#put(access.biller, txid, request.body);
    const found = this.#kept.entries().get(txid);
    if (found?.biller !== access.biller) return problem(404, "NaoEncontrado", "Entidade não encontrada.");
    return request.method === "PATCH" ? this.#patch(found, request.body) : jsonAnswer(200, found.charge);
  }

  /** A charge that is open is revised by what is put again. */
  #put(biller: string, txid: string, body: Buffer): HttpAnswer {
    const order = Order.safeParse(jsonIn(body));
    if (!/^[a-zA-Z0-9]{26,35}$/.test(txid) || !order.success)
      return problem(400, "CobOperacaoInvalida", "A cobrança não respeita o schema.");
    const known = this.#kept.entries().get(txid);
    if (known && (known.biller !== biller || known.charge.status !== "ATIVA"))
      return problem(400, "CobOperacaoInvalida", "A cobrança não está ATIVA.");
    const { calendario, solicitacaoPagador, ...terms } = order.data;
    const criacao = known?.charge.calendario.criacao ?? new Date(this.#where.now()).toISOString();
    const location = known?.charge.location ?? `${locationHost}/${randomBytes(16).toString("hex")}`;
    const charge = {
      ...terms,
      ...(solicitacaoPagador !== undefined && { solicitacaoPagador }),
      ...{ txid, status: "ATIVA", revisao: (known?.charge.revisao ?? -1) + 1, location },
      calendario: { criacao, ...calendario },
    };
    this.#kept.put(txid, { biller, charge });
    return jsonAnswer(known ? 200 : 201, charge);
  }

  #patch({ biller, charge }: KeptCharge, body: Buffer): HttpAnswer {
    const change = Change.safeParse(jsonIn(body));
    if (!change.success || charge.status !== "ATIVA")
      return problem(400, "CobOperacaoInvalida", "A cobrança não está ATIVA, ou a revisão não respeita o schema.");
    const changed = { ...charge, status: change.data.status, revisao: charge.revisao + 1 };
    this.#kept.put(charge.txid, { biller, charge: changed });
    return jsonAnswer(200, changed);
  }

  async #pay(txid: string, { method, body }: HttpRequest): Promise<HttpAnswer> {
    const found = this.#kept.entries().get(txid);
    if (!found) return noCheckout;
    const { biller, charge } = found;
    const { criacao, expiracao } = charge.calendario;
    const now = this.#where.now();
    const isOpen = charge.status === "ATIVA" && now < Date.parse(criacao) + expiracao * 1_000;
    const amount = { value: Math.round(Number(charge.valor.original) * 100), currency: "BRL" };
    const page = (state: string): HttpAnswer =>
      checkoutPage({ gateway: "Pix", title: charge.solicitacaoPagador ?? "", amount, state });
    const closed = charge.status === "ATIVA" ? "expired" : charge.status;
    if (method === "GET" || !isOpen || pressed(body) !== "pay") return page(isOpen ? "open" : closed);
    const paid = this.#receive({ biller, charge });
    this.#where.paid?.({ gateway: "pix", biller, code: txid.slice(0, 13), paymentId: paid.endToEndId, amount });
    await this.#tell(biller, paid, amount);
    return page("CONCLUIDA");
  }

  /** Gives money back, of which nobody is told: the API has it among its `devolucoes`. */
  async refund(paymentId: string, value?: number): Promise<PaidThere | undefined> {
    const found = [...this.#kept.entries().values()].find(({ charge }) =>
      charge.pix?.some(({ endToEndId }) => endToEndId === paymentId),
    );
    if (!found) return undefined;
    const pix = (found.charge.pix ?? []).map((one) => {
      if (one.endToEndId !== paymentId) return one;
      const given = (one.devolucoes ?? []).reduce((sum, { valor }) => sum + centsIn(valor), 0);
      const cents = refundOf(centsIn(one.valor) - given, value);
      const id = randomBytes(8).toString("hex");
      const at = new Date(this.#where.now()).toISOString();
      const back = { id, rtrId: `D${id}`, valor: reais(cents), horario: { solicitacao: at, liquidacao: at } };
      return { ...one, devolucoes: [...(one.devolucoes ?? []), { ...back, status: "DEVOLVIDO" }] };
    });
    this.#kept.put(found.charge.txid, { ...found, charge: { ...found.charge, pix } });
    return paidThere(paymentId);
  }

  #receive({ biller, charge }: KeptCharge): ReceivedPix {
    const now = new Date(this.#where.now()).toISOString();
    const endToEndId = `E00000000${now.replace(/\D/g, "").slice(0, 12)}${randomBytes(6).toString("hex").slice(0, 11)}`;
    const { txid, valor, chave } = charge;
    const received: ReceivedPix = { endToEndId, txid, valor: valor.original, chave, horario: now };
    this.#kept.put(txid, { biller, charge: { ...charge, status: "CONCLUIDA", pix: [received] } });
    return received;
  }

  /** The bank's own callback needs mutual TLS: whoever hears of it tells us by the standard webhook. */
  #tell(biller: string, { endToEndId, txid, horario }: ReceivedPix, amount: object): Promise<number | undefined> {
    const fact = { code: txid.slice(0, 13), paymentId: endToEndId, amount, rail: "pix-psp", paidAt: horario };
    const body = { type: "payment.succeeded", timestamp: horario, data: { ...fact, source: "pix" } };
    return this.#where.tell({ gateway: "pix", biller, id: `msg_${endToEndId}`, body: JSON.stringify(body) });
  }

  /** Answers `GET …/pix` and `GET …/pix/{endToEndId}`; undefined for anything else. */
  #received(biller: string, { method, path, query }: HttpRequest): HttpAnswer | undefined {
    const asked = /\/pix(?:\/(E[A-Za-z0-9]+))?$/.exec(path);
    if (method !== "GET" || !asked) return undefined;
    const [, id] = asked;
    const mine = [...this.#kept.entries().values()].filter((one) => one.biller === biller);
    const all = mine.flatMap(({ charge }) => charge.pix ?? []);
    if (id === undefined) return receivedPage(all, query) ?? problem(400, "PixConsultaInvalida", "Falta o período.");
    const found = all.find(({ endToEndId }) => endToEndId === id);
    return found ? jsonAnswer(200, found) : problem(404, "NaoEncontrado", "Entidade não encontrada.");
  }
}
