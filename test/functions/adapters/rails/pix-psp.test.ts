import { describe, expect, it } from "vitest";
import { pixPspRail } from "../../../../functions/adapters/rails/pix-psp.ts";
import type { CurrencyCode } from "../../../../functions/domain/money.ts";
import type { CreatedCheckout } from "../../../../functions/ports.ts";
import { aPixBiller, aRailAttempt } from "../../../support/attempts.ts";
import { aBill, aBiller } from "../../../support/builders.ts";
import { meansFor } from "../../../support/gateway-world.ts";
import { issueMorning } from "../../../support/memory-clock.ts";
import { answering, type Behavior, loopback, resetting, type SeenRequest } from "../loopback.ts";
import { itAsksForOneCheckout } from "./gateway-faults.ts";

const code = aBill().code;
const inReais = { value: 12_990, currency: "BRL" as CurrencyCode };
const attempt = {
  ...aRailAttempt({ biller: aPixBiller(), bill: aBill({ amountDue: inReais }), amount: inReais, mode: "code" }),
  n: 2,
  startedAt: issueMorning,
};
const txid = `${code}0000000000002`;
const location = "pix.example.com/qr/v2/9d36b84fc70b478fb95c12729b90ca25";
/** The official example of a dynamic code, of this payee and location. */
const brCode =
  "00020101021226760014br.gov.bcb.pix2554pix.example.com/qr/v2/9d36b84fc70b478fb95c12729b90ca255204000053039865802BR5914LUZ EXEMPLO SA6009SAO PAULO62070503***63048D0D";

/** In the shape of the Central Bank's description of the Pix API. */
const aCharge = (overrides: object = {}) => ({
  calendario: { criacao: new Date(issueMorning).toISOString(), expiracao: 1_800 },
  txid,
  revisao: 0,
  loc: { id: 789, location, tipoCob: "cob" },
  location,
  status: "ATIVA",
  valor: { original: "129.90" },
  chave: "39580525000189",
  solicitacaoPagador: "Electricity, November 2026",
  ...overrides,
});

const charge = (overrides?: object, status = 201): Behavior => answering(status, JSON.stringify(aCharge(overrides)));
const token: Behavior = answering(
  200,
  JSON.stringify({ access_token: "token-1", token_type: "Bearer", expires_in: 3_600, scope: "cob.write cob.read" }),
);
const refusedAs = (status: number, name: string): Behavior =>
  answering(
    status,
    JSON.stringify({ type: `https://pix.bcb.gov.br/api/v2/error/${name}`, title: "Operação inválida", status }),
  );

const biller = (): ReturnType<typeof aBiller> => {
  const { pix } = aPixBiller().rails ?? {};
  if (!pix) throw new TypeError("it takes no Pix");
  return aBiller({ rails: { pix: { ...pix, merchantName: "LUZ EXEMPLO SA", merchantCity: "SAO PAULO" } } });
};

type Made = CreatedCheckout & { readonly seen: readonly SeenRequest[] };

async function madeOf(...behaviors: readonly Behavior[]): Promise<Made> {
  await using server = await loopback(token, ...behaviors);
  const rail = pixPspRail(meansFor(server.url));
  if (rail.kind !== "gateway") throw new TypeError("it asks no gateway");
  return { ...(await rail.create({ ...attempt, biller: biller() })), seen: [...server.seen] };
}

const calls = ({ seen }: Made): string[] =>
  seen.map(({ method, path }) => `${method} ${path.replace("/sandbox/gateways/pix", "")}`);

describe("pixPspRail", () => {
  it("asks for a token, then for a charge in the Central Bank's words, without a debtor", async () => {
    const made = await madeOf(charge());
    expect(calls(made)).toEqual(["POST /oauth/token", `PUT /v2/cob/${txid}`]);
    const [access, put] = made.seen;
    expect(access?.headers["authorization"]).toBe(`Basic ${btoa("Client_Id_0001:pix-example-secret")}`);
    expect(access?.body).toBe("grant_type=client_credentials&scope=cob.write+cob.read");
    expect(put?.headers).toMatchObject({
      authorization: "Bearer token-1",
      "content-type": "application/json",
      host: "pix.bank.example.com",
    });
    expect(JSON.parse(put?.body ?? "")).toEqual({
      calendario: { expiracao: 1_800 },
      valor: { original: "129.90" },
      chave: "39580525000189",
      solicitacaoPagador: "Electricity, November 2026",
    });
    expect(txid).toMatch(/^[a-zA-Z0-9]{26,35}$/);
  });

  it("shows the dynamic code of the charge's location", async () => {
    expect(await madeOf(charge({ pixCopiaECola: brCode }))).toMatchObject({
      outcome: "created",
      providerReference: txid,
      started: { outcome: "show-code", code: brCode, canCopy: true },
      expiresAt: issueMorning + 30 * 60_000,
    });
  });

  it.each<[string, Behavior]>([
    ["its answer was lost", resetting],
    ["it does not take the same txid twice", refusedAs(409, "CobOperacaoInvalida")],
    ["it failed", answering(500, "")],
  ])("reads the charge that is there when %s", async (_, behavior) => {
    const made = await madeOf(behavior, charge({}, 200));
    expect(made).toMatchObject({ outcome: "created", providerReference: txid });
    expect(calls(made)).toEqual(["POST /oauth/token", `PUT /v2/cob/${txid}`, `GET /v2/cob/${txid}`]);
  });

  it("gets another token when the bank knows the kept one no more", async () => {
    const made = await madeOf(answering(401, ""), token, charge());
    expect(made).toMatchObject({ outcome: "created" });
    expect(calls(made)).toEqual([
      "POST /oauth/token",
      `PUT /v2/cob/${txid}`,
      "POST /oauth/token",
      `PUT /v2/cob/${txid}`,
    ]);
  });

  it("keeps a token until shortly before it expires", async () => {
    await using server = await loopback(token, charge(), charge(), token, charge());
    let now = issueMorning;
    const rail = pixPspRail(meansFor(server.url, { clock: { now: () => now } }));
    const create = () => rail.kind === "gateway" && rail.create({ ...attempt, biller: biller() });
    await create();
    now += 3_539_000;
    await create();
    now += 1_000;
    await create();
    expect(server.seen.map(({ method }) => method)).toEqual(["POST", "PUT", "PUT", "POST", "PUT"]);
  });

  it.each([
    ["is paid", { status: "CONCLUIDA" }],
    ["was removed", { status: "REMOVIDA_PELO_USUARIO_RECEBEDOR" }],
    ["is for another amount", { valor: { original: "129.91" } }],
    ["is for another key", { chave: "39580525000188" }],
    ["expired", { calendario: { criacao: "2026-11-15T03:00:00.000Z", expiracao: 1_800 } }],
    ["has no time", { calendario: { criacao: "once", expiracao: 1_800 } }],
  ])("goes on to the next name when the charge %s", async (_, overrides) => {
    const spent = { outcome: "unavailable", reason: "reference-used", spent: true };
    expect(await madeOf(charge(overrides))).toMatchObject(spent);
  });

  it.each([
    ["127.0.0.1/qr/v2/1"],
    ["localhost/qr"],
    ["pix.example.com"],
    ["user@pix.example.com/qr"],
    ["pix.example.com:8443/qr"],
    ["pix.example.com/qr?x=1"],
    [`pix.example.com/${"q".repeat(62)}`],
    ["http://pix.example.com/qr"],
    [""],
  ])("makes no code of the location %s", async (bad) => {
    expect(await madeOf(charge({ location: bad }))).toMatchObject({ reason: "unexpected-link" });
  });

  it("makes no code where the bank's own one leads elsewhere", async () => {
    const theirs = brCode.replace("9d36b84f", "00000000");
    expect(await madeOf(charge({ pixCopiaECola: theirs }))).toMatchObject({ reason: "unexpected-code" });
  });

  it("tells a refusal by the name of the violation", async () => {
    const made = await madeOf(refusedAs(400, "CobOperacaoInvalida"), refusedAs(404, "NaoEncontrado"));
    expect(made).toMatchObject({ outcome: "unavailable", reason: "refused-coboperacaoinvalida" });
    expect(await madeOf(answering(401, ""), answering(400, ""))).toMatchObject({ reason: "token-refused" });
  });

  it("calls no address that is not public", async () => {
    const { askBiller: _ask, ...means } = meansFor("http://127.0.0.1:1");
    const asked: string[] = [];
    const rail = pixPspRail({
      ...means,
      askBiller: async ({ url }) => {
        asked.push(url);
        return { outcome: "failed", reason: "refused-address" };
      },
    });
    const made = await (rail.kind === "gateway" && rail.create(attempt));
    expect(made).toEqual({ outcome: "unavailable", reason: "token-refused-address" });
    expect(asked).toEqual(["https://pix.bank.example.com/sandbox/gateways/pix/oauth/token"]);
  });

  it("shows the biller's certificate where it has one", async () => {
    const shown: unknown[] = [];
    const { secrets, ...means } = meansFor("http://127.0.0.1:1");
    const rail = pixPspRail({
      ...means,
      secrets: {
        ...secrets,
        pix: async () => ({ clientId: "c", clientSecret: "s", certificate: "the certificate", privateKey: "the key" }),
      },
      askBiller: async ({ tls }) => {
        shown.push(tls);
        return { outcome: "failed", reason: "broken-off" };
      },
    });
    await (rail.kind === "gateway" && rail.create(attempt));
    expect(shown).toEqual([{ cert: "the certificate", key: "the key" }]);
  });

  it("offers a code in reais to billers whose bank makes codes", () => {
    const rail = pixPspRail();
    expect(rail.offer(attempt)).toMatchObject({
      rail: "pix-psp",
      payee: { name: "Luz Exemplo SA", address: "39580525000189" },
      formTargets: [],
    });
    expect(rail.offer({ ...attempt, bill: aBill() })).toBeUndefined();
    const { psp: _psp, ...pix } = aPixBiller().rails?.pix ?? {
      key: "39580525000189",
      merchantName: "L",
      merchantCity: "S",
    };
    expect(rail.offer({ ...attempt, biller: aBiller({ rails: { pix } }) })).toBeUndefined();
  });

  itAsksForOneCheckout({
    make: pixPspRail,
    attempt,
    acceptance: JSON.stringify(aCharge()),
    before: [token],
    nameOf: ({ method, path }) => (method === "PUT" ? path : undefined),
  });
});
