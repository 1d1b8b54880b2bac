import { createHmac } from "node:crypto";
import { providerError } from "../../domain/errors.ts";
import type { BillerId } from "../../domain/ids.ts";
import { derivedKey, type LinkKey, type LinkKeys } from "./link-keys.ts";

/** Hides an address or a customer's id of one biller: the same hash for the same text for ever, and none to be found by trying all numbers. */
export type AddressHash = (biller: BillerId, text: string) => Promise<string>;

/**
 * HMAC-SHA256 of `biller|text` as 32 characters of base64url, under a key derived from the oldest link key: link keys are only added,
 * each active later than those before it, so the oldest one stays what it is. Give it the canonical address.
 */
export function cryptoAddressHash({ keys }: { readonly keys: LinkKeys }): AddressHash {
  let derived: { readonly from: LinkKey; readonly key: Uint8Array } | undefined;
  return async (biller, text) => {
    const [first, ...others] = await keys();
    if (!first) throw providerError("There is no link key.");
    const oldest = others.reduce((old, link) => (link.activeFrom < old.activeFrom ? link : old), first);
    if (derived?.from.key !== oldest.key) derived = { from: oldest, key: derivedKey(oldest, "address") };
    return createHmac("sha256", derived.key).update(`${biller}|${text}`).digest().toString("base64url", 0, 24);
  };
}
