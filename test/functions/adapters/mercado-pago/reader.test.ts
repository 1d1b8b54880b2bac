import { createHmac } from "node:crypto";
import fc from "fast-check";
import { WebhookSignatureValidator } from "mercadopago";
import { describe, expect, it } from "vitest";
import { mercadoPagoWebhookReader } from "../../../../functions/adapters/mercado-pago/reader.ts";
import { type SignedNotification, verifyMercadoPago } from "../../../../functions/adapters/mercado-pago/verify.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";

const biller = "example-power" as BillerId;
const [oldSecret, secret] = ["mp_secret", "mp_secret_2"];
const read = mercadoPagoWebhookReader({
  secrets: { mercadoPago: async (id) => (id === biller ? [oldSecret, secret] : []) },
});

const hexOf = (key: string, manifest: string): string => createHmac("sha256", key).update(manifest).digest("hex");
const body = {
  action: "payment.updated",
  api_version: "v1",
  data: { id: "123456789" },
  date_created: "2026-11-21T13:00:00Z",
  id: 98_765,
  live_mode: true,
  type: "payment",
  user_id: "44444",
};

type Told = { readonly by?: string; readonly to?: BillerId; readonly dataId?: string };
function told(sent: unknown, { by = secret, to = biller, dataId = "123456789" }: Told = {}) {
  const manifest = `${dataId && `id:${dataId};`}request-id:req-1;ts:1764000000;`;
  return read({
    biller: to,
    body: Buffer.from(typeof sent === "string" ? sent : JSON.stringify(sent)),
    headers: { "x-signature": `ts=1764000000,v1=${hexOf(by, manifest)}`, "x-request-id": "req-1" },
    query: { "data.id": dataId, type: "payment" },
  });
}

/** What Mercado Pago's own library says; it ignores white space at the ends, which no header keeps. */
function theirs({ signature, requestId, dataId }: SignedNotification, key: string): boolean {
  try {
    WebhookSignatureValidator.validate({ xSignature: signature, xRequestId: requestId, dataId, secret: key });
    return true;
  } catch {
    return false;
  }
}

describe("a notification of Mercado Pago", () => {
  const signature = "ts=1764000000,v1=346e7002c1910bae6cf6c843484a8c33d90bd5061cf6a49c7172cc23aa4fad9d";
  const example = { signature, requestId: "req-1", dataId: "123456789" };

  it("is genuine as the example is, and as Mercado Pago's own library says", () => {
    expect(verifyMercadoPago(example, [oldSecret])).toBe("genuine");
    expect(theirs(example, oldSecret)).toBe(true);
  });

  it("is signed over what is there of id, request id and time", () => {
    for (const [manifest, present] of [
      ["id:1;request-id:req-1;ts:1;", { dataId: "1", requestId: "req-1" }],
      ["id:1;ts:1;", { dataId: "1", requestId: undefined }],
      ["request-id:req-1;ts:1;", { dataId: undefined, requestId: "req-1" }],
      ["ts:1;", { dataId: "", requestId: "" }],
    ] as const) {
      const asked = { ...present, signature: `ts=1,v1=${hexOf(secret, manifest)}` };
      expect(verifyMercadoPago(asked, [oldSecret, secret])).toBe("genuine");
      expect(theirs(asked, secret)).toBe(true);
    }
  });

  it("is taken in seconds and milliseconds, and with an id of letters as it came and in lower case", () => {
    for (const [ts, id] of [
      ["1764000000000", "ORD01J"],
      ["1764000000", "ord01j"],
    ]) {
      const signed = `ts=${ts},v1=${hexOf(secret, `id:${id};ts:${ts};`)}`;
      expect(verifyMercadoPago({ signature: signed, requestId: undefined, dataId: "ORD01J" }, [secret])).toBe(
        "genuine",
      );
    }
  });

  it("is refused wherever Mercado Pago's own library refuses it", () => {
    const value = fc.option(fc.stringMatching(/^[A-Za-z0-9-]{0,12}$/), { nil: undefined });
    const signed = fc.record({
      dataId: value,
      requestId: value,
      ts: fc.stringMatching(/^[1-9][0-9]{0,12}$/),
      how: fc.constantFrom("own", "own", "reversed", "upper", "spaced", "doubled", "without-time"),
    });
    let taken = 0;
    fc.assert(
      fc.property(signed, ({ dataId, requestId, ts, how }) => {
        const manifest = `${dataId ? `id:${dataId};` : ""}${requestId ? `request-id:${requestId};` : ""}ts:${ts};`;
        const v1 = hexOf(secret, manifest);
        const header = {
          own: `ts=${ts},v1=${v1}`,
          reversed: `v1=${v1},ts=${ts}`,
          upper: `ts=${ts},v1=${v1.toUpperCase()}`,
          spaced: `ts=${ts}, v1=${v1}`,
          doubled: `ts=${ts},v1=${v1},v1=${v1}`,
          "without-time": `v1=${v1}`,
        }[how];
        const asked = { signature: header, requestId, dataId };
        const ours = verifyMercadoPago(asked, [secret]) === "genuine";
        if (ours) taken++;
        if (ours) expect(theirs(asked, secret)).toBe(true);
        if (how === "own") expect(ours).toBe(true);
      }),
    );
    expect(taken).toBeGreaterThan(0);
  });

  it.each([
    ["no signature, as those of QR codes", { signature: undefined }, "header-missing"],
    ["no time", { signature: signature.slice(14) }, "header-malformed"],
    ["two of everything", { signature: `${signature},${signature}` }, "header-malformed"],
    [
      "an id that holds the next pair",
      { dataId: "123456789;request-id:req-1", requestId: undefined },
      "header-malformed",
    ],
    ["another id", { dataId: "123456780" }, "signature-wrong"],
    ["no id", { dataId: undefined }, "signature-wrong"],
    ["another request id", { requestId: "req-2" }, "signature-wrong"],
    ["another time", { signature: signature.replace("1764000000", "1764000001") }, "signature-wrong"],
  ])("with %s is refused", (_, change, reason) => {
    expect(verifyMercadoPago({ ...example, ...change }, [oldSecret, secret])).toBe(reason);
  });

  it("tells nothing that is believed: its payment is asked about", async () => {
    const genuine = {
      outcome: "genuine",
      deliveries: [],
      payments: [],
      lookUps: [{ biller, gateway: "mercado-pago", reference: "123456789" }],
      skipped: 0,
      mode: "live",
    };
    expect(await told(body)).toEqual(genuine);
    expect(await told(body, { by: oldSecret })).toEqual(genuine);
    expect(await told({ ...body, live_mode: false })).toMatchObject({ mode: "test" });
  });

  it("is refused by another secret, of a biller without an account, and about another payment than was signed", async () => {
    const refused = { outcome: "refused", reason: "signature-wrong" };
    expect(await told(body, { by: "mp_secret_3" })).toEqual(refused);
    expect(await told(body, { to: "nobody" as BillerId })).toEqual(refused);
    expect(await told({ ...body, data: { id: "987654321" } })).toEqual(refused);
    expect(await told({ ...body, data: { id: 987_654_321 } })).toEqual(refused);
  });

  it.each([
    ["of something else", { ...body, type: "merchant_order" }, "123456789"],
    ["of an order", { ...body, data: { id: "ORD01J" } }, "ORD01J"],
    ["that signs no id", body, ""],
  ])("%s concerns nobody here, and is counted", async (_, sent, dataId) => {
    expect(await told(sent, { dataId })).toEqual({
      outcome: "genuine",
      deliveries: [],
      payments: [],
      skipped: 1,
      mode: "live",
    });
  });

  it.each(["{", "[]", '"payment"', ""])("that holds %o is genuine but malformed", async (sent) => {
    expect(await told(sent)).toMatchObject({ outcome: "malformed", fields: [{ path: "body" }] });
  });
});
