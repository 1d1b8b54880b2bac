import * as z from "zod/mini";
import { providerError } from "../../domain/errors.ts";
import { LinkKeyId } from "../../domain/link-code.ts";
import { Instant } from "../../domain/local-time.ts";
import { type SecretsOptions, secretsOf } from "./secrets.ts";

const LinkKey = z.object(
  {
    id: LinkKeyId,
    key: z.string("must be text").check(z.minLength(32, "must be 32 characters or more")),
    activeFrom: Instant,
  },
  "must be {id, key, activeFrom}",
);
type LinkKey = z.output<typeof LinkKey>;

const LinkKeys = z.pipe(
  z.transform((json: unknown) => (Array.isArray(json) ? json : [json])),
  z.array(LinkKey).check(
    z.minLength(1, "must hold a key"),
    z.refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, "must name each key differently"),
  ),
);

/** The link keys of the secret `name`: one `{id, key, activeFrom}` or a list of them, five minutes old at most. A new key's `activeFrom` must lie later than that. */
export function secretsManagerLinkKeys({
  name,
  ...options
}: SecretsOptions & { readonly name: string }): () => Promise<readonly LinkKey[]> {
  const read = secretsOf<LinkKey[]>(LinkKeys, options);
  return async () => {
    const keys = await read(name);
    if (!keys) throw providerError(`The secret ${name} does not exist.`);
    return keys;
  };
}
