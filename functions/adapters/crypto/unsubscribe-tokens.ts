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

/** Tokens `<code>.<channel's initial>.<24 characters>`: the last is a MAC under a key derived from the code's own link key, so tokens never end to be good. */
export function cryptoUnsubscribeTokens({ keys }: { readonly keys: LinkKeys }): UnsubscribeTokens {
  const mac = async (code: LinkCode, initial: string): Promise<string | undefined> => {
    const link = (await keys()).find(({ id }) => id === code[0]);
    return (
      link &&
      createHmac("sha256", derivedKey(link, "unsubscribe"))
        .update(`${code}.${initial}`)
        .digest()
        .toString("base64url", 0, macBytes)
    );
  };
  return {
    async make(code, channel) {
      const made = await mac(code, initials[channel]);
      if (!made) throw providerError("The code's link key is not known here.");
      return `${code}.${initials[channel]}.${made}`;
    },
    async read(token) {
      const [code = "", initial = "", given = "", ...rest] = token.split(".");
      const channel = channelsByInitial.get(initial);
      if (!channel || !isLinkCode(code) || rest.length > 0) return undefined;
      const right = Buffer.from((await mac(code, initial)) ?? "");
      const shown = Buffer.from(given);
      // The text is compared, not what it decodes to: one token, one spelling.
      return right.length > 0 && right.length === shown.length && timingSafeEqual(right, shown)
        ? { code, channel }
        : undefined;
    },
  };
}
