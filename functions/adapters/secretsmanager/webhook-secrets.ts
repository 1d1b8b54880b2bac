import * as z from "zod/mini";
import type { WebhookSecrets } from "../../ports.ts";
import { type SecretsOptions, secretsOf } from "./secrets.ts";
import { secretsManagerWhatsAppAccounts } from "./whatsapp-accounts.ts";

const Standard = z.object(
  {
    secrets: z
      .array(
        z
          .string("must be text")
          .check(z.regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, "must be whsec_ and 24 bytes or more in base64")),
        "must be a list",
      )
      .check(z.minLength(1, "must hold a secret"), z.maxLength(2, "must hold two secrets at most")),
  },
  "must be {secrets}",
);

/** The secrets of incoming webhooks, `<prefix>/<biller>/standard` and `<prefix>/<biller>/whatsapp`, five minutes old at most. */
export function secretsManagerWebhookSecrets({
  prefix,
  ...options
}: SecretsOptions & { readonly prefix: string }): WebhookSecrets {
  const readStandard = secretsOf<z.output<typeof Standard>>(Standard, options);
  return {
    standard: async (biller) => (await readStandard(`${prefix}/${biller}/standard`))?.secrets ?? [],
    whatsApp: secretsManagerWhatsAppAccounts({ prefix, ...options }),
  };
}
