import { describe, expect, it } from "vitest";
import { pixLedger } from "../../../../functions/adapters/pix/ledger.ts";
import { pixPayments } from "../../../../functions/adapters/pix/payments.ts";
import { attemptReference } from "../../../../functions/domain/attempt-reference.ts";
import type { LinkCode } from "../../../../functions/domain/link-code.ts";
import { aPixBiller } from "../../../support/attempts.ts";
import { aBiller } from "../../../support/builders.ts";
import { type Script, scriptedGateway } from "../scripted-gateway.ts";

const biller = aPixBiller();
const span = { from: Date.parse("2026-11-21T03:00:00Z"), to: Date.parse("2026-11-22T03:00:00Z") };
const endToEndId = "E00000000202611211300abcdefghijk";
const aPix = (overrides: object = {}) => ({
  ...{ endToEndId, txid: "1PkT9dQx2mVaR0000000000002", valor: "129.90", chave: "39580525000189" },
  horario: "2026-11-21T13:00:00.000Z",
  ...overrides,
});
const pages = (number: number) => ({ paginacao: { paginaAtual: 0, quantidadeDePaginas: number } });

/** A bank whose tokens are good. */
const bank = (script: Script) =>
  scriptedGateway((path, query) =>
    path.endsWith("/oauth/token")
      ? { access_token: "token-1", expires_in: 3_600 }
      : script(path.replace(/^.*\/v2/, ""), query),
  );

describe("pixPayments", () => {
  it("tells of a Pix by its end-to-end id, with the bill that its txid names", () => {
    expect(pixPayments(biller.id, aPix())).toEqual([
      {
        type: "payment.succeeded",
        payment: {
          biller: biller.id,
          code: "1PkT9dQx2mVaR",
          references: [`e2e:${endToEndId}`, "txid:1PkT9dQx2mVaR0000000000002"],
          paymentId: endToEndId,
          amount: { value: 12_990, currency: "BRL" },
          rail: "pix",
          paidAt: "2026-11-21T13:00:00.000Z",
          source: "pix",
        },
      },
    ]);
  });

  it("knows the bill by the txid of a code that a page showed, as by that of a charge", () => {
    const txid = attemptReference("1PkT9dQx2mVaR" as LinkCode, Date.parse("2026-11-21T12:58:00Z"), "p");
    expect(pixPayments(biller.id, aPix({ txid }))?.[0]?.payment).toHaveProperty("code", "1PkT9dQx2mVaR");
  });

  it("knows no bill by a txid of others, nor by none", () => {
    for (const txid of ["BILL20261100016", undefined, null]) {
      expect(pixPayments(biller.id, aPix({ txid }))?.[0]?.payment).not.toHaveProperty("code");
    }
  });

  it("tells as refunded what was given back for good", () => {
    const devolucoes = [
      { valor: "29.90", status: "DEVOLVIDO" },
      { valor: "50.00", status: "EM_PROCESSAMENTO" },
      { valor: "0.10", status: "DEVOLVIDO" },
    ];
    expect(pixPayments(biller.id, aPix({ devolucoes }))?.[1]).toMatchObject({
      type: "payment.refunded",
      payment: { refundedTotal: { value: 3_000, currency: "BRL" } },
    });
  });

  it.each([{ valor: 129.9 }, { valor: "129,90" }, { horario: "yesterday" }, { endToEndId: "" }])(
    "cannot read %j",
    (overrides) => {
      expect(pixPayments(biller.id, aPix(overrides))).toBeUndefined();
    },
  );
});

describe("pixLedger", () => {
  it("reads what came in on a day, page by page, with a token for reading only", async () => {
    const gateway = bank((path, query) => {
      if (path !== "/pix") return undefined;
      return { parametros: pages(2), pix: [aPix({ endToEndId: `E${query.get("paginacao.paginaAtual")}` })] };
    });
    const found = await Array.fromAsync(pixLedger(gateway.means).find(biller, span));
    expect(found.map(({ payment }) => Reflect.get(Object(payment), "paymentId"))).toEqual(["E0", "E1"]);
    expect(gateway.asked[0]?.body).toBe("grant_type=client_credentials&scope=cob.read+pix.read");
    const { searchParams } = new URL(gateway.asked[1]?.url ?? "");
    expect(Object.fromEntries(searchParams)).toEqual({
      inicio: "2026-11-21T03:00:00.000Z",
      fim: "2026-11-22T02:59:59.999Z",
      "paginacao.paginaAtual": "0",
      "paginacao.itensPorPagina": "100",
    });
  });

  it("looks up a charge by its txid and a Pix by its end-to-end id", async () => {
    const { means } = bank(
      (path) =>
        ({
          "/cob/1PkT9dQx2mVaR0000000000002": { status: "CONCLUIDA", pix: [aPix()] },
          "/cob/1PkT9dQx2mVaR0000000000003": { status: "ATIVA" },
          [`/pix/${endToEndId}`]: aPix(),
        })[path],
    );
    const ledger = pixLedger(means);
    expect(await ledger.lookUp(biller, "1PkT9dQx2mVaR0000000000002")).toHaveLength(1);
    expect(await ledger.lookUp(biller, "1PkT9dQx2mVaR0000000000003")).toEqual([]);
    expect(await ledger.lookUp(biller, "1PkT9dQx2mVaR0000000000004")).toEqual([]);
    expect(await ledger.lookUp(biller, endToEndId)).toHaveLength(1);
    expect(await ledger.lookUp(biller, "short")).toEqual([]);
  });

  it.each<[string, Script, string]>([
    ["fails", () => 500, "pix: provider-fault"],
    ["is no page", () => ({ pix: [] }), "pix: malformed-answer"],
    ["holds what cannot be read", () => ({ parametros: pages(1), pix: [{}] }), "pix: malformed-payment"],
  ])("gives no day at all where a page %s", async (_, script, message) => {
    const { means } = bank(script);
    await expect(Array.fromAsync(pixLedger(means).find(biller, span))).rejects.toThrow(message);
  });

  it("has a biller that names its bank's Pix API and whose credentials are there", async () => {
    const { means } = bank(() => 500);
    expect(await pixLedger(means).has(biller)).toBe(true);
    expect(await pixLedger(means).has(aBiller())).toBe(false);
    expect(await pixLedger({ ...means, secrets: { ...means.secrets, pix: async () => undefined } }).has(biller)).toBe(
      false,
    );
  });
});
