import type { LinkKey } from "../../../../functions/adapters/crypto/link-keys.ts";

/** A link key for tests: named `id`, active from the day given. */
export const aLinkKey = (id: string, day: string): LinkKey => ({
  id,
  key: `example-link-key-${id}-`.padEnd(32, "x"),
  activeFrom: Date.parse(`${day}T00:00:00Z`),
});
