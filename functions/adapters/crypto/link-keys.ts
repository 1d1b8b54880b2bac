import { hkdfSync } from "node:crypto";
import type { Moment } from "../../domain/local-time.ts";

/** A key that link codes are made with: named by one character, and used for new codes from `activeFrom` on. */
export type LinkKey = { readonly id: string; readonly key: string; readonly activeFrom: Moment };

/** All link keys there are: keys are added, never retired. */
export type LinkKeys = () => Promise<readonly LinkKey[]>;

/** A key for one purpose only, derived from a link key (HKDF-SHA256, RFC 5869), so that nothing made with it helps to guess codes. */
export const derivedKey = (link: LinkKey, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", link.key, "duebell", purpose, 32));
