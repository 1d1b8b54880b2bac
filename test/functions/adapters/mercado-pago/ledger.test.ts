import { describe, expect, it } from "vitest";
import { mercadoPagoLedger } from "../../../../functions/adapters/mercado-pago/ledger.ts";
import { aBiller } from "../../../support/builders.ts";
import { pathsOf, type Script, scriptedGateway } from "../scripted-gateway.ts";
import { paymentText } from "./payment-text.ts";

const biller = aBiller();
const span = { from: Date.parse("2026-11-21T03:00:00Z"), to: Date.parse("2026-11-22T03:00:00Z") };
const pageOf = (texts: readonly string[], total: number): string =>
  `{"paging":{"total":${total},"limit":100,"offset":0},"results":[${texts.join(",")}]}`;

describe("mercadoPagoLedger", () => {
  it("reads a day by when payments last changed, page by page in the order of their ids", async () => {
    const all = Array.from({ length: 130 }, (_, n) => paymentText({ id: String(n + 1), amount: "0.29" }));
    const gateway = scriptedGateway((_, query) => {
      const offset = Number(query.get("offset"));
      return pageOf(all.slice(offset, offset + 100), all.length);
    });
    const found = await Array.fromAsync(mercadoPagoLedger(gateway.means).find(biller, span));
    expect(found).toHaveLength(130);
    expect(found[129]?.payment).toMatchObject({ paymentId: "130", amount: { value: 29, currency: "BRL" } });
    const page =
      "/payments/search?range=date_last_updated&begin_date=2026-11-21T03:00:00.000Z&end_date=2026-11-22T02:59:59.999Z&sort=id&criteria=asc&limit=100";
    expect(pathsOf(gateway)).toEqual([`${page}&offset=0`, `${page}&offset=100`]);
    expect(gateway.asked[0]?.headers).toEqual({ authorization: "Bearer TEST-1" });
  });

  it("looks a payment up by its id, and nothing else", async () => {
    const gateway = scriptedGateway((path) => (path === "/payments/123456789" ? paymentText() : undefined));
    const ledger = mercadoPagoLedger(gateway.means);
    expect(await ledger.lookUp(biller, "123456789")).toHaveLength(1);
    expect(await ledger.lookUp(biller, "1")).toEqual([]);
    expect(await ledger.lookUp(biller, "1/../../users/me")).toEqual([]);
    expect(gateway.asked).toHaveLength(2);
  });

  it.each<[string, Script, string]>([
    ["fails for good", () => 500, "mercado-pago: provider-fault"],
    ["is no page", () => "[]", "mercado-pago: malformed-answer"],
    ["ends too early", () => pageOf([paymentText()], 5), "mercado-pago: malformed-answer"],
    ["holds what cannot be read", () => pageOf(['{"id":1}'], 1), "mercado-pago: malformed-payment"],
  ])("gives no day at all where a page %s", async (_, script, message) => {
    const { means } = scriptedGateway(script);
    await expect(Array.fromAsync(mercadoPagoLedger(means).find(biller, span))).rejects.toThrow(message);
  });
});
