import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerToVerification, isSignedByMeta } from "../../../../functions/adapters/whatsapp/webhook.ts";

describe("Meta's signature", () => {
  const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
  const secret = "test_app_secret";
  const header = "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756";

  it("holds over the raw bytes, as published", () => {
    expect(isSignedByMeta(body, header, secret)).toBe(true);
  });

  it.each([
    ["no header", undefined, secret],
    ["an empty header", "", secret],
    ["the bare digest", header.slice(7), secret],
    ["the older algorithm", header.replace("sha256", "sha1"), secret],
    ["capital letters", header.toUpperCase(), secret],
    ["more behind it", `${header}0`, secret],
    ["a letter beyond ASCII", `${header.slice(0, -1)}é`, secret],
    ["another secret", header, "another_secret"],
  ])("does not hold with %s", (_, shown, appSecret) => {
    expect(isSignedByMeta(body, shown, appSecret)).toBe(false);
  });

  it("never holds for an empty secret", () => {
    const forged = `sha256=${createHmac("sha256", "").update(body).digest("hex")}`;
    expect(isSignedByMeta(body, forged, "")).toBe(false);
  });

  it("does not hold after any bit of body or header was flipped", () => {
    const flip = (bytes: Uint8Array, bit: number): Buffer => {
      const flipped = Buffer.from(bytes);
      const at = (bit >> 3) % flipped.length;
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7));
      return flipped;
    };
    fc.assert(
      fc.property(fc.nat({ max: body.length * 8 - 1 }), fc.nat({ max: header.length * 8 - 1 }), (inBody, inHeader) => {
        expect(isSignedByMeta(flip(body, inBody), header, secret)).toBe(false);
        expect(isSignedByMeta(body, flip(Buffer.from(header), inHeader).toString("latin1"), secret)).toBe(false);
      }),
    );
  });

  it("does not hold for the same JSON written again", () => {
    const again = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
    expect(isSignedByMeta(again, header, secret)).toBe(false);
  });
});

describe("Meta's verification request", () => {
  const query = { "hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "our-token" };

  it("is answered with its challenge when the token is ours", () => {
    expect(answerToVerification(query, "our-token")).toBe("1158201444");
  });

  it.each([
    ["a wrong token", { ...query, "hub.verify_token": "another" }],
    ["no token", { "hub.mode": "subscribe", "hub.challenge": "1" }],
    ["another mode", { ...query, "hub.mode": "unsubscribe" }],
    ["no challenge", { "hub.mode": "subscribe", "hub.verify_token": "our-token" }],
    ["markup for a challenge", { ...query, "hub.challenge": "<script>" }],
  ])("is not answered with %s", (_, bad) => {
    expect(answerToVerification(bad, "our-token")).toBeUndefined();
  });

  it("is not answered by who has no token of his own", () => {
    expect(answerToVerification({ ...query, "hub.verify_token": "" }, "")).toBeUndefined();
  });
});
