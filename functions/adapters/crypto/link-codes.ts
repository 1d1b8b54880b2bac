import { createHmac } from "node:crypto";
import { providerError } from "../../domain/errors.ts";
import { linkCodeFrom } from "../../domain/link-code.ts";
import type { Clock, LinkCodes } from "../../ports.ts";
import type { LinkKeys } from "./link-keys.ts";

/**
 * Link codes by HMAC-SHA256 of `biller|billId` under each link key: that of the newest active key first, which new bills are stored
 * under; then the older ones; then those of keys not active yet, under which only a machine whose clock is ahead can have stored.
 */
export function cryptoLinkCodes({ keys, clock }: { readonly keys: LinkKeys; readonly clock: Clock }): LinkCodes {
  return {
    async candidates(biller, billId) {
      const now = clock.now();
      const newestFirst = (await keys()).toSorted((a, b) => b.activeFrom - a.activeFrom);
      const active = newestFirst.filter(({ activeFrom }) => activeFrom <= now);
      if (active.length === 0) throw providerError("No link key is active yet.");
      const early = newestFirst.filter(({ activeFrom }) => activeFrom > now);
      return [...active, ...early].map(({ id, key }) =>
        linkCodeFrom(id, createHmac("sha256", key).update(`${biller}|${billId}`).digest()),
      );
    },
  };
}
