import { describe, expect, it } from "vitest";
import { cryptoAddressHash } from "../../../../functions/adapters/crypto/address-hash.ts";
import type { BillerId } from "../../../../functions/domain/ids.ts";
import { aLinkKey } from "./link-keys.ts";

const biller = "example-power" as BillerId;
const number = "+919830012345";
const hashWith = (...keys: ReturnType<typeof aLinkKey>[]) => cryptoAddressHash({ keys: async () => keys });
const oldest = aLinkKey("1", "1970-01-01");

describe("the hash of an address", () => {
  it("does not show the address, and is always the same", async () => {
    const hash = await hashWith(oldest)(biller, number);
    expect(hash).toMatch(/^[\w-]{32}$/);
    expect(await hashWith(oldest)(biller, number)).toBe(hash);
  });

  it("stays the same when link keys are added, in whatever order they are told", async () => {
    const hash = await hashWith(oldest)(biller, number);
    expect(await hashWith(aLinkKey("3", "2026-12-01"), oldest, aLinkKey("2", "2026-06-01"))(biller, number)).toBe(hash);
  });

  it("differs between billers, addresses and deployments", async () => {
    const all = await Promise.all([
      hashWith(oldest)(biller, number),
      hashWith(oldest)("other" as BillerId, number),
      hashWith(oldest)(biller, "+919830012346"),
      hashWith(aLinkKey("2", "1970-01-01"))(biller, number),
    ]);
    expect(new Set(all).size).toBe(4);
  });

  it("follows the oldest key when that is another", async () => {
    let keys = [oldest];
    const hash = cryptoAddressHash({ keys: async () => keys });
    const before = await hash(biller, number);
    keys = [aLinkKey("2", "1970-01-01")];
    expect(await hash(biller, number)).not.toBe(before);
  });

  it("cannot be made without a link key", async () => {
    await expect(hashWith()(biller, number)).rejects.toMatchObject({ code: "provider-error" });
  });
});
