import { describe, expect, it } from "vitest";
import { gatewaySecrets } from "../../support/gateway-world.ts";
import { issueMorning } from "../../support/memory-clock.ts";
import { basicHeader, gatewayCalls, pressing } from "./gateway-calls.ts";

const txid = "1PkT9dQx2mVaR0000000000001";
const order = {
  calendario: { expiracao: 1_800 },
  valor: { original: "129.90" },
  chave: "39580525000189",
  solicitacaoPagador: "Electricity, November 2026",
};

const tokenCall = (account: { readonly clientId: string; readonly clientSecret: string }) => ({
  path: "/pix/oauth/token",
  headers: basicHeader(account.clientId, account.clientSecret),
  body: new URLSearchParams({ grant_type: "client_credentials", scope: "cob.write cob.read" }),
});

async function opened() {
  const calls = gatewayCalls();
  const { json } = await calls.answerTo(tokenCall(gatewaySecrets.pix));
  const headers = { authorization: `Bearer ${json["access_token"]}` };
  const path = `/pix/v2/cob/${txid}`;
  const put = (overrides: object = {}) =>
    calls.answerTo({ method: "PUT", path, headers, body: { ...order, ...overrides } });
  const read = () => calls.answerTo({ method: "GET", path, headers });
  const remove = (status = "REMOVIDA_PELO_USUARIO_RECEBEDOR") =>
    calls.answerTo({ method: "PATCH", path, headers, body: { status } });
  return { ...calls, put, read, remove, headers };
}

describe("the played bank's Pix API", () => {
  it("gives a token for an hour to whoever has credentials", async () => {
    const { answerTo, clock, read, put } = await opened();
    expect((await answerTo(tokenCall({ clientId: "Client_Id_0001", clientSecret: "wrong" }))).status).toBe(401);
    const badGrant = { ...tokenCall(gatewaySecrets.pix), body: "grant_type=password" };
    expect((await answerTo(badGrant)).status).toBe(400);
    await put();
    clock.advance(3_599_000);
    expect((await read()).status).toBe(200);
    clock.advance(1_000);
    expect((await read()).status).toBe(401);
  });

  it("makes a charge in the Central Bank's shape, and revises it when it is put again", async () => {
    const { put, clock } = await opened();
    const made = await put();
    expect(made).toMatchObject({
      status: 201,
      json: {
        ...order,
        txid,
        status: "ATIVA",
        revisao: 0,
        calendario: { criacao: new Date(issueMorning).toISOString(), expiracao: 1_800 },
      },
    });
    expect(made.json["location"]).toMatch(/^pix\.bank\.example\.com\/qr\/v2\/[0-9a-f]{32}$/);
    clock.advance(1_000);
    const again = await put();
    expect(again).toMatchObject({ status: 200, json: { revisao: 1, location: made.json["location"] } });
    expect(again.json["calendario"]).toEqual(made.json["calendario"]);
  });

  it.each([
    ["an amount without its cents", { valor: { original: "129" } }],
    ["a note that is too long", { solicitacaoPagador: "n".repeat(141) }],
    ["a field that it does not know", { devedorr: {} }],
    ["no key", { chave: "" }],
  ])("refuses %s, by the name of the violation", async (_, overrides) => {
    const { put } = await opened();
    expect(await put(overrides)).toMatchObject({
      status: 400,
      json: { type: "https://pix.bcb.gov.br/api/v2/error/CobOperacaoInvalida" },
    });
  });

  it("refuses a txid of less than 26 characters", async () => {
    const { answerTo, headers } = await opened();
    const short = { method: "PUT", path: "/pix/v2/cob/1PkT9dQx2mVaR1", headers, body: order };
    expect((await answerTo(short)).status).toBe(400);
  });

  it("is paid once, and then neither revised nor removed", async () => {
    const { put, remove, read, answerTo, payments } = await opened();
    await put();
    const page = `/pix/pay/${txid}`;
    expect(String((await answerTo({ method: "GET", path: page })).body)).toContain("129.90");
    for (const action of ["cancel", "pay", "pay"] as const) await answerTo(pressing(page, action));
    expect(payments).toMatchObject([
      { gateway: "pix", code: "1PkT9dQx2mVaR", amount: { value: 12_990, currency: "BRL" } },
    ]);
    expect((await read()).json).toMatchObject({ status: "CONCLUIDA" });
    expect((await put()).status).toBe(400);
    expect((await remove()).status).toBe(400);
  });

  it("cannot be paid once it was removed or has expired", async () => {
    const { put, remove, answerTo, payments, clock } = await opened();
    await put();
    expect((await remove("CONCLUIDA")).status).toBe(400);
    expect((await remove()).json).toMatchObject({ status: "REMOVIDA_PELO_USUARIO_RECEBEDOR", revisao: 1 });
    await answerTo(pressing(`/pix/pay/${txid}`, "pay"));
    const other = await opened();
    await other.put();
    other.clock.advance(1_800_000);
    await other.answerTo(pressing(`/pix/pay/${txid}`, "pay"));
    expect([...payments, ...other.payments, clock.now()]).toEqual([issueMorning]);
  });

  it("shows a charge to nobody else", async () => {
    const { put, answerTo, others } = await opened();
    await put();
    const { json } = await answerTo(tokenCall(others.pix));
    const headers = { authorization: `Bearer ${json["access_token"]}` };
    expect((await answerTo({ method: "GET", path: `/pix/v2/cob/${txid}`, headers })).status).toBe(404);
    expect((await answerTo({ method: "PUT", path: `/pix/v2/cob/${txid}`, headers, body: order })).status).toBe(400);
  });
});
