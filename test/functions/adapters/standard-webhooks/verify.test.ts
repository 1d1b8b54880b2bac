import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SignedWebhook, verifyStandardWebhook } from "../../../../functions/adapters/standard-webhooks/verify.ts";

// The secret and message of the specification's own example.
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const other = `whsec_${Buffer.from("another secret, 24 bytes").toString("base64")}`;
const example = {
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: "1614265330",
  signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  body: Buffer.from('{"test": 2432232314}'),
};
const now = 1_614_265_330_000;

function signedBy(key: string, body: Uint8Array, at: number): SignedWebhook {
  const timestamp = String(Math.floor(at / 1_000));
  const signed = Buffer.concat([Buffer.from(`evt-1.${timestamp}.`), body]);
  const mac = createHmac("sha256", Buffer.from(key.slice("whsec_".length), "base64"))
    .update(signed)
    .digest("base64");
  return { id: "evt-1", timestamp, signature: `v1,${mac}`, body };
}

describe("a webhook after Standard Webhooks", () => {
  it("is genuine as the specification's example is", () => {
    expect(verifyStandardWebhook(example, { secrets: [secret], now })).toEqual({
      outcome: "genuine",
      id: example.id,
      at: now,
    });
  });

  it("is genuine whatever bytes its body holds", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (body) => {
        const webhook = signedBy(secret, body, now);
        expect(verifyStandardWebhook(webhook, { secrets: [secret], now }).outcome).toBe("genuine");
      }),
    );
  });

  it("is genuine by the old and the new secret while both live, and by none that is over", () => {
    const byOld = signedBy(secret, Buffer.from("{}"), now);
    const byNew = signedBy(other, Buffer.from("{}"), now);
    const byBoth = { ...byOld, signature: `${byOld.signature} ${byNew.signature}` };
    for (const webhook of [byOld, byNew, byBoth]) {
      expect(verifyStandardWebhook(webhook, { secrets: [other, secret], now }).outcome).toBe("genuine");
    }
    expect(verifyStandardWebhook(byBoth, { secrets: [other], now }).outcome).toBe("genuine");
    expect(verifyStandardWebhook(byOld, { secrets: [other], now })).toEqual({
      outcome: "refused",
      reason: "signature-wrong",
    });
    expect(verifyStandardWebhook(byOld, { secrets: [], now })).toEqual({
      outcome: "refused",
      reason: "signature-wrong",
    });
  });

  it("is genuine for five minutes in either direction, by the clock it is given", () => {
    const at = (time: number) => verifyStandardWebhook(example, { secrets: [secret], now: time }).outcome;
    expect([at(now - 300_000), at(now + 300_000)]).toEqual(["genuine", "genuine"]);
    expect([at(now - 300_001), at(now + 300_001)]).toEqual(["refused", "refused"]);
  });

  it("is signed over its bytes, also those that are no text", () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
    const asText = signedBy(secret, Buffer.from(bytes.toString()), now);
    expect(verifyStandardWebhook({ ...asText, body: bytes }, { secrets: [secret], now }).outcome).toBe("refused");
  });

  it.each([
    ["id", { id: undefined }, "header-missing"],
    ["timestamp", { timestamp: undefined }, "header-missing"],
    ["signature", { signature: undefined }, "header-missing"],
    ["readable id", { id: "a\nb" }, "header-malformed"],
    ["whole timestamp", { timestamp: "1614265330.5" }, "header-malformed"],
    ["plain timestamp", { timestamp: " 1614265330" }, "header-malformed"],
    ["timestamp in seconds", { timestamp: "01614265330" }, "header-malformed"],
    ["signature of version 1", { signature: example.signature.replace("v1", "v1a") }, "signature-wrong"],
    ["signature", { signature: "v1," }, "signature-wrong"],
    ["id of its own", { id: "msg_another" }, "signature-wrong"],
    ["timestamp of its own", { timestamp: "1614265331" }, "signature-wrong"],
    ["body as it was written", { body: Buffer.from('{"test":2432232314}') }, "signature-wrong"],
  ])("without its %s is refused", (_, change, reason) => {
    expect(verifyStandardWebhook({ ...example, ...change }, { secrets: [secret], now })).toEqual({
      outcome: "refused",
      reason,
    });
  });

  it("is refused after any bit of it was flipped", () => {
    const part = fc.constantFrom("id", "timestamp", "signature", "body");
    fc.assert(
      fc.property(part, fc.nat({ max: 4_000 }), (name, bit) => {
        const bytes = Buffer.from(example[name]);
        const at = (bit >> 3) % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit & 7));
        const forged = { ...example, [name]: name === "body" ? bytes : bytes.toString("latin1") };
        expect(verifyStandardWebhook(forged, { secrets: [secret], now }).outcome).toBe("refused");
      }),
      { numRuns: 500 },
    );
  });
});
