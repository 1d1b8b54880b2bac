import { createHash, timingSafeEqual } from "node:crypto";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/**
 * Whether the `authorization` header is one of those that were agreed with the platform (Setu, BBPS billers: Basic, or a token): compared
 * by their hashes, in constant time. The scheme signs nothing of the body.
 */
export function isAuthorized(header: string | undefined, authorizations: readonly string[]): boolean {
  if (!header) return false;
  const shown = digest(header);
  return authorizations.some((one) => one !== "" && timingSafeEqual(digest(one), shown));
}
