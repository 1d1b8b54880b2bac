import * as z from "zod/mini";
import type { BillerId } from "../../domain/ids.ts";
import { type SecretsOptions, secretsOf } from "./secrets.ts";

/** After Standard Webhooks: `whsec_` and the base64 of 24 to 64 bytes. */
const Secret = z
  .string("must be text")
  .check(
    z.regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, "must be whsec_ and base64"),
    z.minLength(38, "must be 24 bytes or more"),
    z.maxLength(94, "must be 64 bytes at most"),
  );

const Webhook = z.object(
  { secrets: z.array(Secret, "must be a list").check(z.minLength(1), z.maxLength(2, "must be one secret or two")) },
  "must be {secrets}",
);

/** What events to a biller's own system are signed with: `<prefix>/<biller>/webhook`, five minutes old at most; none where there is none. */
export function secretsManagerBillerWebhook({
  prefix,
  ...options
}: SecretsOptions & { readonly prefix: string }): (biller: BillerId) => Promise<readonly string[]> {
  const read = secretsOf<z.output<typeof Webhook>>(Webhook, options);
  return async (biller) => (await read(`${prefix}/${biller}/webhook`))?.secrets ?? [];
}
