import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import { standardWebhookReader } from "../../../../functions/adapters/standard-webhooks/reader.ts";
import { verifyStandardWebhook } from "../../../../functions/adapters/standard-webhooks/verify.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";

const biller = "example-power" as BillerId;
const [oldSecret, secret] = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", `whsec_${"c2VjcmV0".repeat(4)}`];
const now = 1_795_000_000_000;
const read = standardWebhookReader({
  secrets: { standard: async (id) => (id === biller ? [oldSecret, secret] : []) },
  clock: { now: () => now },
});

function told(event: unknown, { by = secret, to = biller }: { by?: string; to?: BillerId } = {}) {
  const text = typeof event === "string" ? event : JSON.stringify(event);
  const headers = {
    "webhook-id": "evt-1",
    "webhook-timestamp": String(now / 1_000),
    "webhook-signature": new Webhook(by).sign("evt-1", new Date(now), text),
  };
  return read({ biller: to, body: Buffer.from(text), headers, query: {} });
}

const data = {
  billId: "BILL-1",
  paymentId: "bank-1",
  amount: { value: 124_900, currency: "INR" },
  paidAt: "2026-11-21T10:05:22Z",
  source: "bank",
};
const event = (changes: object = {}, type = "payment.succeeded"): object => ({
  ...{ type, timestamp: "2026-11-21T10:05:22Z" },
  data: { ...data, ...changes },
});

describe("a webhook after Standard Webhooks, read", () => {
  it("tells of the payment in it, by either of two live secrets, in the name of the path's biller", async () => {
    const genuine = {
      outcome: "genuine",
      deliveries: [],
      payments: [{ type: "payment.succeeded", payment: { ...data, biller } }],
      skipped: 0,
    };
    expect(await told(event())).toEqual(genuine);
    expect(await told(event(), { by: oldSecret })).toEqual(genuine);
  });

  it("is refused for a biller without secrets, and by a secret that is nobody's", async () => {
    const refused = { outcome: "refused", reason: "signature-wrong" };
    expect(await told(event(), { to: "nobody" as BillerId })).toEqual(refused);
    expect(await told(event(), { by: `whsec_${"b3RoZXIh".repeat(4)}` })).toEqual(refused);
  });

  it.each(["invoice.created", "contact.updated", "payment_method.attached"])(
    "that is of the type %s concerns nobody here, and is counted",
    async (type) => {
      const skipped = { outcome: "genuine", deliveries: [], payments: [], skipped: 1 };
      expect(await told({ type, data: "whatever" })).toEqual(skipped);
    },
  );

  it.each([
    ["a biller", event({ biller: "example-water" }), "data.biller"],
    ["where its body lies", event({ raw: "webhooks/example-water/x" }), "data.raw"],
    ["a field of no meaning", event({ color: "red" }), "data.color"],
    ["no bill", event({ billId: undefined }), "data.billId"],
    ["a payment of another kind", event({}, "payment.refused"), "type"],
    ["no JSON", "{", "body"],
  ])("that holds %s is genuine but malformed", async (_, sent, path) => {
    expect(await told(sent)).toMatchObject({ outcome: "malformed", fields: [{ path }] });
  });

  it("is taken where the scheme's own library signed it, and refused wherever that refuses it", () => {
    vi.useFakeTimers({ toFake: ["Date"], now });
    const library = new Webhook(secret);
    const headersOf = fc.record({
      id: fc.stringMatching(/^[\w.-]{1,20}$/),
      age: fc.integer({ min: -600, max: 600 }),
      how: fc.constantFrom("own", "own", "with another", "upper", "cut", "of version 2", "doubled"),
    });
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), headersOf, (body, { id, age, how }) => {
        const at = new Date(now - age * 1_000);
        const own = library.sign(id, at, body);
        const signature = {
          own,
          "with another": `${new Webhook(oldSecret).sign(id, at, body)} ${own}`,
          upper: own.toUpperCase(),
          cut: own.slice(0, -2),
          "of version 2": own.replace("v1,", "v2,"),
          doubled: `${own},${own}`,
        }[how];
        const timestamp = String(at.getTime() / 1_000);
        const webhook = { id, timestamp, signature, body: Buffer.from(body) };
        const ours = verifyStandardWebhook(webhook, { secrets: [secret], now }).outcome === "genuine";
        const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
        const theirs = () => library.verify(body, headers, { jsonParse: false });
        if (ours) expect(theirs).not.toThrow();
        expect(ours).toBe(Math.abs(age) <= 300 && (how === "own" || how === "with another"));
      }),
    );
    vi.useRealTimers();
  });
});
