import { createHmac, timingSafeEqual } from "node:crypto";
import { providerError } from "../../domain/errors.ts";
import type { Channel } from "../../domain/ids.ts";
import { isLinkCode, type LinkCode } from "../../domain/link-code.ts";
import type { UnsubscribeTokens } from "../../ports.ts";
import { derivedKey, type LinkKeys } from "./link-keys.ts";

const initials: Readonly<Record<Channel, string>> = { sms: "s", email: "e", whatsapp: "w" };
const channelsByInitial: ReadonlyMap<string, Channel> = new Map([
  ["s", "sms"],
  ["e", "email"],
  ["w", "whatsapp"],
]);
const macBytes = 18;

/**
 * Tokens `<code>.<channel's initial>.<hash of the address>.<24 characters>`: the last is a MAC under a key derived from the code's own
 * link key, so tokens never end to be good, and name the address they were sent to whatever becomes of the bill.
 */
export function cryptoUnsubscribeTokens({ keys }: { readonly keys: LinkKeys }): UnsubscribeTokens {
  const mac = async (code: LinkCode, told: string): Promise<string | undefined> => {
    const link = (await keys()).find(({ id }) => id === code[0]);
    if (!link) return undefined;
    const key = derivedKey(link, "unsubscribe");
    return createHmac("sha256", key).update(`${code}.${told}`).digest().toString("base64url", 0, macBytes);
  };
  return {
    async make({ code, channel, addressHash }) {
      const told = `${initials[channel]}.${addressHash}`;
      const made = await mac(code, told);
      if (!made) throw providerError("The code's link key is not known here.");
      return `${code}.${told}.${made}`;
    },
    async read(token) {
      const [code = "", initial = "", addressHash = "", given = "", ...rest] = token.split(".");
      const channel = channelsByInitial.get(initial);
      if (!channel || !isLinkCode(code) || !/^[\w-]{16,64}$/.test(addressHash) || rest.length > 0) return undefined;
      const right = Buffer.from((await mac(code, `${initial}.${addressHash}`)) ?? "");
      const shown = Buffer.from(given);
      // The text is compared, not what it decodes to: one token, one spelling.
      const isOurs = right.length > 0 && right.length === shown.length && timingSafeEqual(right, shown);
      return isOurs ? { code, channel, addressHash } : undefined;
    },
  };
}
