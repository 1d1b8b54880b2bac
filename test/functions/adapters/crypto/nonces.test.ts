import { expect, it } from "vitest";
import { cryptoNonces } from "../../../../functions/adapters/crypto/nonces.ts";

it("no two nonces are the same", () => {
  const nonces = Array.from({ length: 1_000 }, () => cryptoNonces.next());
  expect(new Set(nonces).size).toBe(1_000);
  expect(nonces.every((nonce) => /^[\w-]{16}$/.test(nonce))).toBe(true);
});
