import { type HttpAnswer, jsonAnswer } from "../aws/http-message.ts";

/** A Pix that a biller received, as the Pix API tells of it. */
export interface ReceivedPix {
  readonly endToEndId: string;
  readonly txid: string;
  readonly valor: string;
  readonly chave: string;
  readonly horario: string;
  readonly devolucoes?: readonly { readonly valor: string; readonly [other: string]: unknown }[];
}

/** `129.90` as centavos. */
export const centsIn = (valor: string): number => Number(valor.replace(".", ""));

/** Centavos as `129.90`. */
export const reais = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;

const mostOnPage = 100;

/** One page of what was received in `inicio` to `fim`; undefined where the span is missing. */
export function receivedPage(all: readonly ReceivedPix[], query: URLSearchParams): HttpAnswer | undefined {
  const [inicio, fim] = ["inicio", "fim"].map((name) => query.get(name) ?? "");
  const [from, to] = [Date.parse(inicio ?? ""), Date.parse(fim ?? "")];
  if (!(from <= to)) return undefined;
  const txid = query.get("txid");
  const found = all
    .filter(({ horario }) => Date.parse(horario) >= from && Date.parse(horario) <= to)
    .filter((one) => txid === null || one.txid === txid);
  const paginaAtual = Number(query.get("paginacao.paginaAtual") ?? 0);
  const itensPorPagina = Math.min(Number(query.get("paginacao.itensPorPagina") ?? mostOnPage), mostOnPage);
  const quantidadeDePaginas = Math.max(1, Math.ceil(found.length / itensPorPagina));
  const paginacao = { paginaAtual, itensPorPagina, quantidadeDePaginas, quantidadeTotalDeItens: found.length };
  const pix = found.slice(paginaAtual * itensPorPagina, (paginaAtual + 1) * itensPorPagina);
  return jsonAnswer(200, { parametros: { inicio, fim, paginacao }, pix });
}
