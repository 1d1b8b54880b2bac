import { describe, expect, it } from "vitest";
import { type PixAccount, pixTokens } from "../../../functions/adapters/pix-tokens.ts";
import type { BillerId } from "../../../functions/domain/ids.ts";
import { controlledClock } from "../../support/memory-clock.ts";

const account: PixAccount = {
  biller: "example-power" as BillerId,
  tokenUrl: "https://bank.example.com/oauth/token",
  clientId: "shared",
  clientSecret: "right",
};
const accepted = `Basic ${Buffer.from("shared:right").toString("base64")}`;

/** Tokens of a bank that numbers them, and takes one secret. */
function world() {
  let asked = 0;
  const tokens = pixTokens({
    clock: controlledClock(),
    askBiller: async ({ headers = {} }) => {
      asked++;
      if (headers["authorization"] !== accepted) return { outcome: "answered", status: 401, headers: {}, body: "{}" };
      const body = JSON.stringify({ access_token: `token-${asked}`, expires_in: 3_600 });
      return { outcome: "answered", status: 200, headers: {}, body };
    },
  });
  const get = (changes: Partial<PixAccount> = {}) =>
    tokens.get({ ...account, ...changes }, AbortSignal.timeout(60_000));
  return { get, drop: () => tokens.drop({ ...account }) };
}

describe("the tokens of a bank", () => {
  it("are kept for the account they were got for", async () => {
    const { get, drop } = world();
    expect([await get(), await get()]).toMatchObject([{ token: "token-1" }, { token: "token-1" }]);
    drop();
    expect(await get()).toMatchObject({ token: "token-2" });
  });

  it("are not used for another biller with the same name at the bank", async () => {
    const { get } = world();
    await get();
    expect(await get({ biller: "other-power" as BillerId })).toMatchObject({ token: "token-2" });
  });

  it("are not used with another secret, so that a wrong one is found out at once", async () => {
    const { get } = world();
    await get();
    expect(await get({ clientSecret: "wrong" })).toMatchObject({ outcome: "unavailable" });
  });

  it("are not used at another address", async () => {
    const { get } = world();
    await get();
    expect(await get({ tokenUrl: "https://bank.example.com/other" })).toMatchObject({ token: "token-2" });
  });
});
