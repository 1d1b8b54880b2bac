import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cryptoUnsubscribeTokens } from "../../../../functions/adapters/crypto/unsubscribe-tokens.ts";
import { channels } from "../../../../functions/domain/ids.ts";
import { plainCode } from "../../../support/memory-recorders.ts";
import { aLinkKey } from "./link-keys.ts";

const keys = async () => [aLinkKey("1", "1970-01-01"), aLinkKey("2", "2026-06-01")];
const tokens = cryptoUnsubscribeTokens({ keys });
const code = plainCode("example-power", "B-1");
const addressHash = "0123456789abcdefABCDEF_-01234567";
const about = { code, channel: "email", addressHash } as const;

describe("a token of an unsubscribe link", () => {
  it("names its bill and its channel again", async () => {
    for (const channel of channels) {
      for (const keyId of ["1", "2"]) {
        const ofKey = plainCode("example-power", "B-1", keyId);
        const named = { code: ofKey, channel, addressHash };
        expect(await tokens.read(await tokens.make(named))).toEqual(named);
      }
    }
  });

  it("is good for ever: a key added later changes nothing", async () => {
    const token = await cryptoUnsubscribeTokens({ keys: async () => [aLinkKey("1", "1970-01-01")] }).make(about);
    expect(await tokens.read(token)).toEqual(about);
  });

  it("holds only characters that need no escape in a URL", async () => {
    expect(await tokens.make(about)).toMatch(/^[\w-]{13}\.e\.[\w-]{32}\.[\w-]{24}$/);
  });

  it("cannot be made from the link alone, nor turned to another channel or bill", async () => {
    const token = await tokens.make(about);
    const [, , , mac = ""] = token.split(".");
    const another = plainCode("example-power", "B-2");
    const forgeries = [
      `${code}.s.${addressHash}.${mac}`,
      `${another}.e.${addressHash}.${mac}`,
      `${code}.e.${addressHash.toUpperCase()}.${mac}`,
      `${code}.e.${mac}`,
      `${code}.e.${addressHash}.`,
      `${code}.e.`,
      `${code}.e`,
      `${token}.e`,
      `${token}A`,
      code,
      "",
      "..",
      `${code}.e.${addressHash}.${"A".repeat(24)}`,
    ];
    expect(await Promise.all(forgeries.map((forged) => tokens.read(forged)))).toEqual(forgeries.map(() => undefined));
  });

  it("is not ours when its key is unknown, and is not made under one", async () => {
    const foreign = plainCode("example-power", "B-1", "9");
    expect(await tokens.read(`${foreign}.e.${addressHash}.${"A".repeat(24)}`)).toBeUndefined();
    await expect(tokens.make({ ...about, code: foreign })).rejects.toMatchObject({ code: "provider-error" });
  });

  it("is refused with any one character changed", async () => {
    const token = await tokens.make(about);
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: token.length - 1 }),
        fc.string({ minLength: 1, maxLength: 1 }),
        async (at, letter) => {
          fc.pre(token[at] !== letter);
          expect(await tokens.read(token.slice(0, at) + letter + token.slice(at + 1))).toBeUndefined();
        },
      ),
    );
  });
});
